#include "orm/stores/delivery_store.hpp"

#include <fmt/format.h>

#include "orm/guarded.hpp"

namespace qd::orm {
namespace {

constexpr auto kPlanned = static_cast<std::int64_t>(DeliveryState::kPlanned);
constexpr auto kDelivered = static_cast<std::int64_t>(DeliveryState::kDelivered);

tl::unexpected<Error> not_held(const ReturnRun& run) {
  return fail(ErrorCode::kStoreConflict,
              fmt::format("the delivery of {} {} r{} is not held any more with fence {}",
                          run.schedule, run.period, run.revision, run.fence),
              "someone else took the return over, or it was delivered; look at its state");
}

// A channel or a state this program does not know is a newer one's: it is not taken for another.
DeliveryChannel channel_of(const rows::DeliveryRow& row) {
  const auto channel = static_cast<DeliveryChannel>(row.channel);
  if (channel == DeliveryChannel::kFolder) return channel;
  throw std::runtime_error(fmt::format("delivery {} has channel {}", row.id, row.channel));
}

DeliveryState state_of(const rows::DeliveryRow& row) {
  const auto state = static_cast<DeliveryState>(row.state);
  if (state == DeliveryState::kPlanned || state == DeliveryState::kDelivered) return state;
  throw std::runtime_error(fmt::format("delivery {} has state {}", row.id, row.state));
}

Delivery delivery_of(const rows::DeliveryRow& row) {
  Delivery delivery;
  delivery.id = row.id;
  delivery.return_run = row.return_run;
  delivery.recipient = row.recipient;
  delivery.channel = channel_of(row);
  delivery.state = state_of(row);
  delivery.folder_identity = row.folder_identity;
  delivery.folder = row.folder;
  delivery.file_name = row.file_name;
  if (row.delivered_at) delivery.delivered_at = instant_of(*row.delivered_at);
  return delivery;
}

void insert_unless_there(SqlConnection& connection, const ReturnRun& run, const Delivery& wanted) {
  const auto channel = static_cast<std::int64_t>(wanted.channel);
  connection.execute(
      "INSERT INTO deliveries (return_run, recipient, channel, state, folder_identity, folder, "
      "file_name) SELECT r.id, ?, ?, ?, ?, ?, ? FROM return_runs r "
      "WHERE r.id = ? AND r.fence = ? AND r.state = 'built' AND NOT EXISTS (SELECT 1 FROM "
      "deliveries d WHERE d.return_run = r.id AND d.recipient = ? AND d.channel = ?)",
      {wanted.recipient, channel, kPlanned, wanted.folder_identity, wanted.folder, wanted.file_name,
       run.id, run.fence, wanted.recipient, channel});
}

// 0: there is none that may be written under this fence.
std::int64_t held_number(SqlConnection& connection, const ReturnRun& run, const Delivery& wanted) {
  const auto rows = connection.query(
      "SELECT d.id FROM deliveries d JOIN return_runs r ON r.id = d.return_run "
      "WHERE r.id = ? AND r.fence = ? AND r.state = 'built' AND d.recipient = ? AND d.channel = ?",
      {run.id, run.fence, wanted.recipient, static_cast<std::int64_t>(wanted.channel)});
  return rows->next() ? rows->number(0) : 0;
}

}  // namespace

Result<Delivery> SqlDeliveryStore::plan(const ReturnRun& run, const Delivery& wanted) {
  const auto number = retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      SqlTransaction transaction(connection);
      insert_unless_there(connection, run, wanted);
      const auto held = held_number(connection, run, wanted);
      transaction.commit();
      return held;
    });
  });
  if (!number) return fail(number.error());
  if (*number == 0) return not_held(run);
  return guarded([&]() -> Result<Delivery> {
    const auto row = gateway_.find<rows::DeliveryRow>(*number);
    if (row) return delivery_of(*row);
    return not_held(run);
  });
}

Result<void> SqlDeliveryStore::store_delivered(const ReturnRun& run, const Delivery& delivery) {
  if (!delivery.delivered_at)
    return fail(ErrorCode::kStoreConflict, "a delivery that is made does not say when");
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> Result<void> {
      const auto found = connection.execute(
          "UPDATE deliveries SET state = ?, folder_identity = ?, folder = ?, file_name = ?, "
          "delivered_at = ? WHERE id = ? AND return_run = ? AND state = ? AND EXISTS (SELECT 1 "
          "FROM return_runs r WHERE r.id = ? AND r.fence = ? AND r.state = 'built')",
          {kDelivered, delivery.folder_identity, delivery.folder, delivery.file_name,
           milliseconds(*delivery.delivered_at), delivery.id, run.id, kPlanned, run.id, run.fence});
      if (found == 1) return {};
      return not_held(run);
    });
  });
}

Result<std::vector<Delivery>> SqlDeliveryStore::deliveries() {
  return guarded([&] {
    std::vector<Delivery> all;
    for (const auto& row : gateway_.deliveries()) all.push_back(delivery_of(row));
    return all;
  });
}

}  // namespace qd::orm
