// The parts of a workbook as XML says them: relations, list of sheets, shared texts, cells.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/capture/workbook/workbook_reader.hpp"
#include "core/capture/workbook/xml_part.hpp"

namespace qd::capture::workbook {

class RelationsHandler final : public XmlHandler {
 public:
  void open(std::string_view element, const XmlAttributes& attributes) override;
  void close(std::string_view) override {}
  void text(std::string_view) override {}

  // Empty when there is none. Types are compared by their end: the rest of their address differs
  // between the two dialects of the format.
  std::string target_of_id(std::string_view id) const;
  std::string target_of_type(std::string_view ending) const;

 private:
  struct Relation {
    std::string id, type, target;
  };
  std::vector<Relation> relations_;
};

class SheetListHandler final : public XmlHandler {
 public:
  void open(std::string_view element, const XmlAttributes& attributes) override;
  void close(std::string_view) override {}
  void text(std::string_view) override {}

  struct Sheet {
    std::string name, id;  // id: of its relation
    bool hidden = false;
  };
  const std::vector<Sheet>& sheets() const { return sheets_; }  // in order

 private:
  std::vector<Sheet> sheets_;
};

// Collects the text of <t> elements, plain or rich, without what helps to pronounce it.
class TextCollector {
 public:
  void begin() { text_.clear(); }
  void open(std::string_view element);
  void close(std::string_view element);
  void add(std::string_view piece);
  // The text with _x000D_ and its like turned back into characters.
  std::string take();

 private:
  std::string text_;
  bool inside_ = false;
  bool phonetic_ = false;
};

class SharedTextsHandler final : public XmlHandler {
 public:
  explicit SharedTextsHandler(std::vector<std::string>& texts) : texts_(texts) {}
  void open(std::string_view element, const XmlAttributes& attributes) override;
  void close(std::string_view element) override;
  void text(std::string_view piece) override { collector_.add(piece); }

 private:
  static constexpr std::size_t kMostTexts = 4'000'000;
  std::vector<std::string>& texts_;
  TextCollector collector_;
};

class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const std::vector<std::string>& texts, const WorkbookReader::RowSink& sink)
      : texts_(texts), sink_(sink) {}
  void open(std::string_view element, const XmlAttributes& attributes) override;
  void close(std::string_view element) override;
  void text(std::string_view piece) override;

 private:
  void open_row(const XmlAttributes& attributes);
  void open_cell(const XmlAttributes& attributes);
  void close_cell();
  void close_row();

  const std::vector<std::string>& texts_;
  const WorkbookReader::RowSink& sink_;
  SheetRow row_;
  std::int64_t column_ = 0;
  std::string type_;  // of the cell: s shared, inlineStr, str, n or nothing, b, e
  std::string value_;
  TextCollector inline_text_;
  bool in_value_ = false;
};

}  // namespace qd::capture::workbook
