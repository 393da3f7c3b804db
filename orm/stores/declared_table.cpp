#include "orm/stores/declared_table.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/tables/growth.hpp"
#include "core/tables/shipped_tables.hpp"
#include "orm/guarded.hpp"

namespace qd::orm {
namespace {

constexpr std::string_view kBetweenForms = "\n\n";

Error is_taken(const TableSpec& table, std::string_view by) {
  return {ErrorCode::kStoreConflict,
          fmt::format("input table {} is there already: {}", table.name, by),
          "give the table another name"};
}

Result<std::vector<TableSpec>> parse_forms(const TableSpec& table, std::string_view text) {
  std::vector<TableSpec> forms;
  for (std::size_t from = 0;;) {
    const auto until = text.find(kBetweenForms, from);
    auto form = tables::parse_form(std::string(text.substr(from, until - from)));
    if (!form) return fail(is_taken(table, "in a form that this program does not know"));
    forms.push_back(std::move(*form));
    if (until == std::string_view::npos) return forms;
    from = until + kBetweenForms.size();
  }
}

Result<tables::Declared> compare(const TableSpec& table, std::string_view forms_text) {
  const auto forms = parse_forms(table, forms_text);
  if (!forms) return fail(forms.error());
  if (forms->front().family != table.family)
    return fail(is_taken(table, fmt::format("it is family {}'s", forms->front().family)));
  return tables::compare_forms(*forms, table);
}

}  // namespace

Result<TableSpec> newest_form(std::string_view forms) {
  const auto last = forms.rfind(kBetweenForms);
  const auto form =
      last == std::string_view::npos ? forms : forms.substr(last + kBetweenForms.size());
  auto spec = tables::parse_form(std::string(form));
  if (!spec)
    return fail(ErrorCode::kStoreConflict, "a table was declared in a form that is not known");
  return *std::move(spec);
}

Result<void> DeclaredTables::declare(const TableSpec& table) {
  const auto physical = physical_table(table);
  if (!physical) return fail(physical.error());
  if (tables::shipped_table(table.name) != nullptr)
    return fail(is_taken(table, "it comes with the program"));

  const auto now = standing(table);
  if (!now) return fail(now.error());
  if (*now == Standing::kThere) return {};
  if (*now == Standing::kToGrow) return grow(table, *physical);
  auto created = retried([&] {
    with_connection(pool_,
                    [&](SqlConnection& connection) { create(connection, table, *physical); });
  });
  if (created || created.error().code != ErrorCode::kStoreConflict) return created;
  // Someone else was faster, perhaps with a form of before.
  const auto by_other = standing(table);
  if (!by_other) return fail(by_other.error());
  return *by_other == Standing::kToGrow ? grow(table, *physical) : Result<void>{};
}

Result<DeclaredTables::Standing> DeclaredTables::standing(const TableSpec& table) {
  return guarded([&]() -> Result<Standing> {
    const auto known = gateway_.find<rows::DeclaredTableRow>(table.name);
    if (!known) return Standing::kAbsent;
    const auto compared = compare(table, known->columns);
    if (!compared) return fail(compared.error());
    return *compared == tables::Declared::kGrown ? Standing::kToGrow : Standing::kThere;
  });
}

// Changes of a schema commit whatever is open on their connection on MariaDB, so they have one of
// their own there; on SQLite they are part of the transaction.
template <class Change>
void DeclaredTables::change_schema(SqlConnection& connection, Change&& change) {
  if (pool_.engine() == DatabaseKind::kSqlite) return change(connection);
  with_connection(pool_, change);
}

// The uncommitted row keeps out whoever declares the same name, until the table is there. A table
// without its row was left by a process that died in between, and nothing is in it.
void DeclaredTables::create(SqlConnection& connection, const TableSpec& table,
                            const PhysicalTable& physical) {
  const Dialect dialect(pool_.engine());
  SqlTransaction transaction(connection);
  connection.execute(fmt::format("INSERT INTO declared_tables (name, family, {}) VALUES (?, ?, ?)",
                                 dialect.quoted("columns")),
                     {table.name, table.family, tables::form_text(table)});
  change_schema(connection, [&](SqlConnection& own) {
    own.script("DROP TABLE IF EXISTS " + dialect.quoted(physical.name));
    for (const auto& sql : creation(table, physical, dialect)) own.script(sql);
  });
  transaction.commit();
}

Result<void> DeclaredTables::grow(const TableSpec& table, const PhysicalTable& physical) {
  return retried([&] {
    return with_connection(
        pool_, [&](SqlConnection& connection) { return grow_now(connection, table, physical); });
  });
}

// The columns first, then the form that has them: a process that dies in between leaves columns
// that nobody reads, and they are taken in when the table is declared again.
Result<void> DeclaredTables::grow_now(SqlConnection& connection, const TableSpec& table,
                                      const PhysicalTable& physical) {
  const Dialect dialect(pool_.engine());
  const std::string column = dialect.quoted("columns");
  SqlTransaction transaction(connection);
  std::string forms;
  {
    const auto rows =
        connection.query(fmt::format("SELECT {} FROM declared_tables WHERE name = ?{}", column,
                                     dialect.for_update()),
                         {table.name});
    if (rows->next()) forms = rows->text(0);
  }
  const auto compared = compare(table, forms);  // others may have been here since
  if (!compared) return fail(compared.error());
  if (*compared == tables::Declared::kKnown) return {};
  change_schema(connection, [&](SqlConnection& own) { add_columns(own, table, physical); });
  connection.execute(fmt::format("UPDATE declared_tables SET {} = ? WHERE name = ?", column),
                     {forms + std::string(kBetweenForms) + tables::form_text(table), table.name});
  transaction.commit();
  return {};
}

}  // namespace qd::orm
