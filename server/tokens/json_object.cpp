#include "server/tokens/json_object.hpp"

namespace qd::tokens {

std::optional<rapidjson::Document> json_object(std::string_view text) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (document.HasParseError() || !document.IsObject()) return std::nullopt;
  return document;
}

const rapidjson::Value* member(const rapidjson::Value& object, const std::string& name) {
  const auto found = object.FindMember(name.c_str());
  return found == object.MemberEnd() ? nullptr : &found->value;
}

std::string text_of(const rapidjson::Value* value) {
  return value && value->IsString() ? std::string(value->GetString(), value->GetStringLength())
                                    : "";
}

}  // namespace qd::tokens
