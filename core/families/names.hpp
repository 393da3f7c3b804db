// Whose a name is: ids, codes and tables of families are their own.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/model/family.hpp"
#include "core/ports/family_register.hpp"

namespace qd::families {

// What the families that ship declare, as it was when this program was built.
struct ShippedFamily {
  std::string id;
  std::vector<std::string> codes;
};
const std::vector<ShippedFamily>& shipped_families();

class Names {
 public:
  // `present`: ids of every family that can be seen now.
  Names(std::vector<RegisteredFamily> registered, const std::vector<std::string>& present);

  // Why the family may not have the names it declares, in words that follow "family x refused: ";
  // "" when it may. Who ships goes before who is registered, and that before who comes later,
  // whatever the order they are found in.
  std::string objection(const Family& family) const;

 private:
  std::string code_objection(const Family& family, const std::string& code) const;
  std::string table_objection(const Family& family, const std::string& table) const;
  std::string prefix_objection(const Family& family) const;
  // The family whose prefix it is; the longest id that fits. "" when there is none.
  std::string owner_of_table(const std::string& table) const;

  std::vector<RegisteredFamily> registered_;
  std::set<std::string> ids_;
};

}  // namespace qd::families
