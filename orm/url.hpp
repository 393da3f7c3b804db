// Database URLs; see orm/database.hpp for their form.
#pragma once

#include <string_view>

#include "core/model/error.hpp"
#include "orm/target.hpp"

namespace qd::orm {

// Errors: kStoreUrlMalformed. The message never repeats the URL: it may hold a password.
Result<Target> parse_database_url(std::string_view url);

}  // namespace qd::orm
