// Events of an XML part of a workbook. No document type, no entities, no third-party type.
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/error.hpp"

namespace qd::capture::workbook {

struct XmlAttribute {
  std::string name;  // without prefix
  bool qualified;    // it has a prefix, like r:id
  std::string value;
};
using XmlAttributes = std::vector<XmlAttribute>;

// The value of the attribute without a prefix; empty when there is none.
std::string_view attribute(const XmlAttributes& attributes, std::string_view name);

// Takes the events of one part. Element names are without prefix.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void open(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void close(std::string_view element) = 0;
  virtual void text(std::string_view piece) = 0;  // of the innermost element; may come in pieces

  const std::optional<Error>& failure() const { return failure_; }

 protected:
  void stop(Error error) {  // no further events, and parse_xml gives this error
    if (!failure_) failure_ = std::move(error);
  }

 private:
  std::optional<Error> failure_;
};

// Errors: kFileNotAWorkbook for what is not well-formed or has a document type, and what the
// handler stopped with.
Result<void> parse_xml(std::istream& in, XmlHandler& handler);

}  // namespace qd::capture::workbook
