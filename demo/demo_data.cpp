#include "demo/demo_data.hpp"

#include "demo/demo_parts.hpp"

namespace qd::demo {

Result<void> write_demo_files(const std::filesystem::path& folder, unsigned seed) {
  demo::DemoFiles files;
  demo::add_areas(files);
  demo::add_involvement(files, seed);
  demo::add_consultations(files);
  demo::add_measures(files, seed);
  demo::add_copis(files, seed);
  demo::add_published(files);
  return files.write(folder);
}

}  // namespace qd::demo
