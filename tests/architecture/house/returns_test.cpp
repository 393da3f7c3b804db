// What a return holds is its plan: the code that makes it knows no family and no indicator.
#include <gtest/gtest.h>

#include "tests/architecture/house/source_tree.hpp"

namespace {

TEST(Returns, no_family_and_no_indicator_is_named_in_code) {
  const auto found = house::lines_with(
      house::sources({"core/returns", "core/render"}),
      R"("(INV[0-9]|TP[0-9]|BS[0-9]|RP[0-9]|CH[0-9]|NM[0-9]|COPI-|involvement|copis|existing_pis))");
  EXPECT_TRUE(found.empty()) << house::joined(found);
}

}  // namespace
