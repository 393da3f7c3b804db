// What indicators mean that people defined before: a version in force keeps its meaning.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "core/model/definition.hpp"
#include "core/ports/observation_store.hpp"
#include "core/tables/cells.hpp"

namespace qd::capture {

// One thread.
class DefinitionVersions {
 public:
  // Reads the definitions that are known now. Errors: kStoreUnavailable.
  // declared: codes of indicators that families declare, and by which.
  static Result<DefinitionVersions> read(ObservationStore& store, Date today,
                                         std::map<std::string, std::string> declared);

  // The field that does not fit the others, or in which the record would change what a version in
  // force means, or the code, if a family says what that means; nullopt: none.
  // cells: those of definitions, none of them refused.
  std::optional<tables::BrokenRule> broken(std::span<const tables::Cell> cells) const;

 private:
  DefinitionVersions(Date today, std::map<std::string, std::string> declared)
      : today_(today), declared_(std::move(declared)) {}
  void keep(const Batch& batch, const Dictionary& dictionary);

  Date today_;
  std::map<std::string, std::string> declared_;
  std::map<std::pair<std::string, int>, Definition> known_;
};

}  // namespace qd::capture
