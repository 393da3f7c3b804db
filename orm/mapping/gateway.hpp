// The stores' side of the object mapping. C++14, and free of ODB's own headers: Debian 12's are not
// valid C++17, so everything that includes them is compiled as C++14 behind this class.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "orm/rows/access_rows.hxx"
#include "orm/rows/observation_rows.hxx"
#include "orm/rows/return_rows.hxx"
#include "orm/rows/run_rows.hxx"
#include "orm/target.hpp"

namespace odb {
class database;
}

namespace qd::orm {

struct SchemaVersions {
  std::uint64_t database;  // 0: no schema yet
  std::uint64_t program;
};

// One for a database; has a pool of connections of its own. Each call is one transaction.
// Throws what ODB throws. Thread-safe.
class Gateway {
 public:
  enum class Missing { kRefuse, kCreate };  // what to do about an SQLite file that is not there

  explicit Gateway(const Target& target, Missing missing = Missing::kRefuse);
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  SchemaVersions versions();
  // Creates the schema or brings it up to the program's version; one at a time, whoever calls.
  // Gives the versions before. Does nothing when the database is newer.
  SchemaVersions migrate();

  void ping();

  // Inserts; an automatic id is written back. Which rows: see the end of the .cpp.
  template <class Row>
  void persist(Row& row);
  // By primary key; nullptr when there is none.
  template <class Row, class Id>
  std::unique_ptr<Row> find(const Id& id);

  // Null pointers do not restrict. Newest first.
  std::vector<rows::RunRow> runs(const std::string* family, const std::string* period);
  std::vector<rows::RunNoteRow> notes(std::int64_t first_run, std::int64_t last_run);  // by id
  // The versions known at that instant, ms UTC; a null pointer: those that hold now.
  std::vector<rows::AreaRow> areas(const std::int64_t* as_of);            // by code
  std::vector<rows::DefinitionLinkRow> links(const std::int64_t* as_of);  // by code, linked
  void save(rows::ScheduleRow& row);                                      // inserts or replaces
  std::vector<rows::ScheduleRow> schedules();                             // by id
  std::vector<rows::DeliveryRow> deliveries();    // by return, recipient, channel
  std::vector<rows::ReturnRunRow> return_runs();  // by schedule, period, revision
  std::unique_ptr<rows::ReturnRunRow> return_run(const std::string& schedule,
                                                 const std::string& period, int revision);
  std::vector<rows::ApiKeyRow> keys();                        // by creation, then prefix
  void note_use(const std::string& prefix, std::int64_t at);  // of no such key: nothing
  std::vector<rows::RecordReadingRow> record_readings(std::size_t limit);  // newest first

 private:
  template <class Change>
  bool change_key(const std::string& prefix, Change change);

  std::unique_ptr<odb::database> database_;
};

}  // namespace qd::orm
