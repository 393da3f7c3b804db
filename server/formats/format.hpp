// The formats in which lists and figures are given.
#pragma once

namespace qd::formats {

enum class Format { kJson, kCsv };

}  // namespace qd::formats
