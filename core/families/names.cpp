#include "core/families/names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd::families {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const ShippedFamily* shipped(const std::string& id) {
  const auto& all = shipped_families();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ShippedFamily& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Names::Names(std::vector<RegisteredFamily> registered, const std::vector<std::string>& present)
    : registered_(std::move(registered)), ids_(present.begin(), present.end()) {
  for (const auto& family : registered_) ids_.insert(family.id);
  for (const auto& family : shipped_families()) ids_.insert(family.id);
}

std::string Names::owner_of_table(const std::string& table) const {
  std::string owner;
  for (const auto& id : ids_)
    if (id.size() > owner.size() && table.starts_with(id + "_")) owner = id;
  return owner;
}

std::string Names::code_objection(const Family& family, const std::string& code) const {
  for (const auto& other : shipped_families())
    if (other.id != family.id && has(other.codes, code))
      return fmt::format("indicator {} belongs to the family {}, which ships", code, other.id);
  for (const auto& other : registered_)
    if (other.id != family.id && has(other.codes, code))
      return fmt::format("indicator {} belongs to the family {}, which was here before", code,
                         other.id);
  if (!shipped(family.id) && !code.starts_with(family.id + "."))
    return fmt::format("its indicator {} must be called {}.…", code, family.id);
  return {};
}

std::string Names::table_objection(const Family& family, const std::string& table) const {
  const auto owner = owner_of_table(table);
  if (owner == family.id) return {};
  return fmt::format("its table {} belongs to the family {}, whose prefix is longer", table, owner);
}

std::string Names::prefix_objection(const Family& family) const {
  for (const auto& other : registered_)
    for (const auto& table : other.tables)
      if (other.id != family.id && other.id.size() < family.id.size() &&
          table.starts_with(family.id + "_"))
        return fmt::format("its id would take the table {} of the family {}, which was here before",
                           table, other.id);
  return {};
}

std::string Names::objection(const Family& family) const {
  if (auto why = prefix_objection(family); !why.empty()) return why;
  for (const auto& definition : family.indicators)
    if (auto why = code_objection(family, definition.code); !why.empty()) return why;
  for (const auto& table : family.tables)
    if (auto why = table_objection(family, table.name); !why.empty()) return why;
  return {};
}

}  // namespace qd::families
