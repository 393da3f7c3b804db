#include "orm/stores/definition_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/model/digest.hpp"
#include "orm/sql/dialect.hpp"

namespace qd::orm {
namespace {

// Import takes no number that does not fit. One that was written past it becomes the nearest that
// does, and not another that happens to share its last bits.
int fitting(std::int64_t number) {
  using Limits = std::numeric_limits<int>;
  return static_cast<int>(std::clamp<std::int64_t>(number, Limits::min(), Limits::max()));
}

std::vector<std::string> field_names() {
  std::vector<std::string> names;
  for (const auto& field : definition_fields()) names.emplace_back(field.name);
  return names;
}

// The enumerations are words in what people write down, and numbers beside facts.
std::optional<Polarity> parse(std::string_view word, const Polarity&) {
  return parse_polarity(word);
}
std::optional<Aggregation> parse(std::string_view word, const Aggregation&) {
  return parse_aggregation(word);
}
std::optional<Interval> parse(std::string_view word, const Interval&) {
  return parse_interval(word);
}
std::optional<Counted> parse(std::string_view word, const Counted&) { return parse_counted(word); }

class FieldReader {
 public:
  FieldReader(Rows& rows, unsigned first, bool words) : rows_(rows), at_(first), words_(words) {}

  // A column that is NULL leaves the field as it is.
  template <class Value>
  void operator()(const DefinitionField& field, Value& value) {
    const unsigned column = at_++;
    if (rows_.absent(column)) return;
    if (std::string_view(field.name) == "part_of_whole") says_part_of_whole_ = true;
    read(column, value);
  }
  bool says_part_of_whole() const { return says_part_of_whole_; }

 private:
  void read(unsigned column, std::string& value) { value = rows_.text(column); }
  void read(unsigned column, int& value) { value = fitting(rows_.number(column)); }
  void read(unsigned column, std::int64_t& value) { value = rows_.number(column); }
  void read(unsigned column, bool& value) { value = rows_.number(column) != 0; }
  void read(unsigned column, Date& value) { value = date_of(fitting(rows_.number(column))); }
  void read(unsigned column, Number& value) { value = Number{rows_.number(column)}; }
  void read(unsigned column, std::vector<std::string>& value) {
    value = parse_list(rows_.text(column));
  }
  void read(unsigned column, std::vector<Parameter>& value) {
    value = parse_parameters(rows_.text(column));
  }
  template <class Value>
  void read(unsigned column, std::optional<Value>& value) {
    read(column, value.emplace());
  }
  template <class Word>
  requires std::is_enum_v<Word>
  void read(unsigned column, Word& value) {
    // Import takes none but the known words.
    value = words_ ? parse(rows_.text(column), value).value_or(value)
                   : static_cast<Word>(rows_.number(column));
  }

  Rows& rows_;
  unsigned at_;
  bool words_;
  bool says_part_of_whole_ = false;
};

Definition read_fields(Rows& rows, unsigned first, bool words) {
  Definition definition;
  FieldReader reader(rows, first, words);
  for_each_field(definition, reader);
  if (!reader.says_part_of_whole()) definition.part_of_whole = is_share(definition);
  return definition;
}

void write(BulkWriter& writer, const std::string& text) { writer.text(text); }
void write(BulkWriter& writer, Date date) { writer.number(days(date)); }
void write(BulkWriter& writer, Number number) { writer.number(number.millionths); }
void write(BulkWriter& writer, const std::vector<std::string>& list) {
  writer.text(field_text(list));
}
void write(BulkWriter& writer, const std::vector<Parameter>& parameters) {
  writer.text(field_text(parameters));
}
template <class Value>
requires std::is_enum_v<Value> || std::is_integral_v<Value>
void write(BulkWriter& writer, Value value) { writer.number(static_cast<std::int64_t>(value)); }
template <class Value>
void write(BulkWriter& writer, const std::optional<Value>& value) {
  if (value)
    write(writer, *value);
  else
    writer.absent();
}

constexpr const char* kAfterTheFields[] = {"digest", "captured", "revision", "recorded_at"};

}  // namespace

std::string digest(const Definition& definition) {
  std::string all;
  for_each_field(definition, [&](const DefinitionField&, const auto& value) {
    all += field_text(value);
    all += '\xff';  // in no text
  });
  return sha256(all);
}

const std::vector<std::string>& definition_columns() {
  static const auto columns = [] {
    auto names = field_names();
    names.insert(names.end(), std::begin(kAfterTheFields), std::end(kAfterTheFields));
    return names;
  }();
  return columns;
}

void write_definition(BulkWriter& writer, const Definition& definition, Instant recorded_at) {
  for_each_field(definition,
                 [&](const DefinitionField&, const auto& value) { write(writer, value); });
  writer.text(digest(definition));
  writer.number(definition.captured ? 1 : 0);
  writer.number(definition.revision);
  writer.number(milliseconds(recorded_at));
  writer.end_row();
}

std::vector<StoredDefinition> stored_definitions(SqlConnection& connection) {
  const Dialect dialect(connection.engine());
  const auto names = field_names();
  const auto rows =
      connection.query(fmt::format("SELECT id, captured, revision, recorded_at, {} FROM "
                                   "fact_definitions ORDER BY code, version, "
                                   "id",
                                   dialect.list(names)));
  std::vector<StoredDefinition> stored;
  while (rows->next()) {
    StoredDefinition row{rows->number(0), read_fields(*rows, 4, /*words=*/false), !rows->absent(3)};
    // Before there was the column, a rule was what people captured, and libraries had none.
    row.definition.captured = rows->absent(1) ? !row.definition.rule.empty() : rows->number(1) != 0;
    if (!rows->absent(2)) row.definition.revision = fitting(rows->number(2));
    stored.push_back(std::move(row));
  }
  return stored;
}

std::vector<Definition> captured_definitions(SqlConnection& connection,
                                             std::optional<Instant> as_of) {
  const Dialect dialect(connection.engine());
  const std::int64_t then = milliseconds(as_of.value_or(Instant::max()));
  const auto rows = connection.query(
      fmt::format("SELECT CASE WHEN superseded_at IS NULL OR superseded_at > ? THEN 1 ELSE 0 END, "
                  "{} FROM definitions WHERE recorded_at <= ? ORDER BY code, version, id",
                  dialect.list(field_names())),
      {then, then});
  std::vector<Definition> captured;
  std::optional<Definition> before;  // what was written down of this version last
  while (rows->next()) {
    auto definition = read_fields(*rows, 1, /*words=*/true);
    definition.captured = true;
    if (before && before->code == definition.code && before->version == definition.version)
      definition.revision = revision_after(*before, definition);
    before = definition;
    if (rows->number(0) != 0) captured.push_back(std::move(definition));
  }
  return captured;
}

}  // namespace qd::orm
