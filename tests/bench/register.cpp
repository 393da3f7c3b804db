#include "tests/bench/register.hpp"

#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "core/model/period.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/bench/random.hpp"

namespace bench {
namespace {

using qd::Result;

// One record: every column that is not named stays absent.
class RowWriter {
 public:
  explicit RowWriter(const qd::TableSpec& table) : table_(table), cells_(table.columns.size()) {
    texts_.reserve(table.columns.size());
  }

  void text(std::string_view column, std::string_view value) {
    cell(column) = qd::Cell::of(std::string_view(texts_.emplace_back(value)));
  }
  void integer(std::string_view column, std::int64_t value) { cell(column) = qd::Cell::of(value); }
  void date(std::string_view column, qd::Date value) { cell(column) = qd::Cell::of(value); }
  Result<void> add_to(qd::Load& load) {
    auto added = load.add(table_, cells_);
    cells_.assign(cells_.size(), {});
    texts_.clear();
    return added;
  }

 private:
  qd::Cell& cell(std::string_view column) { return cells_.at(table_.index_of(column)); }
  const qd::TableSpec& table_;
  std::vector<qd::Cell> cells_;
  std::vector<std::string> texts_;  // what cells point at; never grown beyond its reserve
};

using WriteRow = std::function<void(std::int64_t, RowWriter&)>;

Result<void> fill(qd::Load& load, const char* name, std::int64_t n_rows, const WriteRow& write) {
  RowWriter row(*qd::tables::shipped_table(name));
  for (std::int64_t i = 0; i < n_rows; ++i) {
    write(i, row);
    if (auto added = row.add_to(load); !added) return added;
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
