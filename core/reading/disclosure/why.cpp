#include "core/reading/disclosure/why.hpp"

namespace qd::reading::disclosure {

WithheldFor words_of(Why why) {
  switch (why) {
    case Why::kShown:
      break;
    case Why::kSmall:
      return {"small", "it is of fewer people than may be shown"};
    case Why::kProtects:
      return {"protects", "a small count beside it could be worked out otherwise"};
    case Why::kWhole:
      return {"whole", "what it is a part of is withheld, and would be told by its parts"};
    case Why::kOverTime:
      return {"over_time", "of another part of the year it is withheld: the difference would tell"};
    case Why::kDifference:
      return {"difference", "it differs from another figure by fewer people than may be shown"};
    case Why::kPooled:
      return {"pooled", "by a special category it is given for all together only"};
    case Why::kYearOnly:
      return {"year_only", "by a special category it is given for whole years only"};
    case Why::kAllAlike:
      return {"all_alike", "all are alike in it: it would tell of each of them"};
    case Why::kStays:
      return {"stays", "it was withheld when it was computed before, and is hardly another number"};
    case Why::kUndecided:
      return {"undecided", "it could not be placed among the areas, or its run was never current"};
  }
  return {};
}

}  // namespace qd::reading::disclosure
