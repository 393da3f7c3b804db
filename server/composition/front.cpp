#include "server/composition/front.hpp"

#include "server/http/edge.hpp"
#include "server/rest/api.hpp"
#include "server/rest/resources/resources.hpp"

namespace qd::composition {

struct Front::Parts {
  explicit Parts(const rest::ApiParts& given) : api(given, rest::resources::all_routes()) {}

  rest::Api api;
  std::unique_ptr<http::HttpEdge> edge;  // ends first: it calls the API
};

Front::Front(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Front::~Front() = default;

Result<std::unique_ptr<Front>> Front::open(House& house, const Configuration& configuration,
                                           std::function<bool()> schedule_is_started) {
  rest::ApiParts parts{house.database(), house.engine(), house.clock(), configuration.open};
  parts.schedule_is_started = std::move(schedule_is_started);
  std::unique_ptr<Front> front(new Front(std::make_unique<Parts>(parts)));
  auto edge = http::HttpEdge::start(configuration.edge, front->parts_->api);
  if (!edge) return fail(edge.error());
  front->parts_->edge = std::move(*edge);
  return front;
}

std::uint16_t Front::port() const { return parts_->edge->port(); }
void Front::stop(std::chrono::milliseconds grace) { parts_->edge->stop(grace); }

}  // namespace qd::composition
