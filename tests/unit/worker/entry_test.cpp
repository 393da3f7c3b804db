// A library is the family it was declared as, or it is refused with a sentence.
#include "core/worker/child/entry.hpp"

#include <gtest/gtest.h>

#include <cstddef>

namespace qd {
namespace {

qd_status begin(const qd_run*, void**) { return QD_OK; }
qd_status consume(void*, const qd_run*, const qd_batch*) { return QD_OK; }
qd_status finish(void*, const qd_run*) { return QD_OK; }
void end(void*) {}

qd_family good() {
  return {sizeof(qd_family), QD_ABI_MAJOR, QD_ABI_MINOR, 0,      "walks", "1.0.0", begin,
          consume,           finish,       end,          nullptr};
}

std::string refusal(const qd_family& entry) {
  Family declared;
  declared.id = "walks";
  declared.version = "1.0.0";
  const auto read = worker::child::read_entry(entry, declared);
  if (read) return "";
  EXPECT_EQ(read.error().code, ErrorCode::kFamilyRefused);
  return read.error().message;
}

TEST(Entry, OfTheDeclaredFamilyIsTaken) { EXPECT_EQ(refusal(good()), ""); }

TEST(Entry, MayBeLargerThanThisHostKnowsAndNotSmallerThanThatOf_1_0) {
  qd_family family = good();
  family.struct_size = QD_FAMILY_SIZE_1_0;
  EXPECT_EQ(refusal(family), "");
  family.struct_size = QD_FAMILY_SIZE_1_0 - 1;
  EXPECT_EQ(refusal(family),
            "family walks refused: its qd_family has 71 bytes, ABI 1.0 has 72; set struct_size to "
            "sizeof(qd_family)");
  struct {
    qd_family family;
    std::uint64_t later;
  } larger{good(), 7};
  larger.family.struct_size = sizeof larger;
  EXPECT_EQ(refusal(larger.family), "");
}

TEST(Entry, OfAnotherInterfaceIsRefused) {
  qd_family family = good();
  family.abi_minor = QD_ABI_MINOR + 1;
  EXPECT_EQ(refusal(family),
            "family walks refused: built for ABI 1.1, this host speaks 1.0; rebuild it with this "
            "SDK");
  family = good();
  family.abi_major = 2;
  EXPECT_EQ(refusal(family),
            "family walks refused: built for ABI 2.0, this host speaks 1.0; rebuild it with this "
            "SDK");
}

TEST(Entry, OfAnotherFamilyOrVersionIsRefused) {
  qd_family family = good();
  family.id = "talks";
  EXPECT_EQ(refusal(family),
            "family walks refused: its code says it is talks, its declaration walks");
  family = good();
  family.version = nullptr;
  EXPECT_EQ(refusal(family),
            "family walks refused: its code is of version nothing, its declaration of 1.0.0; build "
            "both together");
}

TEST(Entry, WithoutOneOfItsFunctionsIsRefused) {
  for (int missing = 0; missing < 4; ++missing) {
    qd_family family = good();
    if (missing == 0) family.begin = nullptr;
    if (missing == 1) family.consume = nullptr;
    if (missing == 2) family.finish = nullptr;
    if (missing == 3) family.end = nullptr;
    EXPECT_EQ(refusal(family), "family walks refused: begin, consume, finish or end is missing");
  }
}

}  // namespace
}  // namespace qd
