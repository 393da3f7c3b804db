// Connections that are kept for the next one who needs one.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <type_traits>
#include <vector>

#include "orm/sql/connection.hpp"

namespace qd::orm {

class Pool;

// A connection on loan. It goes back when the loan ends well (`keep`), and is closed otherwise: a
// connection on which something was thrown may be in any state.
class Loan {
 public:
  Loan(Pool& pool, std::unique_ptr<SqlConnection> connection)
      : pool_(&pool), connection_(std::move(connection)) {}
  Loan(Loan&&) = default;

  SqlConnection& operator*() const { return *connection_; }
  SqlConnection* operator->() const { return connection_.get(); }
  void keep();

 private:
  Pool* pool_;
  std::unique_ptr<SqlConnection> connection_;
};

// Thread-safe. Throws what connecting throws.
class Pool {
 public:
  explicit Pool(Target target) : target_(std::move(target)) {}

  DatabaseKind engine() const { return target_.engine; }
  Loan borrow();
  // A connection that is never shared, for work that leaves things behind on it.
  std::unique_ptr<SqlConnection> connect() const;

 private:
  friend class Loan;
  using Clock = std::chrono::steady_clock;
  struct Idle {
    std::unique_ptr<SqlConnection> connection;
    Clock::time_point since;
  };

  void give_back(std::unique_ptr<SqlConnection> connection);
  std::unique_ptr<SqlConnection> take_idle();

  Target target_;
  std::mutex mutex_;
  std::vector<Idle> idle_;
};

// Lends act a connection and keeps it afterwards, unless act throws.
template <class Act>
auto with_connection(Pool& pool, Act act) -> std::invoke_result_t<Act&, SqlConnection&> {
  Loan loan = pool.borrow();
  if constexpr (std::is_void_v<std::invoke_result_t<Act&, SqlConnection&>>) {
    act(*loan);
    loan.keep();
  } else {
    auto result = act(*loan);
    loan.keep();
    return result;
  }
}

}  // namespace qd::orm
