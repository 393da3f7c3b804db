// Headings of one sheet on their way to a place: what each says, which say the same, and which are
// known by the company they keep.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/capture/rsh/tsm_columns.hpp"

namespace qd::capture::rsh {

std::vector<PlacedColumn> read_headings(const TsmTable& table, const Layout& layout);

// Columns that mean the same: the first stands for all of them where they hold the same in every
// line; where they differ, none of them is taken.
void settle_doubled(const TsmTable& table, std::vector<PlacedColumn>& columns);

// An answer whose words are missing, between the four others of its question in their order.
void place_by_position(std::vector<PlacedColumn>& columns);

// "Not applicable", and whether there was a repair, say their question by the code alone: such a
// count is taken where it stands beside the answers of its question, or where every question of the
// sheet that has one has its own.
void hold_shared_words(std::vector<PlacedColumn>& columns);

// The five answers, not applicable, filter yes, filter no.
inline constexpr std::array<TsmRole, kTallyCounts> kTallyRoles = {
    TsmRole::kVeryPositive, TsmRole::kFairlyPositive, TsmRole::kNeither,   TsmRole::kFairlyNegative,
    TsmRole::kVeryNegative, TsmRole::kNotApplicable,  TsmRole::kFilterYes, TsmRole::kFilterNo,
};

}  // namespace qd::capture::rsh
