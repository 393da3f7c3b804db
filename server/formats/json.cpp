#include "server/formats/json.hpp"

#define RAPIDJSON_HAS_STDSTRING 1
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace qd::formats {

struct Json::Parts {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
};

namespace {
rapidjson::SizeType size_of(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}
}  // namespace

Json::Json() : parts_(std::make_unique<Parts>()) {}
Json::~Json() = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(Json&&) noexcept = default;

Json& Json::begin_object() {
  parts_->writer.StartObject();
  return *this;
}
Json& Json::end_object() {
  parts_->writer.EndObject();
  return *this;
}
Json& Json::begin_array() {
  parts_->writer.StartArray();
  return *this;
}
Json& Json::end_array() {
  parts_->writer.EndArray();
  return *this;
}
Json& Json::key(std::string_view name) {
  parts_->writer.Key(name.data(), size_of(name));
  return *this;
}
Json& Json::text(std::string_view value) {
  parts_->writer.String(value.data(), size_of(value));
  return *this;
}
Json& Json::integer(std::int64_t value) {
  parts_->writer.Int64(value);
  return *this;
}
Json& Json::decimal(std::string_view plain) {
  parts_->writer.RawValue(plain.data(), plain.size(), rapidjson::kNumberType);
  return *this;
}
Json& Json::boolean(bool value) {
  parts_->writer.Bool(value);
  return *this;
}
Json& Json::null() {
  parts_->writer.Null();
  return *this;
}

std::size_t Json::size() const { return parts_->buffer.GetSize(); }

std::string Json::take() {
  std::string text(parts_->buffer.GetString(), parts_->buffer.GetSize());
  parts_->buffer.Clear();
  return text;
}

}  // namespace qd::formats
