#include "server/composition/front.hpp"

#include <atomic>

#include "core/reading/access/door_parts.hpp"
#include "core/reading/access/figure_door.hpp"
#include "core/reading/disclosure/disclosed_figures.hpp"
#include "core/reading/stages/store_reader.hpp"
#include "server/composition/cube_refresher.hpp"
#include "server/http/edge.hpp"
#include "server/rest/api.hpp"
#include "server/rest/resources/resources.hpp"
#include "server/tokens/web_documents.hpp"

namespace qd::composition {

constexpr std::chrono::milliseconds kLook{100};  // how often it is seen whether the data changed

struct Front::Parts {
  Parts(House& house, const Configuration& configuration, std::function<bool()> schedule_is_started)
      : store(house.database().figures()),
        keeper(house.database().figures(), house.database().runs(), store),
        decisions(house.database().figures(), house.database().runs(),
                  house.database().catalogue()),
        disclosed(keeper, house.database().figures(), house.database().runs(), decisions),
        door(reading::access::DoorParts{disclosed, house.database().figures(),
                                        house.database().runs(), house.database().catalogue()}),
        tokens(house.configuration().tokens, documents, house.clock()),
        refresher(keeper, decisions, house.database().keys(), kLook),
        api(rest::ApiParts{.database = house.database(),
                           .figures = door,
                           .engine = house.engine(),
                           .clock = house.clock(),
                           .open = configuration.open,
                           .tokens = tokens.accepts_tokens() ? &tokens : nullptr,
                           .schedule_is_started = std::move(schedule_is_started),
                           .access_log = configuration.access_log,
                           .folders = {{"state", configuration.state_directory},
                                       {"deliveries", configuration.delivery_directory}},
                           .load = [this] { return load(); }},
            rest::resources::all_routes()) {}

  rest::ServerLoad load() const {
    rest::ServerLoad now;
    if (const auto* edge_now = listening.load()) now.edge = edge_now->load();
    if (const auto cube = keeper.cube()) {
      now.figures = cube->n_figures();
      now.figure_bytes = cube->bytes();
    }
    return now;
  }

  reading::stages::StoreReader store;
  reading::cube::CubeKeeper keeper;
  reading::disclosure::DecisionKeeper decisions;
  reading::disclosure::DisclosedFigures disclosed;
  reading::access::FigureDoor door;
  tokens::WebDocuments documents;
  tokens::TokenGuard tokens;
  CubeRefresher refresher;
  rest::Api api;
  std::atomic<const http::HttpEdge*> listening{nullptr};  // the edge, once it is there
  std::unique_ptr<http::HttpEdge> edge;                   // ends first: it calls the API
};

Front::Front(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Front::~Front() = default;

Result<std::unique_ptr<Front>> Front::open(House& house, const Configuration& configuration,
                                           std::function<bool()> schedule_is_started) {
  std::unique_ptr<Front> front(
      new Front(std::make_unique<Parts>(house, configuration, std::move(schedule_is_started))));
  auto edge = http::HttpEdge::start(configuration.edge, front->parts_->api);
  if (!edge) return fail(edge.error());
  front->parts_->edge = std::move(*edge);
  front->parts_->listening = front->parts_->edge.get();
  return front;
}

std::uint16_t Front::port() const { return parts_->edge->port(); }
void Front::when_answering(std::function<void()> work) {
  parts_->edge->when_answering(std::move(work));
}
void Front::stop(std::chrono::milliseconds grace) { parts_->edge->stop(grace); }

}  // namespace qd::composition
