// What a reader should know before the figures.
#pragma once

#include <string>
#include <vector>

#include "core/returns/content/contents.hpp"

namespace qd::returns::content {

struct Finding {
  std::string about;  // a family, or the figures it is of
  std::string words;  // without full stop
};

// Notes of the period's runs that weigh as much, by run; then the figures of the period that cannot
// be right, by indicator.
std::vector<Finding> findings_of(const ReturnContents& contents);

}  // namespace qd::returns::content
