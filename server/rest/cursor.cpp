#include "server/rest/cursor.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <vector>

#include "core/model/digest.hpp"
#include "core/text/whole_number.hpp"

namespace qd::rest {
namespace {

constexpr std::string_view kVersion = "3";
constexpr char kSeparator = '\x1f';  // in no code, period or breakdown
constexpr std::size_t kSignatureBytes = 16, kKeyBytes = crypto_generichash_KEYBYTES;
constexpr std::size_t kFields = 9;

void add(std::string& text, std::string_view field) {
  text += field;
  text += kSeparator;
}

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string signature(const std::string& key, const std::string& payload,
                      const std::string& question) {
  const std::string whole = payload + '\n' + question;
  std::array<unsigned char, kSignatureBytes> bytes{};
  crypto_generichash(bytes.data(), bytes.size(), bytes_of(whole), whole.size(), bytes_of(key),
                     key.size());
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_base64(const std::string& bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the NUL
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &length, nullptr,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (failed != 0) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(kSeparator));
    parts.emplace_back(part);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return parts;
}

std::optional<Cursor> cursor_of(const std::vector<std::string>& parts) {
  if (parts.size() != kFields || parts[0] != kVersion) return std::nullopt;
  const auto as_of = text::whole_number<std::int64_t>(parts[1]);
  const auto version = text::whole_number<int>(parts[3]);
  const auto reading = parse_reading(parts[6]);
  if (!as_of || !version || !reading) return std::nullopt;
  Cursor cursor;
  cursor.as_of = instant_of(*as_of);
  cursor.after.indicator = parts[2];
  cursor.after.version = *version;
  cursor.after.area = parts[4];
  cursor.after.period = parts[5];
  cursor.after.reading = *reading;
  cursor.after.breakdown = parts[7];
  const auto offset = text::whole_number<std::size_t>(parts[8]);
  if (!offset) return std::nullopt;
  cursor.offset = *offset;
  return cursor;
}

std::string payload_of(const Cursor& cursor) {
  std::string payload;
  add(payload, kVersion);
  add(payload, std::to_string(milliseconds(cursor.as_of)));
  add(payload, cursor.after.indicator);
  add(payload, std::to_string(cursor.after.version));
  add(payload, cursor.after.area);
  add(payload, cursor.after.period);
  add(payload, to_text(cursor.after.reading));
  add(payload, cursor.after.breakdown);
  add(payload, std::to_string(cursor.offset));
  return payload;
}

}  // namespace

Result<std::string> CursorSigner::key() {
  const std::lock_guard lock(mutex_);
  if (!key_.empty()) return key_;
  auto key = secrets_.secret("cursors", random_bytes(kKeyBytes));
  if (!key) return key;
  if (key->size() != kKeyBytes)
    return fail(ErrorCode::kStoreUnavailable, "what cursors are signed with was damaged",
                "delete 'cursors' from the table server_secrets: readings that are under way then "
                "begin anew");
  return key_ = std::move(*key);
}

Result<std::string> CursorSigner::text(const Cursor& cursor, const std::string& question) {
  const auto key = this->key();
  if (!key) return fail(key.error());
  const auto payload = payload_of(cursor);
  return to_base64(signature(*key, payload, question) + payload);
}

Result<Cursor> CursorSigner::parse(std::string_view text, const std::string& question) {
  const auto refuse = [] {
    return fail(ErrorCode::kParameterMalformed, "the cursor does not belong to this question",
                "follow the link to the next page as it was given, or begin without a cursor");
  };
  const auto key = this->key();
  if (!key) return fail(key.error());
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() < kSignatureBytes) return refuse();
  const auto payload = bytes->substr(kSignatureBytes);
  const auto expected = signature(*key, payload, question);
  if (sodium_memcmp(bytes->data(), expected.data(), expected.size()) != 0) return refuse();
  const auto cursor = cursor_of(split(payload));
  if (!cursor) return refuse();
  return *cursor;
}

}  // namespace qd::rest
