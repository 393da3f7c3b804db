// A whole list as an answer.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "server/formats/text_table.hpp"
#include "server/rest/resource.hpp"

namespace qd::rest {

// In the format that is asked for. Errors: those of wanted_format.
Answer list_response(const Call& call, const formats::TextTable& table);

// Whether a filter lets a value through: an empty one lets all.
inline bool wanted(const std::vector<std::string>& values, const std::string& value) {
  return values.empty() || std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace qd::rest
