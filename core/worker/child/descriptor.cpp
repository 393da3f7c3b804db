#include "core/worker/child/descriptor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "core/tables/shipped_tables.hpp"
#include "core/text/text_rules.hpp"

namespace qd::worker::child {
namespace {

constexpr std::size_t kMostInputs = 64, kMostColumns = 256, kMostOwnIndicators = 4096;
constexpr std::int64_t kLargestFactor = 1'000'000'000;  // keeps a value within 128 bits
constexpr int kMostDecimals = 10;

// The first thing that is wrong; empty: nothing is.
using Complaint = std::string;

std::string_view text_or_empty(const char* text) {
  return text ? std::string_view(text, strnlen(text, text::kLongestText + 1)) : std::string_view{};
}

// A name to show in a complaint, whatever it holds.
std::string shown(const char* text) { return text::plain_text(text_or_empty(text), 60); }

bool is_said(const char* text) {
  const auto said = text_or_empty(text);
  return !said.empty() && said.size() <= text::kLongestText && text::is_plain_text(said);
}
bool is_said_or_empty(const char* text) { return text && (*text == '\0' || is_said(text)); }

bool is_between(std::int64_t value, std::int64_t low, std::int64_t high) {
  return low <= value && value <= high;
}

Complaint check_abi(const qd_family& declared) {
  if (declared.abi_major != QD_ABI_MAJOR || declared.abi_minor > QD_ABI_MINOR)
    return fmt::format("built for ABI {}.{}, this host speaks {}.{}; rebuild it with this SDK",
                       declared.abi_major, declared.abi_minor, QD_ABI_MAJOR, QD_ABI_MINOR);
  if (declared.struct_size < sizeof(qd_family))
    return fmt::format(
        "its descriptor has {} bytes, ABI {}.{} has {}; set struct_size to "
        "sizeof(qd_family)",
        declared.struct_size, QD_ABI_MAJOR, QD_ABI_MINOR, sizeof(qd_family));
  return {};
}

Complaint check_head(const qd_family& declared, std::string_view name) {
  if (!text::is_name(text_or_empty(declared.id)))
    return fmt::format("its id '{}' is not a name of lower case letters, digits and _",
                       shown(declared.id));
  if (declared.id != name)
    return fmt::format("its id is {}, its file is {}.so; give both the same name", declared.id,
                       name);
  if (!text::is_semantic_version(text_or_empty(declared.version)))
    return fmt::format("its version '{}' is not like 1.2.0", shown(declared.version));
  if (!is_said(declared.title)) return "it has no title";
  if (!declared.begin || !declared.consume || !declared.finish || !declared.end)
    return "begin, consume, finish or end is missing";
  if (declared.n_inputs == 0 || declared.n_inputs > kMostInputs || !declared.inputs)
    return fmt::format("it declares {} inputs, 1 to {} are possible", declared.n_inputs,
                       kMostInputs);
  if (declared.n_indicators > kMostOwnIndicators ||
      (declared.n_indicators > 0 && !declared.indicators))
    return fmt::format("it declares {} indicators, at most {} are possible", declared.n_indicators,
                       kMostOwnIndicators);
  if (declared.n_indicators == 0 && declared.takes_definitions != 1)
    return "it declares no indicator and takes no definitions";
  return {};
}

// Of a table of the host, the host knows unit and meaning.
Complaint check_column(const qd_column_spec& column, bool is_own) {
  if (!text::is_name(text_or_empty(column.name)))
    return fmt::format("'{}' is not a column name", shown(column.name));
  if (!is_between(column.type, QD_INTEGER, QD_TEXT))
    return fmt::format("column {} has no type that exists", column.name);
  if (!is_own) return {};
  if (!is_said_or_empty(column.unit))
    return fmt::format("column {} has no unit, where none is \"\"", column.name);
  if (!is_said(column.meaning)) return fmt::format("column {} has no meaning", column.name);
  return {};
}

Complaint check_columns(const qd_input_spec& input) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < input.n_columns; ++i) {
    const qd_column_spec& column = input.columns[i];
    if (auto complaint = check_column(column, input.n_key > 0); !complaint.empty())
      return complaint;
    if (!names.insert(column.name).second)
      return fmt::format("column {} is there twice", column.name);
    if (i < input.n_key && column.required != 1)
      return fmt::format("column {} is part of the key, so it must be required", column.name);
  }
  return {};
}

// A table of the host: its columns are what the host says they are.
Complaint check_shipped(const qd_input_spec& input, const TableSpec& table) {
  for (std::size_t i = 0; i < input.n_columns; ++i) {
    const qd_column_spec& column = input.columns[i];
    const auto place = table.index_of(column.name);
    if (place == table.columns.size())
      return fmt::format("table {} has no column {}", table.name, column.name);
    if (static_cast<std::int32_t>(table.columns[place].type()) != column.type)
      return fmt::format("column {} of table {} has another type", column.name, table.name);
  }
  return {};
}

Complaint check_own(const qd_input_spec& input, std::string_view family) {
  const std::string_view name = input.name;
  if (tables::shipped_table(name))
    return fmt::format("table {} is the host's, so it has no key", name);
  if (!name.starts_with(fmt::format("{}_", family)))
    return fmt::format("its table {} must be called {}_…", name, family);
  if (input.n_key > input.n_columns)
    return fmt::format("its table {} has {} columns and {} of them as key", name, input.n_columns,
                       input.n_key);
  if (!is_said(input.meaning)) return fmt::format("its table {} has no meaning", name);
  return {};
}

Complaint check_input(const qd_input_spec& input, std::string_view family) {
  if (!text::is_name(text_or_empty(input.name)))
    return fmt::format("'{}' is not a table name", shown(input.name));
  if (input.n_columns == 0 || input.n_columns > kMostColumns || !input.columns)
    return fmt::format("input {} has {} columns, 1 to {} are possible", input.name, input.n_columns,
                       kMostColumns);
  const TableSpec* table = tables::shipped_table(input.name);
  if (!table && input.n_key == 0)
    return fmt::format("table {} does not exist; a table of its own needs a key", input.name);
  auto complaint = input.n_key > 0 ? check_own(input, family) : Complaint{};
  if (complaint.empty()) complaint = check_columns(input);
  if (complaint.empty() && table) complaint = check_shipped(input, *table);
  return complaint;
}

Complaint check_numbers(const qd_indicator_spec& indicator) {
  if (!is_between(indicator.multiplier, 1, kLargestFactor) ||
      !is_between(indicator.divisor, 1, kLargestFactor))
    return "multiplier and divisor must lie between 1 and 1,000,000,000";
  if (!is_between(indicator.decimals, 0, kMostDecimals))
    return "decimals must lie between 0 and 10";
  if (!is_between(indicator.polarity, QD_CONTEXT, QD_NEAREST)) return "no such polarity";
  if (!is_between(indicator.aggregation, QD_SNAPSHOT_RATIO, QD_ADDITIVE_COUNT))
    return "no such aggregation";
  if (!is_between(indicator.interval, QD_NO_INTERVAL, QD_SAMPLE_MARGIN)) return "no such interval";
  const bool is_count =
      indicator.aggregation == QD_DISTINCT_COUNT || indicator.aggregation == QD_ADDITIVE_COUNT;
  if (is_count && *indicator.denominator != '\0') return "a count has no denominator";
  return {};
}

Complaint check_indicator(const qd_indicator_spec& indicator) {
  const auto id = text_or_empty(indicator.id);
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7F'; };
  if (id.empty() || id.size() > 60 || !std::all_of(id.begin(), id.end(), is_visible))
    return fmt::format("'{}' is not an indicator id", shown(indicator.id));
  const auto about = [&](std::string_view what) {
    return fmt::format("indicator {}: {}", id, what);
  };
  if (!is_said(indicator.title)) return about("no title");
  if (!is_said(indicator.numerator)) return about("no numerator in words");
  if (!is_said_or_empty(indicator.denominator))
    return about("no denominator in words, where a count has \"\"");
  if (!is_said(indicator.unit)) return about("no unit");
  if (!is_said(indicator.source)) return about("no source, the rule that defines it");
  const auto complaint = check_numbers(indicator);
  return complaint.empty() ? complaint : about(complaint);
}

Complaint check_lists(const qd_family& declared) {
  for (std::size_t i = 0; i < declared.n_inputs; ++i)
    if (auto complaint = check_input(declared.inputs[i], declared.id); !complaint.empty())
      return complaint;
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < declared.n_indicators; ++i) {
    const qd_indicator_spec& indicator = declared.indicators[i];
    if (auto complaint = check_indicator(indicator); !complaint.empty()) return complaint;
    if (!ids.insert(indicator.id).second)
      return fmt::format("indicator {} is there twice", indicator.id);
  }
  return {};
}

Complaint check_all(const qd_family& declared, std::string_view name) {
  auto complaint = check_abi(declared);
  if (complaint.empty()) complaint = check_head(declared, name);
  if (complaint.empty()) complaint = check_lists(declared);
  return complaint;
}

TableSpec own_table(const qd_input_spec& input, const char* family) {
  TableSpec table{input.name, input.meaning, {}, input.n_key, family};
  for (std::size_t i = 0; i < input.n_columns; ++i) {
    const qd_column_spec& column = input.columns[i];
    auto& kept =
        table.columns.emplace_back(ColumnSpec{column.name, static_cast<ColumnKind>(column.type),
                                              column.required == 1, column.unit, column.meaning});
    // Import refuses a place that is not there, with its line; a run could only fail over it.
    if (kept.name == "area" && kept.type() == ColumnType::kText) kept.references = "areas";
  }
  return table;
}

FamilyInput kept(const qd_input_spec& input, const char* family) {
  FamilyInput kept;
  kept.table = input.n_key > 0 ? own_table(input, family) : *tables::shipped_table(input.name);
  for (std::size_t i = 0; i < input.n_columns; ++i)
    kept.columns.emplace_back(input.columns[i].name);
  return kept;
}

Definition kept(const qd_indicator_spec& indicator, const char* family) {
  Definition definition;
  definition.code = indicator.id;
  definition.family = family;
  definition.title = indicator.title;
  definition.numerator = indicator.numerator;
  definition.denominator = indicator.denominator;
  definition.unit = indicator.unit;
  definition.source = indicator.source;
  definition.multiplier = indicator.multiplier;
  definition.divisor = indicator.divisor;
  definition.decimals = indicator.decimals;
  definition.polarity = static_cast<Polarity>(indicator.polarity);
  definition.aggregation = static_cast<Aggregation>(indicator.aggregation);
  definition.interval = static_cast<Interval>(indicator.interval);
  return definition;
}

}  // namespace

Result<Family> read_descriptor(const qd_family& declared, std::string_view name) {
  if (const auto complaint = check_all(declared, name); !complaint.empty())
    return fail(ErrorCode::kFamilyRefused, fmt::format("family {} refused: {}", name, complaint));
  Family family;
  family.id = declared.id;
  family.version = declared.version;
  family.title = declared.title;
  family.abi = fmt::format("{}.{}", declared.abi_major, declared.abi_minor);
  for (std::size_t i = 0; i < declared.n_inputs; ++i)
    family.inputs.push_back(kept(declared.inputs[i], declared.id));
  for (std::size_t i = 0; i < declared.n_indicators; ++i)
    family.indicators.push_back(kept(declared.indicators[i], declared.id));
  family.takes_definitions = declared.takes_definitions == 1;
  return family;
}

}  // namespace qd::worker::child
