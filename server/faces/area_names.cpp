#include "server/faces/area_names.hpp"

#include <fmt/format.h>

namespace qd::faces {

std::string_view NameTable::of(std::string_view area) const {
  const auto found = names.find(area);
  return found == names.end() ? std::string_view{} : std::string_view(found->second);
}

NameTable name_table(const std::vector<Area>& areas) {
  NameTable table;
  std::string all;
  for (const auto& area : areas) {
    table.names[area.code] = area.name;
    all += area.code + '\n' + area.name + '\n';
  }
  // Only has to differ when a name does, within one process and its clients' caches.
  table.version = fmt::format("{:x}", std::hash<std::string>{}(all));
  return table;
}

Result<std::shared_ptr<const NameTable>> AreaNames::now() {
  const std::lock_guard lock(mutex_);
  const auto at = clock_.now();
  if (table_ && is_remembered(read_at_, at, kMemory)) return table_;
  auto areas = store_.areas();
  if (!areas) return fail(areas.error());
  table_ = std::make_shared<const NameTable>(name_table(*areas));
  read_at_ = at;
  return table_;
}

}  // namespace qd::faces
