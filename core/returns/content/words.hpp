// The words a return uses for periods, areas, marks and flags.
#pragma once

#include <string>
#include <string_view>

#include "core/model/fact.hpp"
#include "core/model/period.hpp"

namespace qd::returns::content::words {

std::string period(const Period& period);  // "July to September 2026", "April 2025 to March 2026"
std::string short_period(const Period& period);   // "Jul to Sep 2026", "Year 2025/26"
std::string year_label(const Period& period);     // "2025/26", of the year it lies in
std::string year_to_date(const Period& quarter);  // "Year to date, Apr to Sep 2026"
std::string day(Date date);                       // "1 July 2026"
std::string instant(Instant instant);             // "21 October 2026, 07:00 UTC"

// "level 2, sex F", "LCRA" (a tenure goes without the word); "" for the total
std::string breakdown(std::string_view breakdown);
// A code or a title with its part: "Repairs, LCRA".
std::string with_part(const std::string& subject, std::string_view breakdown);
std::string good_is(Polarity polarity);           // "High", "Context only", …
std::string relation(std::string_view relation);  // "Explains", "Shows locally", …
std::string strength(int strength);               // "3 strong"

std::string capital(std::string text);  // "Homes outstanding"
// "80.4 to 100": ends of a range in percent.
std::string range(double lower, double upper);

// "12,345.6" for reading in a sentence.
std::string grouped(const std::string& decimal);
// "1 person", "2 persons"
std::string counted(const std::string& decimal, std::string_view one, std::string_view many);

}  // namespace qd::returns::content::words
