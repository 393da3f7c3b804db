#include "orm/sql/pool.hpp"

namespace qd::orm {
namespace {

constexpr std::size_t kMostIdle = 8;
// A server closes connections that were silent for long: after this we look before we use one.
constexpr std::chrono::seconds kTrusted{10};

}  // namespace

void Loan::keep() { pool_->give_back(std::move(connection_)); }

std::unique_ptr<SqlConnection> Pool::connect() const {
  return target_.engine == DatabaseKind::kSqlite ? connect_sqlite(target_)
                                                 : connect_mariadb(target_);
}

Loan Pool::borrow() {
  auto connection = take_idle();
  return Loan(*this, connection ? std::move(connection) : connect());
}

std::unique_ptr<SqlConnection> Pool::take_idle() {
  for (;;) {
    Idle idle;
    {
      const std::lock_guard lock(mutex_);
      if (idle_.empty()) return nullptr;
      idle = std::move(idle_.back());
      idle_.pop_back();
    }
    if (Clock::now() - idle.since < kTrusted || idle.connection->alive()) {
      return std::move(idle.connection);
    }
  }
}

void Pool::give_back(std::unique_ptr<SqlConnection> connection) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMostIdle) idle_.push_back({std::move(connection), Clock::now()});
}

}  // namespace qd::orm
