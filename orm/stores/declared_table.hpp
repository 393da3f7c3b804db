// The tables that families declare: made when they are first met, grown when they have grown.
#pragma once

#include <string_view>

#include "core/model/error.hpp"
#include "core/model/table.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/physical_table.hpp"

namespace qd::orm {

// Of the forms a table was declared in, as they are stored, the last. Errors: kStoreConflict.
Result<TableSpec> newest_form(std::string_view forms);

// Beside each table stand all the forms it was declared in, so that a library of before is told
// from one that wants less than there is. Thread-safe, and safe against others that do the same.
class DeclaredTables {
 public:
  DeclaredTables(Gateway& gateway, Pool& pool) : gateway_(gateway), pool_(pool) {}

  // Errors: kStoreConflict with what differs, kStoreUnavailable.
  Result<void> declare(const TableSpec& table);

 private:
  enum class Standing { kThere, kAbsent, kToGrow };

  Result<Standing> standing(const TableSpec& table);
  void create(SqlConnection& connection, const TableSpec& table, const PhysicalTable& physical);
  Result<void> grow(const TableSpec& table, const PhysicalTable& physical);
  Result<void> grow_now(SqlConnection& connection, const TableSpec& table,
                        const PhysicalTable& physical);
  template <class Change>
  void change_schema(SqlConnection& connection, Change&& change);

  Gateway& gateway_;
  Pool& pool_;
};

}  // namespace qd::orm
