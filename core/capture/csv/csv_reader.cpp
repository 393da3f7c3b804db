#include "core/capture/csv/csv_reader.hpp"

#include <csv.h>

#include <utility>

namespace qd::capture::csv {
namespace {

int never_blank(unsigned char) { return 0; }  // RFC 4180: spaces are part of a field

}  // namespace

// libcsv and what it has told so far. Fields are kept, not freed, from record to record.
struct CsvReader::Parser {
  csv_parser state;
  CsvRecord record;
  std::size_t n_fields = 0;
  std::int64_t line = 1;        // line that is being fed
  std::int64_t field_line = 1;  // line the field being read began on
  bool complete = false;

  Parser() { start(); }
  ~Parser() { csv_free(&state); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void start() {
    csv_init(&state, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&state, never_blank);
  }
  void restart() {
    csv_free(&state);
    start();
    n_fields = 0;
    complete = false;
  }
  void begin_record() {
    record.line = line;
    field_line = line;
    n_fields = 0;
  }

  static void on_field(void* text, std::size_t length, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    auto& fields = parser.record.fields;
    if (parser.n_fields == fields.size()) fields.emplace_back();
    CsvField& field = fields[parser.n_fields++];
    field.text.assign(static_cast<const char*>(text), length);
    field.line = std::exchange(parser.field_line, parser.line);
  }
  static void on_end(int, void* self) { static_cast<Parser*>(self)->complete = true; }
};

CsvReader::CsvReader(OnRecord on_record, OnBroken on_broken)
    : on_record_(std::move(on_record)),
      on_broken_(std::move(on_broken)),
      parser_(std::make_unique<Parser>()) {}

CsvReader::~CsvReader() = default;

// libcsv says what a field is but not where it is, so it is fed line by line.
void CsvReader::feed(std::string_view piece) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (std::exchange(at_start_, false) && piece.starts_with(kMark)) piece.remove_prefix(3);
  while (!piece.empty()) {
    const std::size_t end = piece.find_first_of("\r\n");
    if (end == std::string_view::npos) return feed_line(piece);
    feed_line(piece.substr(0, end + 1));
    end_line(piece[end]);
    piece.remove_prefix(end + 1);
  }
}

// CR, LF and CRLF each end one line: the LF of a CRLF was counted with its CR.
void CsvReader::end_line(char terminator) {
  const bool second_half = terminator == '\n' && last_ == '\r';
  if (!second_half) ++line_;
  last_ = terminator;
  skipping_ = false;
}

void CsvReader::feed_line(std::string_view line) {
  const bool second_half = line == "\n" && last_ == '\r';
  if (line.front() != '\n' && line.front() != '\r') last_ = '\0';
  if (skipping_) return;
  // The LF of a CRLF is still the line its CR ended.
  parser_->line = second_half ? line_ - 1 : line_;
  parse(line);
}

void CsvReader::parse(std::string_view line) {
  if (!in_record_) {
    parser_->begin_record();
    record_bytes_ = 0;
  }
  record_bytes_ += line.size();
  if (record_bytes_ > kMaxRecordBytes) {
    return break_off(
        "the record is longer than a million characters: is a quotation mark missing?");
  }
  const std::size_t taken = csv_parse(&parser_->state, line.data(), line.size(), Parser::on_field,
                                      Parser::on_end, parser_.get());
  if (taken != line.size()) return break_off("a quotation mark stands where none may be");
  if (parser_->complete) return deliver();
  in_record_ = in_record_ || line.find_first_not_of("\r\n") != std::string_view::npos;
}

void CsvReader::break_off(std::string reason) {
  const BrokenCsv broken{parser_->record.line, parser_->line, std::move(reason)};
  parser_->restart();
  in_record_ = false;
  skipping_ = true;
  on_broken_(broken);
}

void CsvReader::deliver() {
  parser_->complete = false;
  in_record_ = false;
  parser_->record.fields.resize(parser_->n_fields);
  on_record_(parser_->record);
}

void CsvReader::finish() {
  if (!in_record_) return;
  if (csv_fini(&parser_->state, Parser::on_field, Parser::on_end, parser_.get()) != 0) {
    return break_off("a quotation mark opens a field and none closes it");
  }
  if (parser_->complete) deliver();
}

}  // namespace qd::capture::csv
