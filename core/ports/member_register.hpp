// Numbers for who is counted as different ones.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"

namespace qd {

class MemberRegister {
 public:
  virtual ~MemberRegister() = default;
  // Of each name, in turn, its number: the same for the same name, for ever and on every server;
  // who has none yet is given one. Names are not kept, only what they are recognised by. Errors:
  // kStoreUnavailable.
  virtual Result<std::vector<std::uint32_t>> numbers(std::span<const std::string_view> names) = 0;
};

}  // namespace qd
