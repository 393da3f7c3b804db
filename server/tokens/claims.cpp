#include "server/tokens/claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/text/text_check.hpp"
#include "server/tokens/json_object.hpp"
#include "server/tokens/refusal.hpp"

namespace qd::tokens {
namespace {

using Value = rapidjson::Value;

constexpr std::string_view kOurs = "quarterday:";
constexpr std::size_t kLongestName = 100;  // bytes

void add_words(const std::string& text, std::vector<std::string>& words) {
  std::size_t begin = 0;
  while ((begin = text.find_first_not_of(' ', begin)) != std::string::npos) {
    const auto end = std::min(text.find(' ', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end;
  }
}

// A list of texts, or one text; what else stands there is none.
std::vector<std::string> texts_of(const Value* value) {
  std::vector<std::string> texts;
  if (value && value->IsString()) texts.push_back(text_of(value));
  if (value && value->IsArray())
    for (const auto& one : value->GetArray()) texts.push_back(text_of(&one));
  return texts;
}

std::optional<Instant> instant_of(const Value* value) {
  // Numbers of seconds that are no instants are no times either.
  constexpr double kLatest = 1e11;
  if (!value || !value->IsNumber()) return std::nullopt;
  const double seconds = value->GetDouble();
  if (!(seconds >= 0 && seconds < kLatest)) return std::nullopt;
  return Instant{std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)}};
}

Result<void> check_times(const Value& claims, Instant now) {
  const auto expires = instant_of(member(claims, "exp"));
  if (!expires) return fail(refused("it does not say when it ends"));
  if (now >= *expires + kClockSkew) return fail(refused("it has expired"));
  const auto* begins = member(claims, "nbf");
  if (!begins) return {};
  const auto from = instant_of(begins);
  if (!from || now + kClockSkew < *from) return fail(refused("it is not valid yet"));
  return {};
}

Result<void> check_ends(const Value& claims, const TokenTerms& terms) {
  if (text_member(claims, "iss") != terms.issuer)
    return fail(refused("it is of another issuer than " + terms.issuer));
  const auto audiences = texts_of(member(claims, "aud"));
  if (std::find(audiences.begin(), audiences.end(), terms.audience) == audiences.end())
    return fail(refused(fmt::format("it is not meant for '{}'", terms.audience)));
  return {};
}

// It stands in logs and lists.
bool is_a_name(const std::string& text) {
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  return !text.empty() && text.size() <= kLongestName && text::is_utf8(text) &&
         std::none_of(text.begin(), text.end(), is_control);
}

// "quarterday:KIND:NAME" taken apart.
struct Word {
  std::string kind, name;
};

std::optional<Word> word_of(std::string_view text) {
  text.remove_prefix(kOurs.size());
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  return Word{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

// What a holder is given word by word.
class Grants {
 public:
  explicit Grants(Holder& holder) : holder_(holder) {}

  bool take(const Word& word) {  // false: it is not understood
    if (word.name.find(';') != std::string::npos) return false;
    if (word.kind == "area") return add(holder_.viewer.areas, word.name);
    if (word.kind == "family") return add(holder_.viewer.families, word.name);
    if (word.kind == "scope") return take_scope(word.name);
    return word.kind == "audience" && take_audience(word.name);
  }

 private:
  static bool add(std::vector<std::string>& names, const std::string& name) {
    names.push_back(name);
    return true;
  }
  bool take_scope(const std::string& name) {
    const auto scope = scope_named(name);
    if (scope) holder_.scopes.add(*scope);
    return scope.has_value();
  }
  // Two of them would say who decides between them.
  bool take_audience(const std::string& name) {
    const auto audience = audience_named(name);
    if (!audience || (has_audience_ && holder_.viewer.audience != *audience)) return false;
    has_audience_ = true;
    holder_.viewer.audience = *audience;
    return true;
  }

  Holder& holder_;
  bool has_audience_ = false;
};

// One word that is not understood and all is refused: a misspelt area would open every area.
Result<void> take_grants(const Value& claims, const TokenTerms& terms, Holder& holder) {
  const auto* claim = member(claims, terms.claim);
  std::vector<std::string> words;
  if (claim && claim->IsArray())
    words = texts_of(claim);
  else
    add_words(text_of(claim), words);
  Grants grants(holder);
  for (const auto& text : words) {
    if (text.compare(0, kOurs.size(), kOurs) != 0) continue;
    const auto word = word_of(text);
    if (!word || !grants.take(*word))
      return fail(refused(fmt::format("'{}' in its {} is not understood",
                                      text::is_utf8(text) ? text : "a word", terms.claim)));
  }
  return {};
}

}  // namespace

Result<Holder> holder_of(std::string_view text, const TokenTerms& terms, Instant now) {
  const auto claims = json_object(text);
  if (!claims) return fail(refused("it holds no claims"));
  if (auto right = check_ends(*claims, terms); !right) return fail(right.error());
  if (auto valid = check_times(*claims, now); !valid) return fail(valid.error());
  Holder holder;
  holder.name = text_member(*claims, "sub");
  if (!is_a_name(holder.name))
    return fail(refused("it does not say who holds it (sub, up to 100 bytes)"));
  if (auto taken = take_grants(*claims, terms, holder); !taken) return fail(taken.error());
  return holder;
}

}  // namespace qd::tokens
