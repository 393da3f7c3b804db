#include "core/capture/workbook/archive.hpp"

#include <Poco/Exception.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <streambuf>
#include <utility>

namespace qd::capture::workbook {
namespace {

tl::unexpected<Error> not_a_workbook(std::string why) {
  return fail(ErrorCode::kFileNotAWorkbook, std::move(why),
              "save it as an Excel workbook (.xlsx) and try again");
}

// Lets so many bytes through and then ends.
class MeteredBuffer final : public std::streambuf {
 public:
  MeteredBuffer(std::istream& from, std::int64_t limit) : from_(from), left_(limit) {}

  bool met_limit() const { return left_ < 0; }
  bool damaged() const { return from_.bad(); }
  std::int64_t passed() const { return passed_; }

 protected:
  int_type underflow() override {
    if (left_ < 0) return traits_type::eof();
    from_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    const std::streamsize n = from_.gcount();
    left_ -= n;
    if (n == 0 || left_ < 0) return traits_type::eof();
    passed_ += n;
    setg(buffer_.data(), buffer_.data(), buffer_.data() + n);
    return traits_type::to_int_type(buffer_.front());
  }

 private:
  std::istream& from_;
  std::int64_t left_;
  std::int64_t passed_ = 0;
  std::array<char, 16'384> buffer_;
};

// The one place where what Poco throws becomes an error: damaged archives and parts.
template <class Work>
Result<void> guarded(const std::string& what, const Work& work) {
  try {
    return work();
  } catch (const Poco::Exception& problem) {
    return not_a_workbook(fmt::format("{} is damaged: {}", what, problem.displayText()));
  } catch (const std::exception& problem) {
    return not_a_workbook(fmt::format("{} is damaged: {}", what, problem.what()));
  }
}

}  // namespace

struct Archive::Zip {
  std::string name;
  ArchiveLimits limits;
  std::ifstream file;
  std::unique_ptr<Poco::Zip::ZipArchive> entries;
  std::int64_t unpacked = 0;

  Result<std::int64_t> limit_of(const Poco::Zip::ZipLocalFileHeader& header) const;
  Result<void> unpack(const Poco::Zip::ZipLocalFileHeader& header, const Reader& reader);
};

Archive::Archive(std::unique_ptr<Zip> zip) : zip_(std::move(zip)) {}
Archive::~Archive() = default;
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;

Result<Archive> Archive::open(const std::filesystem::path& file, const ArchiveLimits& limits) {
  auto zip = std::make_unique<Zip>();
  zip->name = file.string();
  zip->limits = limits;
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(file, missing);
  zip->file.open(file, std::ios::binary);
  if (missing || !zip->file) {
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("{} cannot be read: {}", zip->name,
                            missing ? missing.message() : std::strerror(errno)),
                "check the path and its permissions");
  }
  if (bytes > static_cast<std::uintmax_t>(limits.file_bytes)) {
    return not_a_workbook(fmt::format("{} is larger than a workbook may be ({} bytes)", zip->name,
                                      limits.file_bytes));
  }
  auto read = guarded(zip->name, [&]() -> Result<void> {
    zip->entries = std::make_unique<Poco::Zip::ZipArchive>(zip->file);
    return {};
  });
  if (!read) return fail(read.error());
  const auto parts = std::distance(zip->entries->headerBegin(), zip->entries->headerEnd());
  if (static_cast<std::size_t>(parts) > limits.parts) {
    return not_a_workbook(fmt::format("{} has {} parts", zip->name, parts));
  }
  return Archive(std::move(zip));
}

bool Archive::has(const std::string& part) const {
  return zip_->entries->findHeader(part) != zip_->entries->headerEnd();
}

Result<void> Archive::read(const std::string& part, const Reader& reader) {
  const auto header = zip_->entries->findHeader(part);
  if (header == zip_->entries->headerEnd()) {
    return not_a_workbook(fmt::format("{} has no part {}", zip_->name, part));
  }
  return guarded(fmt::format("{}, part {}", zip_->name, part),
                 [&] { return zip_->unpack(header->second, reader); });
}

// What the headers say is checked first; what really comes out is held to the same limit.
Result<std::int64_t> Archive::Zip::limit_of(const Poco::Zip::ZipLocalFileHeader& header) const {
  const auto packed = static_cast<std::int64_t>(header.getCompressedSize());
  const auto stated = static_cast<std::int64_t>(header.getUncompressedSize());
  const std::int64_t by_ratio = std::max(limits.ratio_from, packed * limits.ratio);
  const std::int64_t limit = std::min({limits.part_bytes, by_ratio, limits.total_bytes - unpacked});
  if (packed >= 0 && stated >= 0 && stated <= limit) return limit;
  return not_a_workbook(fmt::format("{}, part {}: {} bytes out of {} packed ones are refused", name,
                                    header.getFileName(), stated, packed));
}

Result<void> Archive::Zip::unpack(const Poco::Zip::ZipLocalFileHeader& header,
                                  const Reader& reader) {
  const auto limit = limit_of(header);
  if (!limit) return fail(limit.error());
  file.clear();
  Poco::Zip::ZipInputStream packed(file, header);
  MeteredBuffer buffer(packed, *limit);
  std::istream stream(&buffer);
  auto taken = reader(stream);
  unpacked += buffer.passed();
  if (buffer.met_limit()) {
    return not_a_workbook(fmt::format("{}, part {} unpacks to more than {} bytes", name,
                                      header.getFileName(), *limit));
  }
  if (buffer.damaged()) {
    return not_a_workbook(fmt::format("{}, part {} is damaged", name, header.getFileName()));
  }
  return taken;
}

}  // namespace qd::capture::workbook
