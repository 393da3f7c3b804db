#include "orm/stores/family_register.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "orm/guarded.hpp"
#include "orm/sql/dialect.hpp"
#include "orm/stores/definition_rows.hpp"

namespace qd::orm {
namespace {

using Known = std::map<std::pair<std::string, int>, StoredDefinition>;

// The newest revision of each version of those the family declared.
Known known_definitions(SqlConnection& connection, const std::string& family) {
  Known known;
  for (auto& row : stored_definitions(connection)) {
    if (row.definition.captured || row.definition.family != family) continue;
    auto key = std::pair(row.definition.code, row.definition.version);
    known.insert_or_assign(std::move(key), std::move(row));
  }
  return known;
}

// What a row that is older than some of the fields does not say is as it is declared now.
Definition filled_up(const StoredDefinition& row, const Definition& declared) {
  Definition before = row.definition;
  if (row.is_whole) return before;
  Definition filled = declared;
  filled.title = before.title;
  filled.numerator = before.numerator;
  filled.denominator = before.denominator;
  filled.unit = before.unit;
  filled.source = before.source;
  filled.multiplier = before.multiplier;
  filled.divisor = before.divisor;
  filled.decimals = before.decimals;
  filled.polarity = before.polarity;
  filled.aggregation = before.aggregation;
  filled.interval = before.interval;
  filled.revision = before.revision;
  return filled;
}

tl::unexpected<Error> means_something_else(const Definition& definition,
                                           const FieldDifference& difference) {
  return fail(ErrorCode::kStoreConflict,
              fmt::format("indicator {} version {} is in force and would mean something else: {}",
                          definition.code, definition.version, to_text(difference)),
              fmt::format("leave it as it is, and declare version {} with the day it begins",
                          definition.version + 1));
}

Result<std::vector<Definition>> with_revisions(const Known& known, const Family& family,
                                               Date today) {
  auto definitions = family.indicators;
  for (auto& definition : definitions) {
    const auto found = known.find({definition.code, definition.version});
    if (found == known.end()) continue;
    const Definition before = filled_up(found->second, definition);
    if (const auto difference = change_of_meaning(before, definition, today))
      return means_something_else(definition, *difference);
    definition.revision = revision_after(before, definition);
  }
  return definitions;
}

void store(SqlConnection& connection, const Family& family,
           const std::vector<Definition>& definitions, Instant now) {
  const Dialect dialect(connection.engine());
  BulkWriter writer(connection, "fact_definitions", definition_columns(), dialect.unless_there());
  for (const auto& definition : definitions) write_definition(writer, definition, now);
  writer.flush();
  connection.execute(
      "INSERT INTO families (id, version, title, declaration_sha256, taken_in_at) VALUES "
      "(?, '', '', '', 0)" +
          dialect.unless_there(),
      {family.id});
  connection.execute(
      "UPDATE families SET version = ?, title = ?, declaration_sha256 = ?, taken_in_at = ? "
      "WHERE id = ?",
      {family.version, family.title, family.declaration_sha256, milliseconds(now), family.id});
}

bool is_as_before(SqlConnection& connection, const Family& family) {
  return connection.number(
             "SELECT count(*) FROM families WHERE id = ? AND version = ? AND declaration_sha256 = "
             "?",
             {family.id, family.version, family.declaration_sha256}) > 0;
}

void add_owned(SqlConnection& connection, const std::string& sql,
               std::map<std::string, RegisteredFamily>& by_id,
               std::vector<std::string> RegisteredFamily::*names) {
  const auto rows = connection.query(sql);
  while (rows->next()) {
    auto& family = by_id[std::string(rows->text(0))];
    if (names != nullptr) (family.*names).emplace_back(rows->text(1));
  }
}

}  // namespace

Result<std::vector<RegisteredFamily>> SqlFamilyRegister::registered_families() {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      std::map<std::string, RegisteredFamily> by_id;
      add_owned(connection, "SELECT id FROM families", by_id, nullptr);
      // What people captured belongs to them, and rows older than the column have a rule then.
      add_owned(connection,
                "SELECT DISTINCT family, code FROM fact_definitions WHERE "
                "coalesce(captured, CASE WHEN rule = '' THEN 0 ELSE 1 END) = 0",
                by_id, &RegisteredFamily::codes);
      add_owned(connection, "SELECT family, name FROM declared_tables", by_id,
                &RegisteredFamily::tables);
      std::vector<RegisteredFamily> families;
      for (auto& [id, family] : by_id) {
        family.id = id;
        families.push_back(std::move(family));
      }
      return families;
    });
  });
}

Result<std::vector<Definition>> SqlFamilyRegister::take_in(const Family& family, Instant now,
                                                           Date today) {
  return retried([&] {
    return with_connection(
        pool_, [&](SqlConnection& connection) -> Result<std::vector<Definition>> {
          SqlTransaction transaction(connection);
          auto definitions =
              with_revisions(known_definitions(connection, family.id), family, today);
          if (!definitions) return definitions;
          if (!is_as_before(connection, family)) {
            store(connection, family, *definitions, now);
            trail_.write(connection, {Act::kFamilyTakenIn, "family " + family.id,
                                      family.declaration_sha256, now});
          }
          transaction.commit();
          return definitions;
        });
  });
}

}  // namespace qd::orm
