#include "core/capture/source_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>

#include "core/model/digest.hpp"

namespace qd::capture {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

tl::unexpected<Error> unreadable(const std::filesystem::path& file, int reason) {
  return fail(ErrorCode::kFileUnreadable,
              fmt::format("{} cannot be read: {}", file.string(), std::strerror(reason)),
              "check the path and its permissions");
}

// What can be read only once would be empty when it is loaded. A file that is not there is for
// whoever opens it to tell.
Result<void> refuse_stream(const std::filesystem::path& file) {
  std::error_code unknown;
  const auto status = std::filesystem::status(file, unknown);
  if (unknown || std::filesystem::is_regular_file(status)) return {};
  return fail(ErrorCode::kFileUnreadable, fmt::format("{} is not a regular file", file.string()),
              "files are read twice: save what comes out of a pipe to a file first");
}

}  // namespace

Result<void> read_pieces(const std::filesystem::path& file, const PieceSink& sink) {
  const File in(std::fopen(file.c_str(), "rb"));
  if (!in) return unreadable(file, errno);
  std::vector<char> piece(std::size_t{64} << 10);
  for (;;) {
    const std::size_t n = std::fread(piece.data(), 1, piece.size(), in.get());
    if (n == 0) break;
    if (auto taken = sink({piece.data(), n}); !taken) return taken;
  }
  if (std::ferror(in.get()) != 0) return unreadable(file, errno);
  return {};
}

Result<SourceFiles> inspect_files(const std::vector<std::filesystem::path>& files) {
  SourceFiles found;
  Sha256 digest;
  for (const auto& file : files) {
    if (auto regular = refuse_stream(file); !regular) return fail(regular.error());
    const auto read = read_pieces(file, [&](std::string_view piece) -> Result<void> {
      digest.add(piece);
      found.bytes += static_cast<std::int64_t>(piece.size());
      return {};
    });
    if (!read) return fail(read.error());
    if (!found.source.name.empty()) found.source.name += ", ";
    found.source.name += file.filename().string();
  }
  found.source.sha256 = digest.finish();
  return found;
}

}  // namespace qd::capture
