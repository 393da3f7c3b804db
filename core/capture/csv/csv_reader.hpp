// RFC 4180 text in, records out, each with the line of the file it begins on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace qd::capture::csv {

struct CsvField {
  std::string text;
  std::int64_t line = 0;  // of the file, where the field begins; 1 = first
};

struct CsvRecord {
  std::int64_t line = 0;         // where it begins
  std::vector<CsvField> fields;  // at least one; those of an empty line are never delivered
};

// A stretch of the file that is no record; reading goes on with the line after it.
struct BrokenCsv {
  std::int64_t first_line = 0;
  std::int64_t last_line = 0;
  std::string reason;
};

// Feed it a file piece by piece; it keeps one record at a time. Lines end with LF, CRLF or CR, and
// those inside quotes are counted too. Blanks belong to the field. A byte order mark is skipped if
// the first piece holds all of it. One thread; the callbacks run inside feed and finish.
class CsvReader {
 public:
  using OnRecord = std::function<void(const CsvRecord&)>;
  using OnBroken = std::function<void(const BrokenCsv&)>;

  CsvReader(OnRecord on_record, OnBroken on_broken);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  void feed(std::string_view piece);
  void finish();  // the end of the file, which also ends its last record

  static constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;

 private:
  struct Parser;
  void feed_line(std::string_view line);
  void end_line(char terminator);
  void parse(std::string_view line);
  void break_off(std::string reason);
  void deliver();

  OnRecord on_record_;
  OnBroken on_broken_;
  std::unique_ptr<Parser> parser_;
  std::int64_t line_ = 1;
  std::size_t record_bytes_ = 0;
  bool at_start_ = true;
  bool in_record_ = false;
  bool skipping_ = false;  // after broken text: until the end of this line
  char last_ = '\0';
};

}  // namespace qd::capture::csv
