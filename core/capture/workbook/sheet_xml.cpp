#include "core/capture/workbook/sheet_xml.hpp"

#include <fmt/format.h>

#include <charconv>

namespace qd::capture::workbook {
namespace {

constexpr std::int64_t kLastRow = 1'048'576;

Error damaged(std::string why) {
  return {ErrorCode::kFileNotAWorkbook, "the workbook is damaged: " + std::move(why),
          "save it anew with a spreadsheet program"};
}

// -1 for anything that is no plain whole number.
std::int64_t whole(std::string_view text) {
  std::int64_t value = -1;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  return failure == std::errc{} && stop == end ? value : -1;
}

// "_x000D_" is how the format writes a character that XML does not take.
bool escaped(std::string_view text, unsigned& code) {
  if (text.size() < 7 || !text.starts_with("_x") || text[6] != '_') return false;
  const char* first = text.data() + 2;
  const auto [stop, failure] = std::from_chars(first, first + 4, code, 16);
  return failure == std::errc{} && stop == first + 4 && code > 0 && code < 0x80;
}

}  // namespace

void RelationsHandler::open(std::string_view element, const XmlAttributes& attributes) {
  if (element != "Relationship") return;
  relations_.push_back({std::string(attribute(attributes, "Id")),
                        std::string(attribute(attributes, "Type")),
                        std::string(attribute(attributes, "Target"))});
}

std::string RelationsHandler::target_of_id(std::string_view id) const {
  for (const auto& relation : relations_) {
    if (relation.id == id && relation.type.ends_with("/worksheet")) return relation.target;
  }
  return {};
}

std::string RelationsHandler::target_of_type(std::string_view ending) const {
  for (const auto& relation : relations_) {
    if (relation.type.ends_with(ending)) return relation.target;
  }
  return {};
}

void SheetListHandler::open(std::string_view element, const XmlAttributes& attributes) {
  if (element != "sheet") return;
  std::string id;
  for (const auto& found : attributes) {
    if (found.qualified && found.name == "id") id = found.value;
  }
  const auto state = attribute(attributes, "state");
  sheets_.push_back(
      {std::string(attribute(attributes, "name")), id, state == "hidden" || state == "veryHidden"});
}

void TextCollector::open(std::string_view element) {
  if (element == "rPh") phonetic_ = true;
  if (element == "t") inside_ = !phonetic_;
}

void TextCollector::close(std::string_view element) {
  if (element == "rPh") phonetic_ = false;
  if (element == "t") inside_ = false;
}

void TextCollector::add(std::string_view piece) {
  if (inside_) text_ += piece;
}

std::string TextCollector::take() {
  std::string plain;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    unsigned code = 0;
    if (text_[i] == '_' && escaped(std::string_view(text_).substr(i), code)) {
      plain += static_cast<char>(code);
      i += 6;
    } else {
      plain += text_[i];
    }
  }
  text_.clear();
  return plain;
}

void SharedTextsHandler::open(std::string_view element, const XmlAttributes&) {
  if (element == "si") collector_.begin();
  collector_.open(element);
}

void SharedTextsHandler::close(std::string_view element) {
  collector_.close(element);
  if (element != "si") return;
  if (texts_.size() == kMostTexts) return stop(damaged("it shares too many texts"));
  texts_.push_back(collector_.take());
}

void SheetHandler::open(std::string_view element, const XmlAttributes& attributes) {
  if (element == "row") return open_row(attributes);
  if (element == "c") return open_cell(attributes);
  if (element == "v") in_value_ = true;
  inline_text_.open(element);
}

void SheetHandler::open_row(const XmlAttributes& attributes) {
  const auto stated = attribute(attributes, "r");
  const std::int64_t line = stated.empty() ? row_.line + 1 : whole(stated);
  if (line <= row_.line || line > kLastRow) return stop(damaged("its rows are not in order"));
  row_.line = line;
  row_.cells.clear();
  column_ = 0;
}

void SheetHandler::open_cell(const XmlAttributes& attributes) {
  const auto place = attribute(attributes, "r");
  const std::int64_t column =
      place.empty() ? column_ + 1
                    : column_number(place.substr(0, place.find_first_of("0123456789")));
  if (column <= column_) return stop(damaged(fmt::format("cell '{}' is out of order", place)));
  column_ = column;
  type_ = attribute(attributes, "t");
  value_.clear();
  inline_text_.begin();
}

void SheetHandler::text(std::string_view piece) {
  if (in_value_)
    value_ += piece;
  else
    inline_text_.add(piece);
}

void SheetHandler::close(std::string_view element) {
  if (element == "v") in_value_ = false;
  inline_text_.close(element);
  if (element == "c") close_cell();
  if (element == "row") close_row();
}

void SheetHandler::close_cell() {
  if (type_ == "inlineStr") value_ = inline_text_.take();
  if (type_ == "s" && !value_.empty()) {
    const std::int64_t index = whole(value_);
    if (index < 0 || index >= static_cast<std::int64_t>(texts_.size())) {
      return stop(damaged("a cell names a text that is not there"));
    }
    value_ = texts_[static_cast<std::size_t>(index)];
  }
  if (type_ == "b" && !value_.empty()) value_ = value_ == "1" ? "TRUE" : "FALSE";  // no number
  if (!value_.empty()) row_.cells.push_back({column_, value_});
}

void SheetHandler::close_row() {
  if (row_.cells.empty()) return;
  if (auto taken = sink_(row_); !taken) stop(taken.error());
}

}  // namespace qd::capture::workbook
