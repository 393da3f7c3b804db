#include "orm/keeping/kept_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <utility>

#include "core/model/digest.hpp"
#include "core/model/sealed_text.hpp"
#include "orm/sql/bulk_writer.hpp"
#include "orm/sql/dialect.hpp"

namespace qd::orm {
namespace {

std::string lower(std::string text) {
  for (char& letter : text)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

// "bigint", "varchar(128)", "INTEGER", …
bool is_number(const std::string& table, const std::string& column, const std::string& type) {
  const std::string kind = lower(type);
  for (const char* text : {"char", "text", "blob"})
    if (kind.find(text) != std::string::npos) return false;
  if (kind.find("int") != std::string::npos) return true;
  throw std::runtime_error(
      fmt::format("column {} of table {} is of a type that is not kept: {}", column, table, type));
}

// In the order of bytes, whatever that of the engine is.
std::vector<std::string> texts_of(Rows& rows) {
  std::vector<std::string> texts;
  while (rows.next()) texts.emplace_back(rows.text(0));
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::vector<std::string> names_of(const KeptColumns& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  return names;
}

void add_to(SealedText& text, const Value& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) {
    text.add(std::string_view("n"));
    text.add(*number);
  } else if (const auto* words = std::get_if<std::string_view>(&cell)) {
    text.add(std::string_view("t"));
    text.add(*words);
  } else {
    text.add(std::string_view("-"));
  }
}

void write(BulkWriter& writer, const Values& cells) {
  for (const Value& cell : cells) {
    if (const auto* number = std::get_if<std::int64_t>(&cell))
      writer.number(*number);
    else if (const auto* words = std::get_if<std::string_view>(&cell))
      writer.text(*words);
    else
      writer.absent();
  }
  writer.end_row();
}

}  // namespace

std::vector<std::string> table_names(SqlConnection& connection) {
  const bool sqlite = connection.engine() == DatabaseKind::kSqlite;
  return texts_of(*connection.query(
      sqlite ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
             : "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
               "AND table_type = 'BASE TABLE'"));
}

KeptColumns columns_of(SqlConnection& connection, const std::string& table) {
  const bool sqlite = connection.engine() == DatabaseKind::kSqlite;
  const auto rows = connection.query(
      sqlite ? "SELECT name, type FROM pragma_table_info(?) ORDER BY cid"
             : "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = "
               "DATABASE() AND table_name = ? ORDER BY ordinal_position",
      {std::string_view(table)});
  KeptColumns columns;
  while (rows->next()) {
    const std::string name(rows->text(0));
    columns.push_back({name, is_number(table, name, std::string(rows->text(1)))});
  }
  return columns;
}

void for_each_row(SqlConnection& connection, const std::string& table, const KeptColumns& columns,
                  const RowSink& sink) {
  const Dialect dialect(connection.engine());
  const auto rows = connection.stream(
      fmt::format("SELECT {} FROM {}", dialect.list(names_of(columns)), dialect.quoted(table)), {});
  std::vector<std::string> texts(columns.size());
  Values cells(columns.size());
  while (rows->next()) {
    for (unsigned at = 0; at < columns.size(); ++at) {
      if (rows->absent(at)) {
        cells[at] = std::monostate{};
      } else if (columns[at].is_number) {
        cells[at] = rows->number(at);
      } else {
        texts[at] = rows->text(at);
        cells[at] = std::string_view(texts[at]);
      }
    }
    sink(cells);
  }
}

void RowDigest::add(const Values& cells) {
  SealedText text;
  for (const Value& cell : cells) add_to(text, cell);
  const std::string digest = sha256(text.text());
  for (std::size_t at = 0; at < 4; ++at)
    sums_[at] += std::stoull(digest.substr(at * 16, 16), nullptr, 16);
  ++n_rows_;
}

KeptTable RowDigest::of(const std::string& table) const {
  return {table, n_rows_,
          fmt::format("{:016x}{:016x}{:016x}{:016x}", sums_[0], sums_[1], sums_[2], sums_[3])};
}

KeptTable digest_of(SqlConnection& connection, const std::string& table,
                    const KeptColumns& columns) {
  RowDigest digest;
  for_each_row(connection, table, columns, [&](const Values& cells) { digest.add(cells); });
  return digest.of(table);
}

KeptTable copy_rows(SqlConnection& from, SqlConnection& to, const std::string& table,
                    const KeptColumns& columns) {
  RowDigest digest;
  BulkWriter writer(to, table, names_of(columns));
  for_each_row(from, table, columns, [&](const Values& cells) {
    digest.add(cells);
    write(writer, cells);
  });
  writer.flush();
  return digest.of(table);
}

}  // namespace qd::orm
