// The parts of a workbook, for tests that look inside.
#pragma once

#include <Poco/StreamCopier.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace qd {

inline std::map<std::string, std::string> unzipped(const std::string& bytes) {
  std::istringstream stream(bytes);
  const Poco::Zip::ZipArchive archive(stream);
  std::map<std::string, std::string> parts;
  for (auto entry = archive.headerBegin(); entry != archive.headerEnd(); ++entry) {
    Poco::Zip::ZipInputStream unpacked(stream, entry->second);
    Poco::StreamCopier::copyToString(unpacked, parts[entry->first]);
  }
  return parts;
}

struct ZipTime {
  int year;
};

inline std::vector<ZipTime> zip_times(const std::string& bytes) {
  std::istringstream stream(bytes);
  const Poco::Zip::ZipArchive archive(stream);
  std::vector<ZipTime> times;
  for (auto entry = archive.headerBegin(); entry != archive.headerEnd(); ++entry) {
    times.push_back({entry->second.lastModifiedAt().year()});
  }
  return times;
}

}  // namespace qd
