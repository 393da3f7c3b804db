#include "core/worker/child/entry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/text/text_rules.hpp"

namespace qd::worker::child {
namespace {

std::string shown(const char* text) {
  return text ? text::plain_text(std::string_view(text, strnlen(text, 60)), 60) : "nothing";
}

// The first thing that is wrong; empty: nothing is.
std::string complaint(const qd_family& entry, const Family& declared) {
  if (entry.abi_major != QD_ABI_MAJOR || entry.abi_minor > QD_ABI_MINOR)
    return fmt::format("built for ABI {}.{}, this host speaks {}.{}; rebuild it with this SDK",
                       entry.abi_major, entry.abi_minor, QD_ABI_MAJOR, QD_ABI_MINOR);
  if (entry.struct_size < QD_FAMILY_SIZE_1_0)
    return fmt::format(
        "its qd_family has {} bytes, ABI 1.0 has {}; set struct_size to "
        "sizeof(qd_family)",
        entry.struct_size, QD_FAMILY_SIZE_1_0);
  if (shown(entry.id) != declared.id)
    return fmt::format("its code says it is {}, its declaration {}", shown(entry.id), declared.id);
  if (shown(entry.version) != declared.version)
    return fmt::format("its code is of version {}, its declaration of {}; build both together",
                       shown(entry.version), declared.version);
  if (!entry.begin || !entry.consume || !entry.finish || !entry.end)
    return "begin, consume, finish or end is missing";
  return {};
}

}  // namespace

Result<qd_family> read_entry(const qd_family& entry, const Family& declared) {
  qd_family known{};
  // Which bytes there are is known only once these two are believed.
  const bool is_readable =
      entry.abi_major == QD_ABI_MAJOR && entry.struct_size >= QD_FAMILY_SIZE_1_0;
  std::memcpy(&known, &entry,
              is_readable ? std::min<std::size_t>(entry.struct_size, sizeof known)
                          : offsetof(qd_family, id));
  if (const auto wrong = complaint(known, declared); !wrong.empty())
    return fail(ErrorCode::kFamilyRefused,
                fmt::format("family {} refused: {}", declared.id, wrong));
  return known;
}

}  // namespace qd::worker::child
