// Who is counted in a figure of different ones, by number: what such figures are put together from.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace qd {

// Exact, and as small as its numbers are close together (CRoaring). Not thread-safe.
class MemberSet {
 public:
  MemberSet();
  explicit MemberSet(std::span<const std::uint32_t> numbers);  // in any order, any more than once
  MemberSet(MemberSet&&) noexcept;
  MemberSet& operator=(MemberSet&&) noexcept;
  ~MemberSet();

  // As bytes() gave them, on whatever machine. nullopt: they are not such bytes.
  static std::optional<MemberSet> from_bytes(std::string_view bytes);
  std::string bytes() const;

  std::uint64_t size() const;
  void add(const MemberSet& others);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qd
