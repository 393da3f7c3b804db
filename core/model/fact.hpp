// Facts as they are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/definition.hpp"
#include "core/model/number.hpp"
#include "core/model/period.hpp"

namespace qd {

// Has the values of the seam (quarterday/plugin.h).
enum class NullReason {
  kHasValue = 0,
  kNotAvailable,
  kNotApplicable,
  kZeroDenominator,
  kSuppressed,
  kLowReliability,
  kExcluded
};
// 16 is the seam's QD_WHOLE_AREA, which is not kept.
enum FactFlag : std::uint32_t {
  kProvisional = 1,
  kIndicative = 2,
  kPartial = 4,
  kWeighted = 8,
  kImplausible = 32  // cannot be right by what it means, e.g. a share over 100 %
};

std::string_view to_text(NullReason reason);  // "", "not_available", "zero_denominator", …
std::string_view mark(NullReason reason);     // "", "[x]", "[z]", "[u]", "[c]", …
std::vector<std::string> flag_texts(std::uint32_t flags);  // {"provisional", "partial"}

// What a figure says. numerator and denominator are exact; value, interval and display text are
// derived from them in one place, below, and nowhere else.
struct FactValue {
  Number numerator;
  std::optional<Number> denominator;       // nullopt: a count
  std::optional<std::int64_t> n;           // cases or unweighted answers
  std::optional<std::int64_t> population;  // of which n is a sample
  NullReason null_reason = NullReason::kHasValue;
  std::uint32_t flags = 0;
  // The value where the parts are rounded and do not give it; it is never kept. nullopt: they do.
  std::optional<Number> stated = std::nullopt;

  bool operator==(const FactValue&) const = default;
};

// One figure.
struct Fact : FactValue {
  std::int64_t id = 0;  // run * 2^24 + position in the run
  std::int64_t run = 0;
  std::string indicator;
  int version = 1;  // of the definition
  std::string area;
  std::string period;  // id of the period of the run
  Reading reading = Reading::kQuarter;
  std::string breakdown;  // "" for the total
  // Who a distinct count counts, ascending: codes of the run's dictionary, then numbers of the
  // store. Only on its way there; a fact that is read has none.
  std::vector<std::uint32_t> members = {};
};

// Facts of a run are numbered run * kFactsPerRun + position, so there is room for exactly so many.
constexpr std::int64_t kFactsPerRun = std::int64_t{1} << 24;
constexpr bool fits_in_a_run(std::size_t n_facts) {
  return n_facts <= static_cast<std::size_t>(kFactsPerRun);
}

// The exact value; nullopt when there is none (null_reason, or a denominator of 0).
std::optional<Ratio> value(const FactValue& fact, const Definition& definition);

// "77.3", or the mark in brackets when there is no value.
std::string display(const FactValue& fact, const Definition& definition);

// Unrounded value as decimal text, half-up at ten decimals without trailing zeros; "" for none.
std::string exact_text(const FactValue& fact, const Definition& definition);

// What the regulator asks of a survey (domain: sample size and accuracy), from n and population.
struct SampleAccuracy {
  double margin_percent;   // 100 * z * sqrt(0.25/n * (N-n)/(N-1)), z = 1.96; 0 for a full census
  double required_sample;  // n0*N/(N+n0), unrounded
  double required_margin_percent;  // 5, 4, 3 or 2 by population
};
// nullopt unless the definition asks for it and 0 < n <= population.
std::optional<SampleAccuracy> sample_accuracy(const FactValue& fact, const Definition& definition);

// What became of a figure since an instant; kNone: it was not asked.
enum class Change { kNone = 0, kNew, kChanged, kWithdrawn };
std::string_view to_text(Change change);  // "", "new", "changed", "withdrawn"

// A figure as it is read. What it points to is there for as long as the call that hands it out.
struct FigureView {
  std::int64_t id = 0, run = 0;
  std::string_view indicator, area, period, breakdown;  // as in Fact
  int version = 1;
  Reading reading = Reading::kQuarter;
  FactValue value;
  const Definition* definition = nullptr;  // that it was made with; never null once read
  Change change = Change::kNone;
};
FigureView view_of(const Fact& fact, const Definition& definition);
Fact fact_of(const FigureView& figure);

struct Area {
  std::string code;
  std::string name;
  std::string kind;    // landlord | region | neighbourhood | estate | block
  std::string parent;  // empty: a root
  Date valid_from{};
  std::optional<Date> valid_until;
};

}  // namespace qd
