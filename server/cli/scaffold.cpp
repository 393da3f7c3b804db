#include "server/cli/scaffold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace qd::cli {
namespace {

namespace fs = std::filesystem;

bool is_family_name(const std::string& name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// "repair_times" -> "RepairTimes"
std::string type_name(const std::string& name) {
  std::string type;
  bool upper = true;
  for (const char c : name) {
    if (c != '_') type += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = c == '_';
  }
  return type;
}

std::string replaced(std::string text, std::string_view what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

// "template" is also a word of C++ and of the README's first sentence; neither stands in the
// template's code, and the README is to be rewritten anyway.
std::string renamed(const std::string& text, const std::string& name) {
  return replaced(replaced(text, "Template", type_name(name)), "template", name);
}

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* kFirstCase =
    R"(Write the first rule here, in one sentence, and make this case show it.
period: FY2026-27-Q1

--- facts
indicator,area,reading,breakdown,numerator,denominator,value
{}.in_time,WRITE-THE-FIRST-RULE,quarter,,1,1,100
)";

Result<void> write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return {};
  return fail(ErrorCode::kFileUnreadable, fmt::format("cannot write {}", path.string()));
}

Result<void> copy_renamed(const fs::path& source, const fs::path& target, const std::string& name) {
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(source, error)) {
    const auto inside = renamed(fs::relative(entry.path(), source).string(), name);
    if (entry.is_directory()) {
      fs::create_directories(target / inside, error);
      continue;
    }
    if (auto written = write_file(target / inside, renamed(contents(entry.path()), name)); !written)
      return written;
  }
  if (!error) return {};
  return fail(ErrorCode::kFileUnreadable,
              fmt::format("cannot copy {}: {}", source.string(), error.message()));
}

}  // namespace

Result<fs::path> scaffold_family(const fs::path& source, const fs::path& parent,
                                 const std::string& name) {
  if (!is_family_name(name))
    return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' cannot name a family", name),
                "use lower-case letters, digits and _, beginning with a letter");
  const auto target = parent / name;
  std::error_code error;
  if (fs::exists(target, error))
    return fail(ErrorCode::kFileUnreadable, fmt::format("{} is there already", target.string()),
                "choose another name or --in another folder");
  fs::create_directories(target / "cases", error);
  if (error)
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("cannot make {}: {}", target.string(), error.message()));
  if (auto copied = copy_renamed(source, target, name); !copied) return fail(copied.error());
  const auto first = target / "cases/write-the-first-rule-here.case";
  if (auto written = write_file(first, fmt::format(fmt::runtime(kFirstCase), name)); !written)
    return fail(written.error());
  return target;
}

}  // namespace qd::cli
