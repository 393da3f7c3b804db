#include "jobs/whole_file.hpp"

#include <fmt/format.h>

namespace qd::jobs {
namespace {

constexpr std::string_view kPartEnding = ".part";

// What every part of this name begins with.
std::string part_beginning(const std::string& name) {
  return name.starts_with('.') ? name + "." : "." + name + ".";
}

Result<void> write_and_rename(FileSystem& files, const std::string& part, const std::string& path,
                              std::string_view bytes) {
  if (auto written = files.write_synced(part, bytes); !written) return written;
  return files.rename_new(part, path);
}

}  // namespace

Result<void> place_whole(FileSystem& files, const std::string& folder, const std::string& name,
                         const std::string& attempt, std::string_view bytes) {
  const std::string part =
      fmt::format("{}/{}{}{}", folder, part_beginning(name), attempt, kPartEnding);
  auto placed = write_and_rename(files, part, folder + "/" + name, bytes);
  if (!placed) static_cast<void>(files.remove(part));
  return placed;
}

void sweep_parts(FileSystem& files, const std::string& folder, const std::string& name) {
  const auto names = files.names(folder);
  if (!names) return;
  const std::string beginning = part_beginning(name);
  for (const std::string& other : *names) {
    if (other.starts_with(beginning) && other.ends_with(kPartEnding))
      static_cast<void>(files.remove(fmt::format("{}/{}", folder, other)));
  }
}

}  // namespace qd::jobs
