#include "core/capture/source_file.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace qd {
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

std::string hex(const std::array<unsigned char, crypto_hash_sha256_BYTES>& digest) {
  std::string text;
  for (const unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
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
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const auto& file : files) {
    const auto read = read_pieces(file, [&](std::string_view piece) -> Result<void> {
      crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(piece.data()),
                                piece.size());
      found.bytes += static_cast<std::int64_t>(piece.size());
      return {};
    });
    if (!read) return fail(read.error());
    if (!found.source.name.empty()) found.source.name += ", ";
    found.source.name += file.filename().string();
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256_final(&state, digest.data());
  found.source.sha256 = hex(digest);
  return found;
}

}  // namespace qd
