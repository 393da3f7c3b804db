// JSON text, written in order; nothing is held but the text itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace qd::formats {

// A name as JSON writes it, for names that are written again and again.
class JsonName {
 public:
  explicit JsonName(std::string_view name);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Json {
 public:
  Json();
  ~Json();
  Json(Json&&) noexcept;
  Json& operator=(Json&&) noexcept;

  Json& begin_object();
  Json& end_object();
  Json& begin_array();
  Json& end_array();
  Json& key(std::string_view name);
  Json& key(const JsonName& name);

  Json& text(std::string_view value);
  Json& integer(std::int64_t value);
  Json& decimal(std::string_view plain);  // "77.25", written as it is: no digit is lost
  Json& boolean(bool value);
  Json& null();

  // key and value in one
  Json& field(std::string_view name, std::string_view value) { return key(name).text(value); }
  // An empty one is null.
  Json& optional_field(std::string_view name, const std::optional<std::string>& value) {
    return value ? key(name).text(*value) : key(name).null();
  }

  std::size_t size() const;
  // What was written since the text had this size.
  std::string_view since(std::size_t size) const;
  // Keys with their values once more, in an object where as many stood before them.
  Json& repeat(std::string_view members);
  // The text so far; what follows is appended to an empty one. Depth and commas are kept.
  std::string take();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace qd::formats
