// quarterday import rsh-tsm FILE --show-layout
#pragma once

#include <filesystem>

#include "core/capture/rsh/import_tsm.hpp"
#include "server/cli/command_line.hpp"

namespace qd::cli {

// Prints how every column of the regulator's workbook is understood. Needs no database: nothing is
// loaded. Errors: those of capture::rsh::show_tsm_layout.
Result<ExitCode> show_tsm_layout(const CommandLine& line, const std::filesystem::path& file,
                                 const capture::rsh::TsmOptions& options);

}  // namespace qd::cli
