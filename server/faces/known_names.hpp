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
#include "server/faces/figure_writer.hpp"
#include "server/faces/question.hpp"

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
  // What a question asks for by pattern, place in the tree or days, as names. Periods are those
  // that had figures by `known_at`, so that the pages of a reading ask for the same. What comes to
  // nothing is asked for by a name that nothing has. Errors: as check, also for a pattern that
  // nothing fits.
  Result<FactQuery> resolve(const Question& question, std::int64_t data_version,
                            const reading::access::Portion& portion, Instant known_at);
  // Of a figure, with those by which figures may be broken down.
  Result<std::shared_ptr<const FigureFields>> fields(std::int64_t data_version,
                                                     const reading::access::Portion& portion);

 private:
  // Whom a name is of: "" for everybody. A name that has several owners is known to each.
  struct Owner {
    std::string family, area;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 inside <=> for a pointer
    auto operator<=>(const Owner&) const = default;
  };
  using Owned = std::map<std::string, std::set<Owner>>;
  struct Names {
    Owned indicators, areas, periods, families, breakdowns;
    std::vector<Area> tree;
    std::vector<Run> runs;  // that have figures
    std::shared_ptr<const FigureFields> fields;
  };
  struct Asked;
  static bool is_known(const Owned& names, const std::string& name,
                       const reading::access::Portion& portion);
  static std::optional<Error> first_unknown(const Asked& asked,
                                            const reading::access::Portion& portion);
  static std::optional<Error> unknown_name(const FactQuery& filter, const Names& known,
                                           const reading::access::Portion& portion);
  static void find_areas(const Question& question, const Names& names, FactQuery& query);
  static void find_periods(const Question& question, const Names& names,
                           const reading::access::Portion& portion, Instant known_at,
                           FactQuery& query);
  static std::vector<std::string> expanded(const std::vector<std::string>& asked,
                                           const Owned& names,
                                           const reading::access::Portion& portion);
  static std::shared_ptr<const FigureFields> fields_of(const Names& names,
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
