// The text of a case file, cut into sections, lines and fields that know their places.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"

namespace qd::cases {

// A place in a case file; both count from 1.
struct Place {
  int line = 1;
  int column = 1;
};

// kFileUnreadable "LINE:COLUMN: what"; whoever knows the file puts its name in front.
tl::unexpected<Error> fail_at(Place place, std::string what, std::string hint = {});

struct TextLine {
  Place place;  // of its first letter
  std::string text;
};

struct Section {
  std::string name, period;  // "--- name period"
  Place place;
  std::size_t offset = 0;  // where its first line begins in the text
  std::vector<TextLine> lines;
};

struct Field {
  Place place;
  std::string text;
};

// The first section is the heading, without a name. Lines that begin with # are left out.
Result<std::vector<Section>> split_sections(std::string_view text);

// Fields of one line between commas; a field may stand in quotation marks.
Result<std::vector<Field>> split_fields(const TextLine& line);
// The line that gives these fields again.
std::string fields_line(const std::vector<std::string>& fields);

std::string_view trimmed(std::string_view text);
std::vector<std::string> split_words(std::string_view text);  // by blanks and commas

}  // namespace qd::cases
