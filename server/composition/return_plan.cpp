#include "server/composition/return_plan.hpp"

#include <fmt/format.h>

#include <set>

#include "core/returns/plan/plan.hpp"
#include "core/text/whole_file.hpp"

namespace qd::composition {
namespace {

namespace plan = returns::plan;

returns::FamilyWords words_of(const Family& family) {
  returns::FamilyWords words{family.id, family.title, {}};
  std::set<std::string> seen;
  for (const Definition& definition : family.indicators)
    if (seen.insert(definition.code).second) words.indicators.push_back(definition.code);
  return words;
}

struct Known {
  std::set<std::string> families, indicators;
};

Result<Known> known_names(const std::vector<returns::FamilyWords>& families, Catalogue& catalogue) {
  Known known;
  for (const auto& family : families) {
    known.families.insert(family.id);
    known.indicators.insert(family.indicators.begin(), family.indicators.end());
  }
  const auto definitions = catalogue.definitions();
  if (!definitions) return fail(definitions.error());
  for (const Definition& definition : *definitions) {
    known.families.insert(definition.family);
    known.indicators.insert(definition.code);
  }
  return known;
}

}  // namespace

Result<std::string> return_plan_text(const std::filesystem::path& file) {
  if (file.empty()) return std::string(plan::executive_text());
  if (auto text = text::read_whole(file)) return *std::move(text);
  return fail(ErrorCode::kFileUnreadable,
              fmt::format("the plan of the return, {}, cannot be read", file.string()),
              "see 'returns.plan' in quarterday.toml");
}

Result<std::shared_ptr<const plan::Plan>> read_return_plan(const std::filesystem::path& file) {
  const auto text = return_plan_text(file);
  if (!text) return fail(text.error());
  auto read = plan::read_plan(*text, file.empty() ? "executive.toml" : file.string());
  if (!read) return fail(read.error());
  return std::make_shared<const plan::Plan>(std::move(*read));
}

Result<jobs::PlannedReturn> planned_return(const std::filesystem::path& file,
                                           const std::vector<FamilyListing>& families,
                                           Catalogue& catalogue) {
  auto read = read_return_plan(file);
  if (!read) return fail(read.error());
  jobs::PlannedReturn planned{std::move(*read), {}};
  for (const FamilyListing& listing : families)
    if (listing.family) planned.families.push_back(words_of(*listing.family));
  if (file.empty()) return planned;
  const auto known = known_names(planned.families, catalogue);
  if (!known) return fail(known.error());
  const auto checked =
      plan::check_names(*planned.plan, {known->families.begin(), known->families.end()},
                        {known->indicators.begin(), known->indicators.end()});
  if (!checked) return fail(checked.error());
  return planned;
}

}  // namespace qd::composition
