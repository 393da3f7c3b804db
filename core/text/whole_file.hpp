// A file as one text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace qd::text {

// Its bytes; nullopt: it is not there, is a folder, or cannot be read.
std::optional<std::string> read_whole(const std::filesystem::path& file);

// Takes the place of what the file held. false: it was not written whole.
bool write_whole(const std::filesystem::path& file, std::string_view text);

}  // namespace qd::text
