#include "core/capture/workbook/xml_part.hpp"

#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/LexicalHandler.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>
#include <fmt/format.h>

#include <array>
#include <streambuf>

namespace qd::capture::workbook {
namespace {

using Poco::XML::XMLString;

// "row" of "x:row". Prefixes are taken off here: the parser's own namespaces cost a tenth of
// reading a workbook, and nobody asks for more than the local name.
XMLString local_name(const XMLString& name) { return name.substr(name.find(':') + 1); }

bool has_prefix(const XMLString& name) { return name.find(':') != XMLString::npos; }

// xmlns:x="…" names a prefix and says nothing of the element.
bool names_prefix(const XMLString& name) { return name.starts_with("xmlns:"); }

// From Poco's events to ours. Nothing is thrown from here: expat, a C library, lies between.
class Events final : public Poco::XML::DefaultHandler, public Poco::XML::LexicalHandler {
 public:
  explicit Events(XmlHandler& handler) : handler_(handler) {}

  bool stopped() const { return has_document_type_ || handler_.failure().has_value(); }
  bool has_document_type() const { return has_document_type_; }

  void startElement(const XMLString&, const XMLString&, const XMLString& name,
                    const Poco::XML::Attributes& attributes) override {
    if (stopped()) return;
    attributes_.clear();
    for (int i = 0; i < attributes.getLength(); ++i) {
      const XMLString& found = attributes.getQName(i);
      if (names_prefix(found)) continue;
      attributes_.push_back({local_name(found), has_prefix(found), attributes.getValue(i)});
    }
    handler_.open(local_name(name), attributes_);
  }
  void endElement(const XMLString&, const XMLString&, const XMLString& name) override {
    if (!stopped()) handler_.close(local_name(name));
  }
  void characters(const Poco::XML::XMLChar text[], int start, int length) override {
    if (stopped()) return;
    handler_.text({text + start, static_cast<std::size_t>(length)});
  }

  void startDTD(const XMLString&, const XMLString&, const XMLString&) override {
    has_document_type_ = true;
  }
  void endDTD() override {}
  void startEntity(const XMLString&) override {}
  void endEntity(const XMLString&) override {}
  void startCDATA() override {}
  void endCDATA() override {}
  void comment(const Poco::XML::XMLChar[], int, int) override {}

 private:
  XmlHandler& handler_;
  XmlAttributes attributes_;
  bool has_document_type_ = false;
};

// Ends the text for the parser once the handler wants no more of it.
class StoppableBuffer final : public std::streambuf {
 public:
  StoppableBuffer(std::istream& from, const Events& events) : from_(from), events_(events) {}

 protected:
  int_type underflow() override {
    if (events_.stopped()) return traits_type::eof();
    from_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    const std::streamsize n = from_.gcount();
    if (n == 0) return traits_type::eof();
    setg(buffer_.data(), buffer_.data(), buffer_.data() + n);
    return traits_type::to_int_type(buffer_.front());
  }

 private:
  std::istream& from_;
  const Events& events_;
  std::array<char, 4096> buffer_;
};

std::optional<std::string> run_parser(std::istream& in, Events& events) {
  Poco::XML::SAXParser parser;
  parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, false);
  parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
  parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
  parser.setContentHandler(&events);
  parser.setProperty(Poco::XML::XMLReader::PROPERTY_LEXICAL_HANDLER,
                     static_cast<Poco::XML::LexicalHandler*>(&events));
  Poco::XML::InputSource source(in);
  try {  // the one place where the parser's exceptions become an error
    parser.parse(&source);
    return std::nullopt;
  } catch (const Poco::Exception& problem) {
    return problem.displayText();
  }
}

}  // namespace

std::string_view attribute(const XmlAttributes& attributes, std::string_view name) {
  for (const auto& found : attributes) {
    if (found.name == name && !found.qualified) return found.value;
  }
  return {};
}

Result<void> parse_xml(std::istream& in, XmlHandler& handler) {
  Events events(handler);
  StoppableBuffer buffer(in, events);
  std::istream stoppable(&buffer);
  const auto problem = run_parser(stoppable, events);
  if (events.has_document_type()) {
    return fail(ErrorCode::kFileNotAWorkbook, "the workbook has a document type, which is refused",
                "save it anew with a spreadsheet program");
  }
  if (handler.failure()) return fail(*handler.failure());
  if (!problem) return {};
  return fail(ErrorCode::kFileNotAWorkbook, fmt::format("the workbook is damaged: {}", *problem),
              "save it anew with a spreadsheet program");
}

}  // namespace qd::capture::workbook
