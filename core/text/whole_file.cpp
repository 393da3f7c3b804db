#include "core/text/whole_file.hpp"

#include <fstream>
#include <sstream>

namespace qd::text {

std::optional<std::string> read_whole(const std::filesystem::path& file) {
  std::error_code error;
  // A folder can be opened like a file, and throws when it is read.
  if (std::filesystem::is_directory(file, error)) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in && in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (in.bad() || !in.is_open()) return std::nullopt;
  return std::move(text).str();
}

bool write_whole(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  return out.good();
}

}  // namespace qd::text
