// A migrated database of the engine the test runs on, and short ways to its stores.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/ports/figures/figure_store.hpp"
#include "orm/database.hpp"
#include "tests/support/test_database.hpp"

namespace qd::tests {

// The value; a test that gets an error instead ends here.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(to_text(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// The code of the error that is expected.
template <class T>
ErrorCode refusal(const Result<T>& result) {
  if (result) throw std::runtime_error("this should have been refused");
  return result.error().code;
}

class StoreTest : public testing::TestWithParam<orm::DatabaseKind> {
 protected:
  StoreTest() : url_(make_test_database(GetParam())), database_(open_test_database(url_)) {}

  const std::string& url() const { return url_; }
  ObservationStore& observations() { return database_->observations(); }
  RunStore& runs() { return database_->runs(); }
  FigureStore& figures() { return database_->figures(); }
  Catalogue& catalogue() { return database_->catalogue(); }
  FamilyRegister& families() { return database_->families(); }
  ScheduleStore& schedules() { return database_->schedules(); }
  ReturnStore& returns() { return database_->returns(); }
  DeliveryStore& deliveries() { return database_->deliveries(); }
  KeyStore& keys() { return database_->keys(); }
  ReadingLog& readings() { return database_->readings(); }
  SecretStore& secrets() { return database_->secrets(); }
  MemberRegister& members() { return database_->members(); }
  orm::Database& database() { return *database_; }

  std::int64_t number(const std::string& sql) { return connect_to(url_)->number(sql); }

 private:
  std::string url_;
  std::unique_ptr<orm::Database> database_;
};

}  // namespace qd::tests

// ctest labels by these names: see CMakeLists.txt.
#define QUARTERDAY_BOTH_ENGINES(suite)                                                  \
  INSTANTIATE_TEST_SUITE_P(                                                             \
      Stores, suite,                                                                    \
      testing::Values(qd::orm::DatabaseKind::kSqlite, qd::orm::DatabaseKind::kMariaDb), \
      [](const auto& test) { return qd::tests::engine_name(test.param); })
