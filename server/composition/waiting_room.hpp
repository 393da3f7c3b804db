// Answers while the database is away when a server starts: it lives, and is not ready.
#pragma once

#include <functional>
#include <memory>

#include "server/composition/composition.hpp"
#include "server/http/edge.hpp"

namespace qd::composition {

// Opens the house, and where its database does not answer tries again until it does, or until
// `wait` says that it is over: it waits a while and says whether to go on. Meanwhile whoever asks
// is told so. An embedded database that is not there is an error: it does not come by itself.
// Errors: those of House::open, kListenRefused.
Result<std::unique_ptr<House>> open_patiently(const CommonOptions& options,
                                              const http::EdgeSettings& edge,
                                              const std::function<bool()>& wait);

}  // namespace qd::composition
