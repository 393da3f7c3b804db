#include "core/worker/wire/message.hpp"

#include <algorithm>

namespace qd::worker::wire {
namespace {

// One description of the fields of each struct, walked by a writer and by a reader, so that the
// two cannot differ.
class Writer {
 public:
  template <class T>
  void number(const T& value) {
    out_.number(value);
  }
  void truth(const bool& value) { out_.number<std::uint8_t>(value ? 1 : 0); }
  void text(const std::string& value) { out_.text(value); }
  void day(const Date& value) { out_.number(days(value)); }
  template <class T, class Fields>
  void list(const std::vector<T>& values, Fields&& fields) {
    out_.number<std::uint64_t>(values.size());
    for (const T& value : values) fields(*this, value);
  }
  template <class T, class Fields>
  void maybe(const std::optional<T>& value, Fields&& fields) {
    truth(value.has_value());
    if (value) fields(*this, *value);
  }
  template <class T>
  void array(const std::vector<T>& values) {
    out_.array(values);
  }
  const std::string& bytes() const { return out_.bytes(); }

 private:
  Encoder out_;
};

class Reader {
 public:
  explicit Reader(std::span<const char> bytes) : in_(bytes) {}
  template <class T>
  void number(T& value) {
    value = in_.number<T>();
  }
  void truth(bool& value) { value = in_.number<std::uint8_t>() != 0; }
  void text(std::string& value) { value = in_.text(); }
  void day(Date& value) { value = date_of(in_.number<std::int32_t>()); }
  template <class T, class Fields>
  void list(std::vector<T>& values, Fields&& fields) {
    const auto count = in_.elements(1);
    for (std::size_t i = 0; i < count && in_.intact(); ++i) fields(*this, values.emplace_back());
  }
  template <class T, class Fields>
  void maybe(std::optional<T>& value, Fields&& fields) {
    bool there = false;
    truth(there);
    if (there) fields(*this, value.emplace());
  }
  template <class T>
  void array(std::vector<T>& values) {
    values = in_.array<T>();
  }
  bool complete() const { return in_.complete(); }

 private:
  Decoder in_;
};

constexpr auto kTextField = [](auto& io, auto& text) { io.text(text); };
constexpr auto kNumberField = [](auto& io, auto& number) { io.number(number.millionths); };
constexpr auto kDayField = [](auto& io, auto& day) { io.day(day); };

constexpr auto kWindowFields = [](auto& io, auto& window) {
  io.number(window.reading);
  io.day(window.from);
  io.day(window.until);
};

constexpr auto kCountField = [](auto& io, auto& count) { io.number(count); };
constexpr auto kParameterField = [](auto& io, auto& parameter) {
  io.text(parameter.key);
  io.text(parameter.value);
};

// A field of a definition, by its type.
template <class Io, class Field>
void write_or_read(Io& io, Field& value) {
  using Value = std::remove_const_t<Field>;
  if constexpr (std::is_same_v<Value, std::string>)
    io.text(value);
  else if constexpr (std::is_same_v<Value, bool>)
    io.truth(value);
  else if constexpr (std::is_same_v<Value, Date>)
    io.day(value);
  else if constexpr (std::is_same_v<Value, std::optional<Date>>)
    io.maybe(value, kDayField);
  else if constexpr (std::is_same_v<Value, std::optional<Number>>)
    io.maybe(value, kNumberField);
  else if constexpr (std::is_same_v<Value, std::optional<std::int64_t>>)
    io.maybe(value, kCountField);
  else if constexpr (std::is_same_v<Value, std::vector<Parameter>>)
    io.list(value, kParameterField);
  else if constexpr (std::is_same_v<Value, std::vector<std::string>>)
    io.list(value, kTextField);
  else
    io.number(value);
}

constexpr auto kDefinitionFields = [](auto& io, auto& definition) {
  for_each_field(definition,
                 [&](const DefinitionField&, auto& value) { write_or_read(io, value); });
  io.truth(definition.captured);
  io.number(definition.revision);
};

constexpr auto kColumnFields = [](auto& io, auto& column) {
  io.text(column.name);
  io.number(column.kind);
  io.truth(column.required);
  io.text(column.unit);
  io.text(column.meaning);
  io.list(column.allowed, kTextField);
  io.text(column.references);
  io.maybe(column.min, kNumberField);
  io.maybe(column.max, kNumberField);
  io.truth(column.not_after_today);
};

constexpr auto kTableFields = [](auto& io, auto& table) {
  io.text(table.name);
  io.text(table.meaning);
  io.list(table.columns, kColumnFields);
  io.number(table.n_key);
  io.text(table.family);
};

constexpr auto kInputFields = [](auto& io, auto& input) {
  kTableFields(io, input.table);
  io.list(input.columns, kTextField);
};

constexpr auto kBreakdownFields = [](auto& io, auto& breakdown) {
  io.text(breakdown.key);
  io.text(breakdown.meaning);
  io.list(breakdown.values, kTextField);
};

// What the worker needs of a family: options come with their settings, digests and the tables it
// does not read stay with the server.
constexpr auto kFamilyFields = [](auto& io, auto& family) {
  io.text(family.id);
  io.text(family.version);
  io.text(family.title);
  io.text(family.abi);
  io.list(family.inputs, kInputFields);
  io.list(family.indicators, kDefinitionFields);
  io.list(family.breakdowns, kBreakdownFields);
};

constexpr auto kLimitFields = [](auto& io, auto& limits) {
  io.number(limits.memory_bytes);
  io.number(limits.cpu_seconds);
  io.number(limits.may_lack);
};

constexpr auto kTraceWantedFields = [](auto& io, auto& trace) {
  io.number(trace.definition);
  io.number(trace.reading);
  io.text(trace.breakdown);
  io.array(trace.areas);
};

constexpr auto kMembersFields = [](auto& io, auto& members) {
  io.number(members.row);
  io.array(members.codes);
};

constexpr auto kNoteFields = [](auto& io, auto& note) {
  io.text(note.message);
  io.number(note.count);
  io.number(note.severity);
};

constexpr auto kErrorFields = [](auto& io, auto& error) {
  io.number(error.code);
  io.text(error.message);
  io.text(error.hint);
};

using Option = std::pair<std::string, std::string>;
constexpr auto kOptionFields = [](auto& io, auto& option) {
  io.text(option.first);
  io.text(option.second);
};

constexpr auto kParentsFields = [](auto& io, auto& parents) { io.array(parents); };

template <class T, class Fields>
std::string written(const T& value, Fields&& fields) {
  Writer writer;
  fields(writer, value);
  return writer.bytes();
}

template <class T, class Fields>
std::optional<T> read(std::span<const char> bytes, Fields&& fields) {
  Reader reader(bytes);
  T value{};
  fields(reader, value);
  if (!reader.complete()) return std::nullopt;
  return value;
}

template <class Fields>
auto each(Fields fields) {
  return [fields](auto& io, auto& values) { io.list(values, fields); };
}

std::vector<std::vector<std::uint32_t>> all_parents(const AreaTree& areas) {
  std::vector<std::vector<std::uint32_t>> parents;
  for (std::size_t i = 0; i < areas.n_readings(); ++i) parents.push_back(areas.parents(i));
  return parents;
}

}  // namespace

std::string encode(const RunRequest& request) {
  Writer io;
  kLimitFields(io, request.limits);
  io.text(request.family.library.string());
  kFamilyFields(io, request.family);
  io.list(request.readings, kWindowFields);
  io.list(request.definitions, kDefinitionFields);
  io.list(std::vector<Option>(request.options.begin(), request.options.end()), kOptionFields);
  io.day(request.known_until);
  io.maybe(request.trace, kTraceWantedFields);
  io.number(request.scrutiny);
  io.list(request.areas.codes(), kTextField);
  io.list(all_parents(request.areas), kParentsFields);
  return io.bytes();
}

std::string encode(const WorkerLimits& limits) { return written(limits, kLimitFields); }
std::string encode(Layers layers) {
  return written(layers, [](auto& io, auto& value) { io.number(value); });
}
std::string encode(const std::vector<RunNote>& notes) { return written(notes, each(kNoteFields)); }
std::string encode(const std::vector<std::string>& texts) {
  return written(texts, each(kTextField));
}
std::string encode(std::span<const FactRow> rows) {
  return {reinterpret_cast<const char*>(rows.data()), rows.size_bytes()};
}
std::string encode(const std::vector<RowMembers>& members) {
  return written(members, each(kMembersFields));
}
std::string encode(const TraceAnswer& trace) {
  Writer io;
  io.number(trace.n_rows);
  io.array(trace.rows);
  io.list(trace.untraced, kTextField);
  return io.bytes();
}
std::string encode(const WorkerStatus& status) {
  return written(status, [](auto& io, auto& value) { io.maybe(value, kErrorFields); });
}

std::optional<RunRequest> decode_run_request(std::span<const char> bytes) {
  Reader io(bytes);
  WorkerLimits limits;
  std::string library;
  Family family;
  std::vector<ReadingWindow> readings;
  std::vector<Definition> definitions;
  std::vector<Option> options;
  Date known_until{};
  std::optional<TraceWanted> trace;
  Scrutiny scrutiny{};
  std::vector<std::string> codes;
  std::vector<std::vector<std::uint32_t>> parents;
  kLimitFields(io, limits);
  io.text(library);
  kFamilyFields(io, family);
  io.list(readings, kWindowFields);
  io.list(definitions, kDefinitionFields);
  io.list(options, kOptionFields);
  io.day(known_until);
  io.maybe(trace, kTraceWantedFields);
  io.number(scrutiny);
  io.list(codes, kTextField);
  io.list(parents, kParentsFields);
  if (!io.complete() || parents.size() != readings.size()) return std::nullopt;
  auto areas = AreaTree::restore(std::move(codes), std::move(parents));
  if (!areas) return std::nullopt;
  family.library = library;
  return RunRequest{limits,
                    std::move(family),
                    std::move(readings),
                    std::move(definitions),
                    {options.begin(), options.end()},
                    known_until,
                    *std::move(areas),
                    std::move(trace),
                    scrutiny};
}

std::optional<WorkerLimits> decode_limits(std::span<const char> bytes) {
  return read<WorkerLimits>(bytes, kLimitFields);
}
std::optional<Layers> decode_layers(std::span<const char> bytes) {
  return read<Layers>(bytes, [](auto& io, auto& value) { io.number(value); });
}
std::optional<std::vector<RunNote>> decode_notes(std::span<const char> bytes) {
  return read<std::vector<RunNote>>(bytes, each(kNoteFields));
}
std::optional<std::vector<std::string>> decode_texts(std::span<const char> bytes) {
  return read<std::vector<std::string>>(bytes, each(kTextField));
}
std::optional<std::vector<FactRow>> decode_facts(std::span<const char> bytes) {
  if (bytes.size() % sizeof(FactRow) != 0) return std::nullopt;
  std::vector<FactRow> rows(bytes.size() / sizeof(FactRow));
  if (!bytes.empty()) std::memcpy(rows.data(), bytes.data(), bytes.size());
  return rows;
}
std::optional<std::vector<RowMembers>> decode_members(std::span<const char> bytes) {
  return read<std::vector<RowMembers>>(bytes, each(kMembersFields));
}
std::optional<TraceAnswer> decode_trace(std::span<const char> bytes) {
  Reader io(bytes);
  TraceAnswer trace;
  io.number(trace.n_rows);
  io.array(trace.rows);
  io.list(trace.untraced, kTextField);
  if (!io.complete()) return std::nullopt;
  return trace;
}
std::optional<WorkerStatus> decode_status(std::span<const char> bytes) {
  return read<WorkerStatus>(bytes, [](auto& io, auto& value) { io.maybe(value, kErrorFields); });
}

}  // namespace qd::worker::wire
