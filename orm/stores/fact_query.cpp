#include "orm/stores/fact_query.hpp"

#include <fmt/format.h>

#include <limits>

#include "core/text/text_check.hpp"
#include "orm/stores/fact_rows.hpp"

namespace qd::orm {
namespace {

// AND-ed conditions with their values.
class Where {
 public:
  explicit Where(std::string sql) : bound_{std::move(sql), {}} {}

  void add(const std::string& condition, const Values& values = {}) {
    bound_.sql += (first_ ? " WHERE " : " AND ") + condition;
    bound_.values.insert(bound_.values.end(), values.begin(), values.end());
    first_ = false;
  }
  // Any of them; none at all does not restrict.
  template <class T>
  void any_of(const char* column, const std::vector<T>& wanted) {
    if (!wanted.empty()) {
      add(fmt::format("{} IN ({})", column, placeholders(wanted.size())),
          Values(wanted.begin(), wanted.end()));
    }
  }
  BoundSql end(const std::string& rest) {
    bound_.sql += rest;
    return std::move(bound_);
  }

 private:
  BoundSql bound_;
  bool first_ = true;
};

using Columns = std::vector<std::string>;

// Whether all that is asked for, and what it goes on after, is of one period.
bool is_within_a_period(const FactQuery& query) {
  return query.periods.size() == 1 && (!query.after || query.after->period == query.periods[0]);
}

// The order of facts; run last, for two runs may hold the same figure. Within one period the period
// says nothing: left out, the rest is the order of an index.
const Columns& order_of(const FactQuery& query) {
  static const Columns all = {"indicator", "version",   "area", "period",
                              "reading",   "breakdown", "run"};
  static const Columns within_a_period = {"indicator", "version",   "area",
                                          "reading",   "breakdown", "run"};
  return is_within_a_period(query) ? within_a_period : all;
}

// The index that has the facts asked for in that order; "": whatever the engine thinks best, since
// an answer that is not paged is sorted once.
std::string_view index_of(const FactQuery& query) {
  if (is_within_a_period(query)) return "facts_period";
  return query.limit > 0 ? "facts_order" : "";
}

// What `after` has in a column. A fact that is not of the store stands after all like it.
Value place_of(const Fact& fact, const std::string& column) {
  if (column == "indicator") return std::string_view(fact.indicator);
  if (column == "version") return std::int64_t{fact.version};
  if (column == "area") return std::string_view(fact.area);
  if (column == "period") return std::string_view(fact.period);
  if (column == "reading") return static_cast<std::int64_t>(fact.reading);
  if (column == "breakdown") return std::string_view(fact.breakdown);
  return fact.run > 0 ? fact.run : std::numeric_limits<std::int64_t>::max();
}

void add_after(Where& where, const FactQuery& query, const Dialect& dialect) {
  const Columns& order = order_of(query);
  const auto after = dialect.after(order);
  Values values;
  for (const std::size_t column : after.columns)
    values.push_back(place_of(*query.after, order[column]));
  where.add(after.sql, values);
}

using Texts = std::vector<std::string>;

// The one definition of "current": see RunStore::current_runs. What is bound points into the texts.
BoundSql current_sql(const Texts& families, const Texts& periods, std::optional<Instant> as_of) {
  Where where(
      "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY family, period ORDER BY as_of "
      "DESC, id DESC) AS place FROM runs");
  where.add("state = ?", {static_cast<std::int64_t>(RunState::kComplete)});
  if (as_of) where.add("finished_at <= ?", {milliseconds(*as_of)});
  where.any_of("family", families);
  where.any_of("period", periods);
  return where.end(") AS ranked WHERE place = 1 ORDER BY id");
}

}  // namespace

BoundSql current_runs_sql(const CurrentRuns& wanted) {
  return current_sql(wanted.families, wanted.periods, wanted.as_of);
}

BoundSql runs_sql(const FactQuery& query) {
  if (query.runs.empty()) return current_sql(query.families, query.periods, query.as_of);
  Where where("SELECT id FROM runs");
  where.any_of("id", query.runs);
  where.any_of("family", query.families);
  return where.end("");
}

std::vector<std::int64_t> numbers_of(SqlConnection& connection, const BoundSql& bound) {
  std::vector<std::int64_t> numbers;
  const auto rows = connection.query(bound.sql, bound.values);
  while (rows->next()) numbers.push_back(rows->number(0));
  return numbers;
}

BoundSql facts_sql(const FactQuery& query, const std::vector<std::int64_t>& runs,
                   const Dialect& dialect) {
  Where where(fmt::format("SELECT {} FROM facts{}", dialect.list(fact_columns()),
                          dialect.by_index(index_of(query))));
  where.any_of("run", runs);
  where.any_of("indicator", query.indicators);
  where.any_of("area", query.areas);
  where.any_of("period", query.periods);
  std::vector<std::int64_t> readings;
  for (const Reading reading : query.readings)
    readings.push_back(static_cast<std::int64_t>(reading));
  where.any_of("reading", readings);
  if (query.breakdown) where.add("breakdown = ?", {std::string_view(*query.breakdown)});
  if (query.breakdown_prefix)
    where.add("substr(breakdown, 1, ?) = ?",
              {static_cast<std::int64_t>(text::n_characters(*query.breakdown_prefix)),
               std::string_view(*query.breakdown_prefix)});
  if (query.after) add_after(where, query, dialect);
  const std::string limit = query.limit > 0 ? fmt::format(" LIMIT {}", query.limit) : "";
  return where.end(fmt::format(" ORDER BY {}{}", dialect.list(order_of(query)), limit));
}

}  // namespace qd::orm
