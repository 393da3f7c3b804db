// From a run's own codes for who is counted to the numbers that they are stored by.
#pragma once

#include <vector>

#include "core/model/dictionary.hpp"
#include "core/model/fact.hpp"
#include "core/ports/member_register.hpp"

namespace qd::compute {

// Members of the facts become numbers of the register, ascending. Errors: those of the register.
Result<void> number_members(std::vector<Fact>& facts, const Dictionary& dictionary,
                            MemberRegister& members);

}  // namespace qd::compute
