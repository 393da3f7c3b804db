// What all rows share. C++14: ODB's compiler reads these headers; the stores read them too.
//
// Text that is part of a key is VARCHAR(128), short enough for an index on every engine; the stores
// refuse longer texts (128 bytes; other text 65,535) on both engines alike. All text compares byte
// by byte: SQLite does so by itself, on MariaDB the tables have a binary collation without padding
// (see orm/CMakeLists.txt).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace qd {
namespace rows {

#pragma db model version(1, 8, open)

typedef std::vector<char> Bytes;  // a whole file
typedef std::unique_ptr<std::int64_t> MaybeNumber;
typedef std::unique_ptr<std::int32_t> MaybeDate;
typedef std::unique_ptr<std::string> MaybeText;
typedef std::unique_ptr<std::int8_t> MaybeLive;

#pragma db value(MaybeNumber) null
#pragma db value(MaybeDate) null
#pragma db value(MaybeText) null
#pragma db value(MaybeLive) null
#pragma db value(Bytes) mysql : type("LONGBLOB") sqlite : type("BLOB")

}  // namespace rows
}  // namespace qd
