// One family a fault at load: compiled once for each name in CMakeLists.txt, as FAULT.
#include <quarterday/plugin.h>

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace {

constexpr std::string_view kFault = FAULT;

qd_family rubbish() {
  qd_family family = {};
  family.struct_size = sizeof family;
  family.abi_major = kFault == "wrong_abi" ? 99 : QD_ABI_MAJOR;
  family.abi_minor = kFault == "of_tomorrow" ? QD_ABI_MINOR + 1 : QD_ABI_MINOR;
  if (kFault == "too_small") family.struct_size = QD_FAMILY_SIZE_1_0 - 1;
  family.id = kFault == "wild_pointer"   ? reinterpret_cast<const char*>(8)
              : kFault == "another_name" ? "someone_else"
                                         : FAULT;
  family.version = kFault == "another_version" ? "1.0.1" : "1.0.0";
  return family;
}

}  // namespace

#ifndef WITHOUT_SYMBOL
extern "C" const qd_family* qd_family_entry() {
  static const qd_family family = rubbish();
  if (kFault == "gives_nothing") return nullptr;
  if (kFault == "throws_at_once") throw std::runtime_error("not today");
  if (kFault == "never_ready")
    for (volatile unsigned turn = 0;; turn = turn + 1) {
    }
  return &family;
}
#endif
