#include "server/cli/refusal_summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace qd::cli {
namespace {

std::string with_hint(const std::string& sentence, const std::string& hint) {
  return hint.empty() ? sentence : fmt::format("{} ({})", sentence, hint);
}

std::string place_text(const std::string& file, const std::string& sheet, std::int64_t line) {
  return file + (sheet.empty() ? "" : "[" + sheet + "]") +
         (line > 0 ? fmt::format(":{}", line) : "");
}

// The first refusal of a cause in full; when it is too late to be kept, what all of them share.
std::string first_text(const capture::ImportReport& report, const capture::RefusalCause& cause) {
  const auto& place = cause.places.front();
  const auto first = std::find_if(
      report.refusals.begin(), report.refusals.end(), [&](const capture::Refusal& refusal) {
        return refusal.error.code == cause.code && refusal.heading == cause.heading &&
               refusal.file == place.file && refusal.sheet == place.sheet &&
               refusal.line == place.line;
      });
  if (first != report.refusals.end()) return refusal_text(*first);
  const auto heading = cause.heading.empty() ? "" : " " + cause.heading;
  return fmt::format("{}{}: {}", place_text(place.file, place.sheet, place.line), heading,
                     with_hint(cause.cause, cause.hint));
}

std::string others_text(const capture::RefusalCause& cause) {
  const auto& first = cause.places.front();
  std::vector<std::string> named;
  for (const auto& place : cause.places) {
    const bool same = place.file == first.file && place.sheet == first.sheet;
    named.push_back(same ? std::to_string(place.line)
                         : place_text(place.file, place.sheet, place.line));
  }
  named.erase(named.begin());
  const auto others = cause.lines - 1;
  return fmt::format("\n  and {} more like it: line{} {}{}", others, others == 1 ? "" : "s",
                     fmt::join(named, ", "),
                     others > static_cast<std::int64_t>(named.size()) ? ", …" : "");
}

}  // namespace

std::string refusal_text(const capture::Refusal& refusal) {
  std::string place = place_text(refusal.file, refusal.sheet, refusal.line);
  if (refusal.column > 0) place += fmt::format(":{}", refusal.column);
  if (!refusal.heading.empty()) place += " " + refusal.heading;
  return fmt::format("{}: {}", place, with_hint(refusal.error.message, refusal.error.hint));
}

std::vector<std::string> cause_texts(const capture::ImportReport& report) {
  std::vector<std::string> texts;
  for (const auto& cause : report.causes) {
    if (cause.places.empty()) continue;
    texts.push_back(first_text(report, cause));
    if (cause.lines > 1) texts.back() += others_text(cause);
  }
  return texts;
}

}  // namespace qd::cli
