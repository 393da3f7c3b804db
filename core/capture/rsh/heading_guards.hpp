// Words in a heading that keep its column from being taken for what its code says. Headings are
// plain, see plain_heading().
#pragma once

#include <optional>
#include <string_view>

namespace qd::capture::rsh {

// "percentage of …": no count, whatever else the heading says.
bool is_share(std::string_view heading);

// "proportion of …": what the regulator publishes of a measure.
bool is_published_share(std::string_view heading);

// "very or fairly satisfied": two answers in one count.
bool is_several_answers(std::string_view heading);

// Whether the heading counts what is not as it should be; RP01 alone does (domain: TSM).
bool is_negated(std::string_view heading);

// "(lcho)" on the sheet "LCRA Perception".
bool is_of_other_tenure(std::string_view heading, std::string_view sheet);

// "as at 31 March 2024" in the workbook of the year that began then, "2023/24": figures of another
// year beside this one's. start_year: of the workbook; nullopt: not known.
bool is_of_other_year(std::string_view heading, std::optional<int> start_year);

}  // namespace qd::capture::rsh
