#include "core/render/well_formed.hpp"

#include <Poco/Exception.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/SAXParser.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <sstream>

namespace qd::render {
namespace {

// Throws what Poco throws.
void read_parts(std::istringstream& stream, std::string& part) {
  const Poco::Zip::ZipArchive archive(stream);
  for (auto entry = archive.headerBegin(); entry != archive.headerEnd(); ++entry) {
    part = entry->first;
    Poco::Zip::ZipInputStream unpacked(stream, entry->second);
    Poco::XML::InputSource source(unpacked);
    Poco::XML::SAXParser().parse(&source);
  }
}

}  // namespace

Result<void> check_workbook(const std::string& bytes) {
  std::istringstream stream(bytes);
  std::string part = "the archive";
  try {
    read_parts(stream, part);
    return {};
  } catch (const Poco::Exception& error) {
    return fail(ErrorCode::kReturnRenderFailed,
                "the workbook is damaged in " + part + ": " + error.displayText(),
                "check that the system's temporary folder has room");
  }
}

}  // namespace qd::render
