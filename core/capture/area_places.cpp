#include "core/capture/area_places.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/tables/shipped_tables.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture {
namespace {

const TableSpec& areas_table() { return *tables::shipped_table("areas"); }

}  // namespace

AreaPlaces::AreaPlaces()
    : code_(areas_table().index_of("code")),
      parent_(areas_table().index_of("parent")),
      valid_from_(areas_table().index_of("valid_from")) {}

Result<AreaPlaces> AreaPlaces::read(ObservationStore& store) {
  AreaPlaces places;
  Dictionary dictionary;
  // Of all instants the last: what another node stored counts too, however its clock goes.
  const ScanRequest request{areas_table(), {"code", "parent", "valid_from"}, Instant::max()};
  const auto scanned = store.scan(request, dictionary, [&](const Batch& batch) -> Result<void> {
    places.keep(batch, dictionary);
    return {};
  });
  if (!scanned) return fail(scanned.error());
  return places;
}

void AreaPlaces::keep(const Batch& batch, const Dictionary& dictionary) {
  const ColumnData& codes = batch.columns[0];
  const ColumnData& parents = batch.columns[1];
  const ColumnData& days = batch.columns[2];
  for (std::size_t row = 0; row < batch.n_rows; ++row) {
    Place& place = places_[std::string(dictionary.text(codes.codes[row]))];
    if (parents.present(row)) place.parent = dictionary.text(parents.codes[row]);
    place.stored_from = days.narrow[row];
  }
}

std::optional<tables::BrokenRule> AreaPlaces::broken(std::span<const Cell> cells) const {
  const std::string code(cells[code_].text);
  const auto place = places_.find(code);
  if (place == places_.end()) return std::nullopt;  // nothing lies in it yet
  const auto& stored_from = place->second.stored_from;
  if (stored_from && cells[valid_from_].value > *stored_from) {
    const Date since = date_of(static_cast<std::int32_t>(*stored_from));
    return tables::BrokenRule{
        valid_from_,
        fmt::format("{} is in its place since {}, and earlier periods need it there",
                    text::shortened(code), to_text(since)),
        "correct the parent, or give the new place a code of its own"};
  }
  if (!cells[parent_].present || !lies_in(cells[parent_].text, code)) return std::nullopt;
  const std::string reason =
      cells[parent_].text == code
          ? "an area does not lie in itself"
          : fmt::format("{} lies in {} already: they would go round in a circle",
                        text::shortened(cells[parent_].text), text::shortened(code));
  return tables::BrokenRule{parent_, reason,
                            "correct the parent of one of them; parents come before children"};
}

// True also of the area itself.
bool AreaPlaces::lies_in(std::string_view code, const std::string& area) const {
  std::string at(code);
  for (std::size_t steps = 0; steps <= places_.size(); ++steps) {  // stored circles end it too
    if (at == area) return true;
    const auto place = places_.find(at);
    if (place == places_.end() || place->second.parent.empty()) return false;
    at = place->second.parent;
  }
  return false;
}

void AreaPlaces::take(std::span<const Cell> cells) {
  places_[std::string(cells[code_].text)].parent = cells[parent_].text;
}

}  // namespace qd::capture
