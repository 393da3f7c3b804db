#include "server/composition/waiting_room.hpp"

#include <spdlog/spdlog.h>

#include "server/composition/supervision.hpp"
#include "server/http/problem.hpp"

namespace qd::composition {
namespace {

class WaitingRoom final : public http::HttpHandler {
 public:
  http::Task take(const http::HttpRequest&) override {
    return {http::Lane::kQuick, [](const http::HttpRequest& request) {
              if (request.path == "/healthz/live")
                return http::text_response(200, "application/json", R"({"status":"ok"})");
              return http::problem(Error{ErrorCode::kStoreUnavailable,
                                         "the database does not answer yet", "try again later"},
                                   request.path);
            }};
  }
};

bool may_come(const CommonOptions& options, const Error& error) {
  const auto configuration = configure(options);
  if (!configuration || error.code != ErrorCode::kStoreUnavailable) return false;
  const auto url = configuration->database_url();
  return url && url->rfind("mysql:", 0) == 0;
}

}  // namespace

Result<std::unique_ptr<House>> open_patiently(const CommonOptions& options,
                                              const http::EdgeSettings& settings,
                                              const std::function<bool()>& wait) {
  auto house = House::open(options);
  if (house || !may_come(options, house.error())) return house;
  WaitingRoom room;
  const auto edge = http::HttpEdge::start(settings, room);
  if (!edge) return fail(edge.error());
  std::string said;
  while (!house && may_come(options, house.error())) {
    const auto text = to_text(house.error());
    if (text != said) spdlog::warn("waiting for the database: {}", text);
    said = text;
    supervision::tell_ready("waiting for the database");
    supervision::tell_alive();
    if (!wait()) return house;
    house = House::open(options);
  }
  if (house) spdlog::info("the database answers");
  return house;
}

}  // namespace qd::composition
