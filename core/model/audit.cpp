#include "core/model/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/model/digest.hpp"
#include "core/model/sealed_text.hpp"

namespace qd {

std::string_view to_text(Act act) {
  switch (act) {
    case Act::kRunCompleted:
      return "run completed";
    case Act::kRecordsLoaded:
      return "records loaded";
    case Act::kFamilyTakenIn:
      return "family taken in";
    case Act::kKeyCreated:
      return "key created";
    case Act::kKeyRevoked:
      return "key revoked";
    case Act::kReturnBuilt:
      return "return built";
    case Act::kReturnDelivered:
      return "return delivered";
    case Act::kSettingsChanged:
      return "settings changed";
  }
  return "";
}

std::string chained(const std::string& digest_before, const AuditEntry& entry) {
  SealedText text;
  text.add(digest_before);
  text.add(entry.number);
  text.add(milliseconds(entry.at));
  for (const auto* part : {&entry.who, &entry.act, &entry.subject, &entry.content}) text.add(*part);
  return sha256(text.text());
}

std::string to_text(const AuditAnchor& anchor) {
  return fmt::format("{}:{}", anchor.number, anchor.digest);
}

Result<AuditAnchor> parse_anchor(const std::string& text) {
  AuditAnchor anchor;
  const auto colon = text.find(':');
  const char* const end = text.data() + std::min(colon, text.size());
  const auto read = std::from_chars(text.data(), end, anchor.number);
  if (colon != std::string::npos) anchor.digest = text.substr(colon + 1);
  const bool is_one = read.ec == std::errc() && read.ptr == end && anchor.digest.size() == 64;
  if (is_one) return anchor;
  return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is no entry of an audit", text),
              "it is the number, a colon and 64 digits, as a return and audit verify print it");
}

}  // namespace qd
