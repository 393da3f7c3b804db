#include "core/model/member_set.hpp"

#include <roaring/roaring.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace qd {

struct MemberSet::State {
  explicit State(roaring_bitmap_t* made) : bitmap(made, roaring_bitmap_free) {}
  std::unique_ptr<roaring_bitmap_t, void (*)(const roaring_bitmap_t*)> bitmap;
};

MemberSet::MemberSet() : MemberSet(std::span<const std::uint32_t>{}) {}
MemberSet::MemberSet(std::span<const std::uint32_t> numbers)
    : state_(std::make_unique<State>(roaring_bitmap_of_ptr(numbers.size(), numbers.data()))) {}
MemberSet::MemberSet(MemberSet&&) noexcept = default;
MemberSet& MemberSet::operator=(MemberSet&&) noexcept = default;
MemberSet::~MemberSet() = default;

// The library believes what it reads: numbers out of order would be counted and joined wrongly.
std::optional<MemberSet> MemberSet::from_bytes(std::string_view bytes) {
  auto* read = roaring_bitmap_portable_deserialize_safe(bytes.data(), bytes.size());
  if (!read) return std::nullopt;
  const State found(read);
  std::vector<std::uint32_t> numbers(roaring_bitmap_get_cardinality(read));
  roaring_bitmap_to_uint32_array(read, numbers.data());
  const bool ascends =
      std::adjacent_find(numbers.begin(), numbers.end(), std::greater_equal<>{}) == numbers.end();
  MemberSet set(numbers);
  if (!ascends || set.bytes() != bytes) return std::nullopt;
  return set;
}

std::string MemberSet::bytes() const {
  std::string bytes(roaring_bitmap_portable_size_in_bytes(state_->bitmap.get()), '\0');
  roaring_bitmap_portable_serialize(state_->bitmap.get(), bytes.data());
  return bytes;
}

std::uint64_t MemberSet::size() const {
  return roaring_bitmap_get_cardinality(state_->bitmap.get());
}

void MemberSet::add(const MemberSet& others) {
  roaring_bitmap_or_inplace(state_->bitmap.get(), others.state_->bitmap.get());
}

}  // namespace qd
