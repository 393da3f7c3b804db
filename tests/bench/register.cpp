#include "tests/bench/register.hpp"

#include <fmt/format.h>

#include <functional>

#include "core/model/period.hpp"
#include "core/tables/shipped_tables.hpp"

namespace bench {
namespace {

using qd::Batch;
using qd::BatchBuilder;
using qd::Dictionary;
using qd::Result;

constexpr std::int64_t kRowsAtOnce = 65'536;

// SplitMix64: the same numbers on every machine.
class Random {
 public:
  std::int64_t below(std::int64_t limit) {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(limit));
  }

 private:
  std::uint64_t state_ = 20261121;
};

// Writes one row into the builder: every column that is not named stays absent.
class RowWriter {
 public:
  RowWriter(const qd::TableSpec& table, BatchBuilder& builder, Dictionary& dictionary)
      : table_(table), builder_(builder), dictionary_(dictionary), next_(0) {}

  void text(std::string_view column, std::string_view value) {
    skip_to(column);
    builder_.add_code(next_++, dictionary_.code(value));
  }
  void integer(std::string_view column, std::int64_t value) {
    skip_to(column);
    builder_.add_wide(next_++, value);
  }
  void date(std::string_view column, qd::Date value) {
    skip_to(column);
    builder_.add_date(next_++, qd::days(value));
  }
  void end() {
    while (next_ < table_.columns.size()) builder_.add_absent(next_++);
    builder_.end_row();
    next_ = 0;
  }

 private:
  void skip_to(std::string_view column) {
    while (table_.columns[next_].name != column) builder_.add_absent(next_++);
  }
  const qd::TableSpec& table_;
  BatchBuilder& builder_;
  Dictionary& dictionary_;
  std::size_t next_;
};

using WriteRow = std::function<void(std::int64_t, RowWriter&)>;

Result<void> fill(qd::Load& load, const char* name, std::int64_t n_rows, const WriteRow& write) {
  const qd::TableSpec& table = *qd::tables::shipped_table(name);
  std::vector<qd::ColumnType> types;
  for (const auto& column : table.columns) types.push_back(column.type());
  Dictionary dictionary;
  BatchBuilder builder(types);
  RowWriter row(table, builder, dictionary);
  for (std::int64_t i = 0; i < n_rows; ++i) {
    write(i, row);
    row.end();
    if (builder.n_rows() < kRowsAtOnce && i + 1 < n_rows) continue;
    if (auto added = load.add(table, builder.take(), dictionary); !added) return added;
  }
  return {};
}

void write_area(std::int64_t i, RowWriter& row) {
  row.text("code", i == 0 ? "L0000" : fmt::format("A{:05}", i));
  row.text("name", fmt::format("Area {}", i));
  row.text("kind", i == 0 ? "landlord" : "estate");
  if (i != 0) row.text("parent", "L0000");
  row.date("valid_from", qd::make_date(2000, 1, 1));
}

}  // namespace

Result<void> fill_register(qd::ObservationStore& store, const RegisterSize& size) {
  const qd::SystemClock clock;
  auto load = store.begin_load({"benchmark", ""}, clock);
  if (!load) return qd::fail(load.error());
  Random random;

  auto filled = fill(**load, "areas", size.areas + 1, write_area);
  if (!filled) return filled;
  filled = fill(**load, "persons", size.persons, [&](std::int64_t i, RowWriter& row) {
    row.text("code", fmt::format("P{:06}", i));
    row.text("relationship", "TENANT");
    row.text("area", fmt::format("A{:05}", 1 + i % size.areas));
  });
  if (!filled) return filled;
  filled = fill(**load, "events", size.events, [&](std::int64_t i, RowWriter& row) {
    row.text("code", fmt::format("E{:05}", i));
    row.text("type", "SURVEY");
    row.integer("level", 1 + i % 4);
    row.date("held_on", qd::make_date(2026, 4, 1) + std::chrono::days{random.below(91)});
  });
  if (!filled) return filled;
  // A stride through the events, so that no person meets an event twice.
  const std::int64_t each = size.participations / size.persons + 1;
  filled = fill(**load, "participations", size.participations, [&](std::int64_t i, RowWriter& row) {
    const std::int64_t person = i / each;
    const std::int64_t event = (person * 7919 + (i % each) * 2693) % size.events;
    row.text("person", fmt::format("P{:06}", person));
    row.text("event", fmt::format("E{:05}", event));
    row.text("status", random.below(10) == 0 ? "APOLOGIES" : "ATTENDED");
    row.integer("minutes", 5 * (1 + random.below(36)));
  });
  if (!filled) return filled;
  if (auto finished = (*load)->finish(); !finished) return qd::fail(finished.error());
  return (*load)->commit();
}

}  // namespace bench
