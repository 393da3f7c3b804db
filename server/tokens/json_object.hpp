// JSON that others wrote, as far as we look into it.
#pragma once

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>

namespace qd::tokens {

// nullopt: it is malformed, or no object.
std::optional<rapidjson::Document> json_object(std::string_view text);
// null: there is none of that name.
const rapidjson::Value* member(const rapidjson::Value& object, const std::string& name);
// "" for what is no text.
std::string text_of(const rapidjson::Value* value);
inline std::string text_member(const rapidjson::Value& object, const std::string& name) {
  return text_of(member(object, name));
}

}  // namespace qd::tokens
