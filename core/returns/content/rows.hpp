// What several sheets ask of the contents of a return.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/returns/content/contents.hpp"

namespace qd::returns::content {

// An indicator and one of its breakdowns: what a row of a table is about.
struct RowSubject {
  Definition definition;  // in force, or the newest a shown figure was made with
  std::string breakdown;  // "" for the total
};

// Those of a section that an area has a figure for in one of the shown periods, and those in force
// of which it has none (with breakdown ""). In the section's order, then the total before its
// parts.
std::vector<RowSubject> subjects_of(const ReturnContents& contents, const plan::Section& section,
                                    const std::string& area);

// Its figure for a period; nullptr: none.
const Figure* figure_of(const ReturnContents& contents, const RowSubject& subject,
                        const std::string& area, const Period& period, Reading reading);

// Of the full year.
const Figure* full_year_figure(const ReturnContents& contents, const RowSubject& subject,
                               const std::string& area);

// The newest figure there is: own period, else year to date, else the full year; and which it is.
struct NewestFigure {
  const Figure* figure = nullptr;
  std::string period;  // "Jul to Sep 2026"; "[x]" when there is none
};
NewestFigure newest_figure(const ReturnContents& contents, const RowSubject& subject,
                           const std::string& area);

// What a figure lacks, however close to 100.0 (or 0.0) it is shown: denominator less numerator
// where high is good, the numerator where low is good. nullopt when there is no value, and of
// definitions that have no words for it.
std::optional<Number> shortfall(const Figure& figure);
// "2 homes outstanding", in the definition's words.
std::string shortfall_words(const Number& lacking, const Definition& definition);

// Where the margin of a sample leaves the value: percent, never under 0 or over 100. nullopt
// without a margin.
struct Range {
  double lower, upper;
};
std::optional<Range> range_of(const Figure& figure);

// The reason a section's families have no figure of the return's period, a sentence each.
std::vector<std::string> not_computed(const ReturnContents& contents, const plan::Section& section);

}  // namespace qd::returns::content
