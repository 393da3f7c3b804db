// What several sheets ask of the contents of a return.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/returns/content/contents.hpp"

namespace qd::returns::content {

// An indicator and one of its breakdowns: what a row of a table is about.
struct RowSubject {
  Definition definition;
  std::string breakdown;  // "" for the total
};

// Those of a family that an area has a figure for in one of the shown periods, and those in force
// of which it has none (with breakdown ""). By code, then total, LCRA, LCHO and other
// breakdowns; the newest definition of each.
std::vector<RowSubject> subjects_of(const ReturnContents& contents, const std::string& family,
                                    const std::string& area);

// Its figure for a period; nullptr: none.
const Figure* figure_of(const ReturnContents& contents, const RowSubject& subject,
                        const std::string& area, const Period& period, Reading reading);

// Of the full year, wherever it was computed: with the year itself or with its last quarter.
const Figure* full_year_figure(const ReturnContents& contents, const RowSubject& subject,
                               const std::string& area);

// The newest figure there is: own period, else year to date, else the full year; and which it is.
struct NewestFigure {
  const Figure* figure = nullptr;
  std::string period;  // "Jul to Sep 2026"; "[x]" when there is none
};
NewestFigure newest_figure(const ReturnContents& contents, const RowSubject& subject,
                           const std::string& area);

// Homes that lack what a snapshot measure asks for, however close to 100.0 (or 0.0) it is shown;
// nullopt for other measures and when there is no value.
std::optional<Number> outstanding(const Figure& figure);

// The reason a family has no figure of the return's period; nullopt: it was computed.
std::optional<std::string> not_computed(const ReturnContents& contents, const std::string& family);

// Engaged persons and the like, by level of the pyramid (2, 3, 4) or for all (0). Indicators may
// carry the level in their code ("INV1.4", "INV1.T") or as a breakdown ("level=4").
const Figure* level_figure(const ReturnContents& contents, const std::string& indicator, int level,
                           const Period& period, Reading reading);

}  // namespace qd::returns::content
