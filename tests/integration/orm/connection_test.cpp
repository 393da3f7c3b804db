// What the two engines promise alike below the stores: connections, rows, bulk writing.
#include <optional>

#include "orm/sql/bulk_writer.hpp"
#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

class ConnectionTest : public testing::TestWithParam<orm::DatabaseKind> {
 protected:
  ConnectionTest() {
    connection_->script("CREATE TABLE t (id BIGINT, name VARCHAR(200), n BIGINT)");
  }
  void insert(std::int64_t id, std::string_view name) {
    connection_->execute("INSERT INTO t VALUES (?, ?, NULL)", {id, name});
  }
  std::int64_t count(const std::string& condition = "1 = 1") {
    return connection_->number("SELECT COUNT(*) FROM t WHERE " + condition);
  }

  const std::string url_ = make_test_database(GetParam());
  std::unique_ptr<orm::SqlConnection> connection_ = connect_to(url_);
};

TEST_P(ConnectionTest, RowsOutliveTheTextsTheyWereAskedWith) {
  insert(1, "the first of them, with more letters than fit into a short text");
  insert(2, "another");
  std::string first = "the first of them, with more letters than fit into a short text";
  std::string other = "another";
  const auto rows = connection_->query("SELECT id FROM t WHERE name = ? OR name = ? ORDER BY id",
                                       {std::string_view(first), std::string_view(other)});
  first.assign(first.size(), 'x');
  other.assign(other.size(), 'x');
  ASSERT_TRUE(rows->next());
  EXPECT_EQ(rows->number(0), 1);
  ASSERT_TRUE(rows->next());
  EXPECT_EQ(rows->number(0), 2);
  EXPECT_FALSE(rows->next());
}

TEST_P(ConnectionTest, AStreamsNumbersStandWhereTheyAreAskedFor) {
  const auto rows = connection_->stream("SELECT ? - ?, ?", {7, 2, -3});
  ASSERT_TRUE(rows->next());
  EXPECT_EQ(rows->number(0), 5);
  EXPECT_EQ(rows->number(1), -3);
  EXPECT_FALSE(rows->next());
}

TEST_P(ConnectionTest, NothingIsNoNumberAndCountsAsZero) {
  EXPECT_EQ(connection_->number("SELECT id FROM t"), 0) << "no row";
  insert(4, "x");
  EXPECT_EQ(connection_->number("SELECT n FROM t"), 0) << "NULL";
  EXPECT_EQ(connection_->number("SELECT id FROM t"), 4);
  const auto rows = connection_->query("SELECT n, id, name FROM t");
  ASSERT_TRUE(rows->next());
  EXPECT_TRUE(rows->absent(0));
  EXPECT_EQ(rows->text(0), "");
  EXPECT_FALSE(rows->absent(1));
  EXPECT_FALSE(rows->absent(2));
}

// Conditional writes depend on it: a row that is written as it was is a row that was found.
TEST_P(ConnectionTest, RowsThatAreFoundCountAlsoWhenTheyStayAsTheyWere) {
  insert(1, "same");
  insert(2, "same");
  EXPECT_EQ(connection_->execute("UPDATE t SET name = 'same'"), 2);
  EXPECT_EQ(connection_->execute("UPDATE t SET name = 'other' WHERE id = 2"), 1);
  EXPECT_EQ(connection_->execute("UPDATE t SET name = 'other' WHERE id = 3"), 0);
}

TEST_P(ConnectionTest, WhatIsNotCommittedIsRolledBackAndWhatIsCommittedIsNot) {
  {
    const orm::SqlTransaction transaction(*connection_);
    insert(1, "left");
    EXPECT_EQ(count(), 1);
  }
  EXPECT_EQ(count(), 0);
  {
    orm::SqlTransaction transaction(*connection_);
    insert(2, "kept");
    transaction.commit();
  }
  EXPECT_EQ(connect_to(url_)->number("SELECT COUNT(*) FROM t"), 1);
}

// On MariaDB 200 rows are one statement: fewer, exactly as many, and one more.
TEST_P(ConnectionTest, EveryRowOfABulkArrivesWhateverTheirNumber) {
  for (const int n : {0, 1, 199, 200, 201, 400, 401}) {
    connection_->execute("DELETE FROM t");
    orm::BulkWriter writer(*connection_, "t", {"id", "name", "n"});
    for (int i = 0; i < n; ++i) {
      writer.number(i);
      writer.text("name " + std::to_string(i));
      i % 2 == 0 ? writer.absent() : writer.number(-i);
      writer.end_row();
    }
    EXPECT_EQ(count(), GetParam() == orm::DatabaseKind::kSqlite ? n : n / 200 * 200)
        << "before the rest is sent";
    writer.flush();
    writer.flush();
    EXPECT_EQ(count(), n);
    EXPECT_EQ(count("n IS NULL"), (n + 1) / 2);
    EXPECT_EQ(count("n = -id"), n / 2);
    const auto rows = connection_->query("SELECT id, name FROM t ORDER BY id");
    for (int i = 0; i < n; ++i) {
      ASSERT_TRUE(rows->next());
      EXPECT_EQ(rows->number(0), i);
      EXPECT_EQ(rows->text(1), "name " + std::to_string(i));
    }
  }
}

QUARTERDAY_BOTH_ENGINES(ConnectionTest);

}  // namespace
}  // namespace qd::tests
