#include "server/cli/scaffold.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/text_rules.hpp"
#include "core/text/whole_file.hpp"

namespace qd::cli {
namespace {

namespace fs = std::filesystem;

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

std::string renamed(const std::string& text, const std::string& name) {
  return replaced(replaced(text, "Template", type_name(name)), "template", name);
}

// What a family cannot do without; the rest of the template is its own.
constexpr const char* kFiles[] = {"template.toml", "template.cpp", "CMakeLists.txt"};

constexpr const char* kFirstCase =
    R"(Write the first rule here, in one sentence, and make this case show it.
source: where the rule stands     period: FY2026-27-Q1     readings: quarter

--- {0}_jobs
reference,area,completed_on,days_taken
J1,E1,2026-04-01,20

--- facts
indicator,area,reading,breakdown,numerator,denominator,value
{0}.in_time,WRITE-THE-FIRST-RULE,quarter,,1,1,100.0
)";

Result<void> write_file(const fs::path& path, const std::string& text) {
  if (text::write_whole(path, text)) return {};
  return fail(ErrorCode::kFileUnreadable, fmt::format("cannot write {}", path.string()));
}

Result<void> copy_renamed(const fs::path& source, const fs::path& target, const std::string& name) {
  for (const fs::path file : kFiles) {
    const auto from = source / file;
    const auto text = text::read_whole(from);
    if (!text) continue;
    auto written = write_file(target / renamed(file.string(), name), renamed(*text, name));
    if (!written) return written;
  }
  return {};
}

Result<void> check_name(const std::string& name, const std::vector<std::string>& reserved) {
  if (!text::is_name(name))
    return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' cannot name a family", name),
                "use lower-case letters, digits and _, beginning with a letter, 60 at most");
  if (std::find(reserved.begin(), reserved.end(), name) != reserved.end())
    return fail(ErrorCode::kParameterMalformed,
                fmt::format("'{}' is the id of a family that ships", name), "choose another name");
  return {};
}

Result<void> make_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error))
    return fail(ErrorCode::kFileUnreadable, fmt::format("{} is there already", folder.string()),
                "name another folder behind the family's name");
  fs::create_directories(folder / "cases", error);
  if (!error) return {};
  return fail(ErrorCode::kFileUnreadable,
              fmt::format("cannot make {}: {}", folder.string(), error.message()));
}

}  // namespace

Result<void> scaffold_family(const fs::path& source_template, const fs::path& folder,
                             const std::string& name, const std::vector<std::string>& reserved) {
  if (auto checked = check_name(name, reserved); !checked) return checked;
  if (auto made = make_folder(folder); !made) return made;
  if (auto copied = copy_renamed(source_template, folder, name); !copied) return copied;
  return write_file(folder / "cases/write-the-first-rule-here.case",
                    fmt::format(fmt::runtime(kFirstCase), name));
}

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:@%=,~";
  if (!text.empty() && text.find_first_not_of(kPlain) == text.npos && text.front() != '~')
    return text;
  return "'" + replaced(text, "'", "'\\''") + "'";
}

}  // namespace qd::cli
