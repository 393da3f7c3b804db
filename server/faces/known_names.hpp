// The names by which figures can be asked for.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/compute/engine.hpp"
#include "core/ports/catalogue.hpp"
#include "core/ports/figure_query.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/access/portion.hpp"

namespace qd::faces {

// Where names are known from; all outlive it.
struct NameSources {
  Catalogue& catalogue;
  RunStore& runs;
  compute::Engine& engine;
};

// A filter that names what nobody knows is a mistake and no empty answer; what is known and has no
// figures is one. Thread-safe.
class KnownNames {
 public:
  explicit KnownNames(const NameSources& sources) : sources_(sources) {}

  // What is known is read once for every data version (see FigureStore::data_version); only a name
  // not found then is looked for in the libraries of families, which may not have run yet.
  // Errors: kIndicatorUnknown, kAreaUnknown, kPeriodUnknown, kFamilyUnknown, each with the nearest
  // name; kStoreUnavailable.
  // What is not of the portion is not known.
  Result<void> check(const FactQuery& filter, std::int64_t data_version,
                     const reading::access::Portion& portion);

 private:
  // Whom a name is of: "" for everybody. A name that has several owners is known to each.
  struct Owner {
    std::string family, area;
    auto operator<=>(const Owner&) const = default;
  };
  using Owned = std::map<std::string, std::set<Owner>>;
  struct Names {
    Owned indicators, areas, periods, families;
  };
  struct Asked;
  static bool is_known(const Owned& names, const std::string& name,
                       const reading::access::Portion& portion);
  static std::optional<Error> first_unknown(const Asked& asked,
                                            const reading::access::Portion& portion);
  static std::optional<Error> unknown_name(const FactQuery& filter, const Names& known,
                                           const reading::access::Portion& portion);
  Result<std::shared_ptr<const Names>> stored(std::int64_t data_version);
  Result<Names> read_stored();
  void add_installed(Names& names);

  NameSources sources_;
  std::mutex mutex_;
  std::shared_ptr<const Names> names_;
  std::int64_t data_version_ = -1;
};

}  // namespace qd::faces
