// A file that is to be loaded: read in pieces, with its size and its SHA-256.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/ports/observation_store.hpp"

namespace qd::capture {

// Hands over the bytes of a file in order, in pieces of up to 64 KiB. Errors: kFileUnreadable, and
// the first error the sink gives.
using PieceSink = std::function<Result<void>(std::string_view)>;
Result<void> read_pieces(const std::filesystem::path& file, const PieceSink& sink);

struct SourceFiles {
  LoadSource source;       // names without folders, and the SHA-256 over all bytes in that order
  std::int64_t bytes = 0;  // all together
};

// Reads every file once, so that one that is missing is known before anything is loaded. Errors:
// kFileUnreadable (also for a pipe, a device or a folder).
Result<SourceFiles> inspect_files(const std::vector<std::filesystem::path>& files);

}  // namespace qd::capture
