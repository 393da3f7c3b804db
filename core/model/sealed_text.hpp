// A text that says fields one after the other so that no other fields give the same text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qd {

class SealedText {
 public:
  void add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    text_ += text;
  }
  void add(std::int64_t number) {
    text_ += std::to_string(number);
    text_ += ';';
  }
  void add(const std::optional<std::int64_t>& number) {
    if (number)
      add(*number);
    else
      text_ += "-;";
  }
  const std::string& text() const { return text_; }
  void clear() { text_.clear(); }

 private:
  std::string text_;
};

}  // namespace qd
