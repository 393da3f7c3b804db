// Parts of facts: adds up what a family emits and works out the areas above. Runs in the worker.
#pragma once

#include <quarterday/plugin.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/area_tree.hpp"
#include "core/model/error.hpp"
#include "core/model/fact.hpp"
#include "core/model/family.hpp"
#include "core/worker/child/breakdowns.hpp"
#include "core/worker/child/key_index.hpp"
#include "core/worker/child/part.hpp"
#include "core/worker/wire/fact_row.hpp"

namespace qd::worker::child {

class PartTable {
 public:
  static constexpr std::uint32_t kMostDefinitions = 1u << 20;

  // Breakdowns: those the family declares. All three must outlive it.
  PartTable(const AreaTree& areas, const std::vector<Definition>& definitions,
            const std::vector<FamilyBreakdown>& breakdowns);

  // Errors: kFamilyRubbish (with what is wrong), kFamilyFlooded (too many).
  // n_dictionary: members must be below it.
  Result<void> add(const qd_fact& fact, std::size_t n_dictionary);

  // Everything added, and every area above: sorted by definition, area, reading, breakdown. To a
  // part that covers its whole area nothing from below is added.
  // The table is empty afterwards. Errors: kFamilyFlooded, kFamilyFailed (a sum too large).
  Result<std::vector<worker::wire::FactRow>> roll_up();
  // After roll_up: who the distinct counts among its rows count, by row. Once.
  std::vector<worker::wire::RowMembers> take_members() { return std::move(members_); }

  const std::vector<std::string>& breakdowns() const { return breakdowns_.texts(); }
  // After roll_up: whether figures of areas below were not added to this one.
  bool stands_alone(std::uint32_t definition, std::uint32_t reading, std::string_view breakdown,
                    std::uint32_t area) const;
  // After roll_up, by message: figures of areas that did not exist, those that stand without the
  // areas below, and those that cannot be right, each once.
  const std::map<std::string, std::int64_t>& notes() const { return notes_; }

 private:
  using Key = std::uint64_t;  // definition 20 bits, area 22, reading 2, breakdown 20

  using Levels = std::vector<std::vector<std::uint32_t>>;  // places in parts_, by depth
  struct Kept {
    Key key;
    Part part;
  };

  Result<Key> key_of(const qd_fact& fact);
  Result<void> check_breakdown(std::uint32_t definition, std::uint32_t breakdown) const;
  // The place it was added to.
  Result<std::uint32_t> merge(Key key, Part part);
  Levels levels_of(std::size_t reading) const;
  Result<void> lift(std::uint32_t place, std::vector<std::uint32_t>& level_above);
  bool is_distinct(Key key) const;
  bool is_owners(Key key) const;
  bool is_quantile(Key key) const;
  bool takes_none_from_below(Key key);
  void settle(Part& part);
  void take_quantile(Key key, Part& part) const;
  Result<worker::wire::FactRow> finished(Kept& kept);
  void note_absent(Key key);
  void note_implausible(Key key, worker::wire::FactRow& row);
  void add_note(std::string message, std::string_view otherwise);
  std::string where(Key key) const;

  const AreaTree& areas_;
  const std::vector<Definition>& definitions_;
  std::vector<std::uint64_t> allowed_keys_;  // by definition: bits, see Breakdowns::keys_of
  Breakdowns breakdowns_;
  std::vector<Kept> parts_;
  KeyIndex index_;
  RepeatSieve sieve_;
  std::vector<worker::wire::RowMembers> members_;
  std::set<Key> alone_;  // parts to which nothing from below was added, though there was some
  std::map<std::string, std::int64_t> notes_;
};

}  // namespace qd::worker::child
