#include "server/formats/json.hpp"

#define RAPIDJSON_HAS_STDSTRING 1
#include <rapidjson/writer.h>

#include <algorithm>
#include <utility>

namespace qd::formats {
namespace {

// Where RapidJSON writes to, by its names: a text that can be handed over without a copy.
struct TextStream {
  using Ch = char;
  void Put(char c) { text += c; }  // NOLINT(readability-identifier-naming)
  void Flush() {}                  // NOLINT(readability-identifier-naming)
  std::string text;
};

// RapidJSON puts every character by itself and looks at each; most texts stand in JSON as they are.
class TextWriter final : public rapidjson::Writer<TextStream> {
 public:
  using Writer::Writer;
  void as_it_is(rapidjson::Type type, std::string_view text) {
    Prefix(type);
    os_->text += text;
  }
  void repeat(std::string_view members) {
    os_->text += members;
    level_stack_.Top<Level>()->valueCount += 2;  // a key and its value: a comma comes before more
  }
  void quoted(std::string_view text) {
    Prefix(rapidjson::kStringType);
    auto& all = os_->text;
    all += '"';
    all += text;
    all += '"';
  }
};

// In UTF-8 only these are escaped.
bool needs_no_escape(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  });
}

rapidjson::SizeType size_of(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

JsonName::JsonName(std::string_view name) {
  text_ = needs_no_escape(name) ? '"' + std::string(name) + '"' : Json().text(name).take();
}

struct Json::Parts {
  TextStream stream;
  TextWriter writer{stream};
};

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
Json& Json::key(std::string_view name) { return text(name); }
Json& Json::key(const JsonName& name) {
  parts_->writer.as_it_is(rapidjson::kStringType, name.text());
  return *this;
}
Json& Json::text(std::string_view value) {
  if (needs_no_escape(value))
    parts_->writer.quoted(value);
  else
    parts_->writer.String(value.data(), size_of(value));
  return *this;
}
Json& Json::integer(std::int64_t value) {
  parts_->writer.Int64(value);
  return *this;
}
Json& Json::decimal(std::string_view plain) {
  parts_->writer.as_it_is(rapidjson::kNumberType, plain);
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

std::size_t Json::size() const { return parts_->stream.text.size(); }
std::string_view Json::since(std::size_t size) const {
  return std::string_view(parts_->stream.text).substr(size);
}
Json& Json::repeat(std::string_view members) {
  parts_->writer.repeat(members);
  return *this;
}

// What follows is about as long as what was taken.
std::string Json::take() {
  std::string next;
  next.reserve(size());
  return std::exchange(parts_->stream.text, std::move(next));
}

}  // namespace qd::formats
