#include "core/declarations/declaration.hpp"

#include <fmt/format.h>

#include "core/declarations/parts.hpp"
#include "core/model/digest.hpp"
#include "core/text/text_rules.hpp"
#include "core/text/whole_file.hpp"

namespace qd::declarations {
namespace {

constexpr std::size_t kLongestDeclaration = std::size_t{1} << 20;

void read_head(Section& declaration, Family& family) {
  family.id = declaration.said("id");
  family.version = declaration.said("version");
  family.title = declaration.said("title");
  if (!family.id.empty() && !text::is_name(family.id))
    declaration.complain("id", fmt::format("its id '{}' is not a name of lower case letters, "
                                           "digits and _",
                                           text::plain_text(family.id, 60)));
  if (!family.version.empty() && !text::is_semantic_version(family.version))
    declaration.complain("version", fmt::format("its version '{}' is not like 1.2.0",
                                                text::plain_text(family.version, 60)));
}

Result<Family> read_parsed(const toml::table& table, const std::string& file) {
  Complaints complaints(file);
  Section declaration(table, "", complaints);
  Family family;
  read_head(declaration, family);
  read_tables(declaration, family, complaints);
  read_inputs(declaration, family, complaints);
  read_options(declaration, family, complaints);
  read_breakdowns(declaration, family, complaints);
  read_indicators(declaration, family, complaints);
  declaration.refuse_other_keys();
  if (complaints.first()) return fail(*complaints.first());
  return family;
}

}  // namespace

Result<Family> read_declaration(std::string_view text, const std::string& file) {
  if (text.size() > kLongestDeclaration)
    return fail(ErrorCode::kFamilyRefused,
                fmt::format("{}: a declaration has at most 1 MB, this one has {} bytes", file,
                            text.size()));
  const auto parsed = toml::parse(text, file);
  if (!parsed) {
    const auto& error = parsed.error();
    return fail(
        ErrorCode::kFamilyRefused,
        fmt::format("{}: {}", Complaints(file).place_text(error.source()), error.description()),
        "write it as TOML");
  }
  auto family = read_parsed(parsed.table(), file);
  if (family) family->declaration_sha256 = sha256(text);
  return family;
}

Result<Family> read_declaration_file(const std::filesystem::path& file) {
  const auto text = text::read_whole(file);
  if (!text)
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("there is no declaration {}", file.string()),
                "name a family's .toml file");
  return read_declaration(*text, file.string());
}

}  // namespace qd::declarations
