// C++14: see gateway.hpp.
#include "orm/mapping/gateway.hpp"

#include <odb/query.hxx>
#include <utility>

#include "orm/mapping/open.hpp"
#include "quarterday_rows-odb.hxx"

namespace qd::orm {
namespace {

using odb::transaction;

template <class Row>
std::vector<Row> rows_of(odb::database& database, const odb::query<Row>& query) {
  transaction transaction(database.begin());
  std::vector<Row> rows;
  odb::result<Row> result(database.query<Row>(query));
  for (typename odb::result<Row>::iterator at = result.begin(); at != result.end(); ++at) {
    rows.emplace_back();
    at.load(rows.back());
  }
  transaction.commit();
  return rows;
}

// The versions of captured records that were known then; a null pointer: that hold now.
template <class Row>
odb::query<Row> known_at(const std::int64_t* as_of) {
  using Query = odb::query<Row>;
  if (as_of == nullptr) return Query::live.is_not_null();
  return Query::recorded_at <= *as_of &&
         (Query::superseded_at.is_null() || Query::superseded_at > *as_of);
}

}  // namespace

Gateway::Gateway(const Target& target, Missing missing) : database_(open_mapped(target, missing)) {}

Gateway::~Gateway() = default;

void Gateway::ping() {
  transaction transaction(database_->begin());
  database_->execute("SELECT 1");
  transaction.commit();
}

template <class Row>
void Gateway::persist(Row& row) {
  transaction transaction(begin_writing(*database_));
  database_->persist(row);
  transaction.commit();
}

template <class Row, class Id>
std::unique_ptr<Row> Gateway::find(const Id& id) {
  transaction transaction(database_->begin());
  std::unique_ptr<Row> row(new Row);
  if (!database_->find(id, *row)) row.reset();
  transaction.commit();
  return row;
}

std::vector<rows::RunRow> Gateway::runs(const std::string* family, const std::string* period) {
  using Query = odb::query<rows::RunRow>;
  Query wanted(true);
  if (family != nullptr) wanted = wanted && Query::family == *family;
  if (period != nullptr) wanted = wanted && Query::period == *period;
  return rows_of<rows::RunRow>(*database_, wanted + ("ORDER BY" + Query::id + "DESC"));
}

std::vector<rows::RunNoteRow> Gateway::notes(std::int64_t first_run, std::int64_t last_run) {
  using Query = odb::query<rows::RunNoteRow>;
  return rows_of<rows::RunNoteRow>(
      *database_, (Query::run >= first_run && Query::run <= last_run) + ("ORDER BY" + Query::id));
}

std::vector<rows::AreaRow> Gateway::areas(const std::int64_t* as_of) {
  using Query = odb::query<rows::AreaRow>;
  return rows_of<rows::AreaRow>(*database_,
                                known_at<rows::AreaRow>(as_of) + ("ORDER BY" + Query::code));
}

std::vector<rows::DefinitionLinkRow> Gateway::links(const std::int64_t* as_of) {
  using Query = odb::query<rows::DefinitionLinkRow>;
  return rows_of<rows::DefinitionLinkRow>(
      *database_,
      known_at<rows::DefinitionLinkRow>(as_of) + ("ORDER BY" + Query::code + "," + Query::linked));
}

void Gateway::save(rows::ScheduleRow& row) {
  transaction transaction(begin_writing(*database_));
  rows::ScheduleRow before;
  if (database_->find(row.id, before)) {
    database_->update(row);
  } else {
    database_->persist(row);
  }
  transaction.commit();
}

std::vector<rows::ScheduleRow> Gateway::schedules() {
  using Query = odb::query<rows::ScheduleRow>;
  return rows_of<rows::ScheduleRow>(*database_, Query("ORDER BY" + Query::id));
}

std::vector<rows::DeliveryRow> Gateway::deliveries() {
  using Query = odb::query<rows::DeliveryRow>;
  return rows_of<rows::DeliveryRow>(*database_, Query("ORDER BY" + Query::return_run + "," +
                                                      Query::recipient + "," + Query::channel));
}

std::vector<rows::ReturnRunRow> Gateway::return_runs() {
  using Query = odb::query<rows::ReturnRunRow>;
  return rows_of<rows::ReturnRunRow>(*database_, Query("ORDER BY" + Query::schedule + "," +
                                                       Query::period + "," + Query::revision));
}

std::unique_ptr<rows::ReturnRunRow> Gateway::return_run(const std::string& schedule,
                                                        const std::string& period, int revision) {
  using Query = odb::query<rows::ReturnRunRow>;
  auto found = rows_of<rows::ReturnRunRow>(*database_, Query::schedule == schedule &&
                                                           Query::period == period &&
                                                           Query::revision == revision);
  if (found.empty()) return nullptr;
  return std::make_unique<rows::ReturnRunRow>(std::move(found.front()));
}

std::vector<rows::ApiKeyRow> Gateway::keys() {
  using Query = odb::query<rows::ApiKeyRow>;
  return rows_of<rows::ApiKeyRow>(*database_,
                                  Query("ORDER BY" + Query::created_at + "," + Query::prefix));
}

// Changes the row of a key within one transaction; false: there is none.
template <class Change>
bool Gateway::change_key(const std::string& prefix, Change change) {
  transaction transaction(begin_writing(*database_));
  rows::ApiKeyRow row;
  if (!database_->find(prefix, row)) return false;
  if (change(row)) database_->update(row);
  transaction.commit();
  return true;
}

void Gateway::note_use(const std::string& prefix, std::int64_t at) {
  change_key(prefix, [at](rows::ApiKeyRow& row) {
    if (row.last_used_at && *row.last_used_at >= at) return false;
    row.last_used_at = std::make_unique<std::int64_t>(at);
    return true;
  });
}

std::vector<rows::RecordReadingRow> Gateway::record_readings(std::size_t limit) {
  using Query = odb::query<rows::RecordReadingRow>;
  return rows_of<rows::RecordReadingRow>(
      *database_, Query("ORDER BY" + Query::id + "DESC LIMIT " + std::to_string(limit)));
}

template void Gateway::persist(rows::RecordReadingRow&);
template void Gateway::persist(rows::ReturnRunRow&);
template void Gateway::persist(rows::RunRow&);
template void Gateway::persist(rows::ScheduleRow&);
template void Gateway::persist(rows::ServerSecretRow&);
template std::unique_ptr<rows::ApiKeyRow> Gateway::find(const std::string&);
template std::unique_ptr<rows::DeclaredTableRow> Gateway::find(const std::string&);
template std::unique_ptr<rows::ScheduleRow> Gateway::find(const std::string&);
template std::unique_ptr<rows::ServerSecretRow> Gateway::find(const std::string&);
template std::unique_ptr<rows::DeliveryRow> Gateway::find(const std::int64_t&);
template std::unique_ptr<rows::RunRow> Gateway::find(const std::int64_t&);
template std::unique_ptr<rows::WorkbookRow> Gateway::find(const std::int64_t&);

}  // namespace qd::orm
