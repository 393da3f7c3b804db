// Who runs this program: what stands in audits and logs beside what is done here.
#pragma once

#include <string>

namespace qd::composition {

std::string account();
// Its name, or that it has none.
std::string machine();  // "user quarterday": the name of the account, else its number
// "user quarterday on server1, quarterday return build"
std::string who_acts(const std::string& command);

}  // namespace qd::composition
