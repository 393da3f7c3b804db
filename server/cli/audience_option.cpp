#include "server/cli/audience_option.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/text/nearest.hpp"

namespace qd::cli {

std::string audience_help(std::string question) {
  for (const auto& words : audiences())
    question += fmt::format("\n  {}: {}", words.name, words.meaning);
  return question;
}

Result<Audience> read_audience(const std::string& typed) {
  if (const auto audience = audience_named(typed)) return *audience;
  std::vector<std::string> known;
  for (const auto& words : audiences()) known.emplace_back(words.name);
  return fail(ErrorCode::kParameterMalformed, fmt::format("there is no audience '{}'", typed),
              text::nearest_hint(typed, known));
}

}  // namespace qd::cli
