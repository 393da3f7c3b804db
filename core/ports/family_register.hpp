// What was taken in of families: their names are their own, and their definitions stay what they
// mean.
#pragma once

#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd {

struct RegisteredFamily {
  std::string id;
  std::vector<std::string> codes, tables;  // of its own
};

class FamilyRegister {
 public:
  virtual ~FamilyRegister() = default;

  virtual Result<std::vector<RegisteredFamily>> registered_families() = 0;  // by id

  // Keeps what the family declares, all or nothing, and gives its definitions with their
  // revisions. Errors: kStoreConflict when a version that is known would mean something else
  // (see change_of_meaning), kStoreUnavailable. today: the local day of now.
  virtual Result<std::vector<Definition>> take_in(const Family& family, Instant now,
                                                  Date today) = 0;
};

}  // namespace qd
