// The header of names: what the code of a family calls what its declaration says.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "core/declarations/declaration.hpp"

namespace qd::declarations {
namespace {

// Words that a name cannot be: those of C++17, and the header's own.
bool is_reserved(const std::string& name) {
  static const std::set<std::string> reserved = {"alignas",      "alignof",
                                                 "and",          "and_eq",
                                                 "asm",          "auto",
                                                 "bitand",       "bitor",
                                                 "bool",         "break",
                                                 "case",         "catch",
                                                 "char",         "char16_t",
                                                 "char32_t",     "class",
                                                 "compl",        "const",
                                                 "const_cast",   "constexpr",
                                                 "continue",     "decltype",
                                                 "default",      "delete",
                                                 "do",           "double",
                                                 "dynamic_cast", "else",
                                                 "enum",         "explicit",
                                                 "export",       "extern",
                                                 "false",        "float",
                                                 "for",          "friend",
                                                 "goto",         "if",
                                                 "inline",       "int",
                                                 "long",         "mutable",
                                                 "namespace",    "new",
                                                 "noexcept",     "not",
                                                 "not_eq",       "nullptr",
                                                 "operator",     "or",
                                                 "or_eq",        "private",
                                                 "protected",    "public",
                                                 "register",     "reinterpret_cast",
                                                 "return",       "short",
                                                 "signed",       "sizeof",
                                                 "static",       "static_assert",
                                                 "static_cast",  "struct",
                                                 "switch",       "template",
                                                 "this",         "thread_local",
                                                 "throw",        "true",
                                                 "try",          "typedef",
                                                 "typeid",       "typename",
                                                 "union",        "unsigned",
                                                 "using",        "virtual",
                                                 "void",         "volatile",
                                                 "wchar_t",      "while",
                                                 "xor",          "xor_eq",
                                                 "input",        "indicator",
                                                 "option"};
  return reserved.count(name) > 0;
}

// "INV1.T" -> "INV1_T". What is no name of C++ gets a _ at its end.
std::string cpp_name(std::string name) {
  const auto is_legal = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  std::replace_if(
      name.begin(), name.end(), [&](char c) { return !is_legal(c); }, '_');
  if (name.empty() || (name.front() >= '0' && name.front() <= '9')) name.insert(0, "n");
  return is_reserved(name) ? name + '_' : name;
}

std::string without_prefix(const std::string& name, const std::string& prefix) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

// The n-th declared code, in order of first appearance.
std::vector<std::string> codes_of(const Family& family) {
  std::vector<std::string> codes;
  for (const auto& definition : family.indicators)
    if (std::find(codes.begin(), codes.end(), definition.code) == codes.end())
      codes.push_back(definition.code);
  return codes;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string columns_part(const Family& family) {
  std::string text;
  std::set<std::string> done;
  for (const auto& input : family.inputs) {
    const auto name = cpp_name(without_prefix(input.table.name, family.id + "_"));
    if (!done.insert(name).second) continue;
    text += fmt::format("\nnamespace {} {{\n", name);
    for (std::size_t i = 0; i < input.columns.size(); ++i)
      text += fmt::format("inline constexpr std::size_t {} = {};\n", cpp_name(input.columns[i]), i);
    text += fmt::format("}}  // namespace {}\n", name);
  }
  return text;
}

std::string inputs_part(const Family& family) {
  std::string text = "\nnamespace input {\n";
  std::set<std::string> done;
  for (std::size_t i = 0; i < family.inputs.size(); ++i) {
    const auto name = cpp_name(without_prefix(family.inputs[i].table.name, family.id + "_"));
    if (done.insert(name).second)
      text += fmt::format("inline constexpr std::uint32_t {} = {};\n", name, i);
  }
  return text + "}  // namespace input\n";
}

std::string indicators_part(const Family& family) {
  const auto codes = codes_of(family);
  if (codes.empty()) return {};
  std::string text = "\nnamespace indicator {\n";
  std::set<std::string> done;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    auto name = cpp_name(without_prefix(codes[i], family.id + "."));
    while (!done.insert(name).second) name += '_';
    text +=
        fmt::format("inline constexpr quarterday::Indicator {}{{{}}};  // {}\n", name, i, codes[i]);
  }
  return text + "}  // namespace indicator\n";
}

std::string options_part(const Family& family) {
  if (family.options.empty()) return {};
  std::string text = "\nnamespace option {\n";
  for (const auto& option : family.options)
    text += fmt::format("inline constexpr const char* {} = {};\n", cpp_name(option.key),
                        quoted(option.key));
  return text + "}  // namespace option\n";
}

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string names_header(const Family& family) {
  const auto space = family.id + "_names";
  std::string text = fmt::format(
      "// Made from the declaration of the family {0}; change that, not this.\n"
      "#pragma once\n\n"
      "#include <cstddef>\n#include <cstdint>\n{1}\n"
      "namespace {2} {{\n\n"
      "inline constexpr const char* kId = {3};\n"
      "inline constexpr const char* kVersion = {4};\n",
      family.id, family.indicators.empty() ? "" : "#include <quarterday/indicator.hpp>\n", space,
      quoted(family.id), quoted(family.version));
  text +=
      columns_part(family) + inputs_part(family) + indicators_part(family) + options_part(family);
  return text + fmt::format("\n}}  // namespace {}\n", space);
}

Result<void> write_names_header(const std::filesystem::path& declaration,
                                const std::filesystem::path& header) {
  const auto family = read_declaration_file(declaration);
  if (!family) return fail(family.error());
  const auto text = names_header(*family);
  if (read_all(header) == text) return {};
  std::ofstream out(header, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out)
    return fail(ErrorCode::kFileUnreadable, fmt::format("{} cannot be written", header.string()),
                "name a file in a folder that is there");
  return {};
}

}  // namespace qd::declarations
