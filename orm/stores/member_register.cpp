#include "orm/stores/member_register.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "core/model/digest.hpp"
#include "orm/guarded.hpp"
#include "orm/sql/bulk_writer.hpp"
#include "orm/sql/dialect.hpp"

namespace qd::orm {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kMarkDigits = 32;  // 128 bits: no two names share them
constexpr std::size_t kAskedAtOnce = 500;

using Marks = std::vector<std::string>;
using Numbers = std::unordered_map<std::string, std::int64_t>;

// What a name is recognised by, and not known from: nobody who lacks the key can try names.
std::string mark_of(const std::string& key, std::string_view name) {
  Sha256 digest;
  digest.add(key);
  digest.add(name);
  return digest.finish().substr(0, kMarkDigits);
}

void look_up(SqlConnection& connection, std::span<const std::string> marks, Numbers& numbers) {
  for (std::size_t at = 0; at < marks.size(); at += kAskedAtOnce) {
    const auto some = marks.subspan(at, std::min(kAskedAtOnce, marks.size() - at));
    const std::vector<std::string> places(some.size(), "?");
    const auto rows = connection.query(
        fmt::format("SELECT mark, id FROM members WHERE mark IN ({})", fmt::join(places, ",")),
        Values(some.begin(), some.end()));
    while (rows->next()) numbers[std::string(rows->text(0))] = rows->number(1);
  }
}

Marks without_number(const Marks& marks, const Numbers& numbers) {
  Marks without;
  std::copy_if(marks.begin(), marks.end(), std::back_inserter(without),
               [&](const std::string& mark) { return numbers.count(mark) == 0; });
  return without;
}

// Others may give the same names numbers meanwhile: theirs hold then.
void give_numbers(SqlConnection& connection, const Marks& marks) {
  SqlTransaction transaction(connection);
  BulkWriter writer(connection, "members", {"mark"}, Dialect(connection.engine()).unless_there());
  for (const std::string& mark : marks) {
    writer.text(mark);
    writer.end_row();
  }
  writer.flush();
  transaction.commit();
}

Result<std::vector<std::uint32_t>> in_turn(const Marks& marks, const Numbers& numbers) {
  std::vector<std::uint32_t> all;
  for (const std::string& mark : marks) {
    const auto number = numbers.at(mark);
    if (number > std::numeric_limits<std::uint32_t>::max())
      return fail(ErrorCode::kStoreConflict,
                  "the table members has given away every number there is");
    all.push_back(static_cast<std::uint32_t>(number));
  }
  return all;
}

}  // namespace

Result<std::vector<std::uint32_t>> SqlMemberRegister::numbers(
    std::span<const std::string_view> names) {
  const auto key = secrets_.secret("members", random_bytes(kKeyBytes));
  if (!key) return fail(key.error());
  Marks marks;
  for (const auto name : names) marks.push_back(mark_of(*key, name));
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      Numbers numbers;
      look_up(connection, marks, numbers);
      if (const Marks fresh = without_number(marks, numbers); !fresh.empty()) {
        give_numbers(connection, fresh);
        look_up(connection, fresh, numbers);
      }
      return in_turn(marks, numbers);
    });
  });
}

}  // namespace qd::orm
