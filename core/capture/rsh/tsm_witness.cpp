#include "core/capture/rsh/tsm_witness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace qd::capture::rsh {
namespace {

// One figure of one line, as published and as its counts give it.
struct Testimony {
  enum class Says { kNothing, kAgrees, kDiffers } says = Says::kNothing;
  bool telling = false;  // neither 0 nor all: those agree by chance, too many landlords have them
  std::string sentence;  // "published as 99.9, and its figures give 100.0"
};

std::string shown(Number number, int decimals) {
  return Ratio(number.millionths, Number::kScale).rounded(decimals);
}

Testimony hear(const TsmFigure& published, const std::optional<Ratio>& given, int decimals,
               WithoutFigures without) {
  using Says = Testimony::Says;
  if (!published.number && published.mark == '\0') return {};
  if (!published.number) {
    if (!given) return {};
    return {Says::kDiffers, false,
            fmt::format("published as [{}], and its figures give {}", published.mark,
                        given->rounded(decimals))};
  }
  const std::string text = shown(*published.number, decimals);
  if (!given) {
    const bool nothing = published.number->millionths == 0 && without != WithoutFigures::kMark;
    return {Says::kNothing, false,
            nothing ? "" : fmt::format("published as {}, and its figures give none", text)};
  }
  const bool telling = published.number->millionths > 0 && *published.number != Number::of(100);
  if (given->rounded(decimals) == text) return {Says::kAgrees, telling, {}};
  return {Says::kDiffers, telling,
          fmt::format("published as {}, and its figures give {}", text, given->rounded(decimals))};
}

// What all lines together say of one measure.
struct Verdict {
  std::size_t agree = 0, differ = 0, telling_agree = 0, telling = 0;
  std::size_t given = 0;  // lines whose counts give a figure
  std::string example;    // of a line that differs

  void add(const Testimony& heard, bool gives, std::int64_t line) {
    given += gives ? 1 : 0;
    if (heard.says == Testimony::Says::kNothing) return;
    const bool agrees = heard.says == Testimony::Says::kAgrees;
    ++(agrees ? agree : differ);
    telling += heard.telling ? 1 : 0;
    telling_agree += heard.telling && agrees ? 1 : 0;
    if (!agrees && example.empty()) example = fmt::format("line {}: {}", line, heard.sentence);
  }

  std::size_t lines() const { return agree + differ; }
  // Three of four: single slips cost their own line, a column of something else costs the measure.
  bool agrees() const {
    return telling > 0 ? 4 * telling_agree >= 3 * telling : agree > 0 && differ == 0;
  }
};

// A measure of the sheet: how it is told apart, and what speaks against it.
struct Charge {
  std::string measure, tenure, doubt, published_doubt;
  bool published = false;  // whether there is a column of published figures
  int decimals = 1;
  bool as_fractions = false;  // published as 0.744 where 74.4 per cent is meant

  bool is_of(const TsmMeasure& one) const { return one.measure == measure && one.tenure == tenure; }
  bool is_of(const TsmTally& one) const { return one.measure == measure; }
};

// Why the measure is left out; empty: it is taken.
std::string objection(const Charge& charge, const Verdict& verdict) {
  if (!charge.doubt.empty() && !charge.published_doubt.empty()) {
    return fmt::format("{}, and of the published figure's heading the same is true: {}",
                       charge.doubt, charge.published_doubt);
  }
  const bool told = charge.doubt.empty() || verdict.telling > 0 || verdict.given == 0;
  if (verdict.agrees() && told) return {};
  if (verdict.agrees()) {
    return fmt::format("{}, and figures of none or of all do not tell", charge.doubt);
  }
  if (verdict.lines() > 0) {
    return fmt::format("its figures give what was published on {} of {} lines ({})", verdict.agree,
                       verdict.lines(), verdict.example);
  }
  if (charge.doubt.empty() || verdict.given == 0) return {};
  return fmt::format("{}, and {}", charge.doubt,
                     charge.published
                         ? "no published figure tells"
                         : "there is no column of published figures to hold it against");
}

class Hearing {
 public:
  Hearing(const std::string& sheet, const Layout& layout, std::vector<TsmLandlord>& landlords)
      : sheet_(sheet), layout_(layout), landlords_(landlords) {}

  void hold(const TsmMeasureColumns& columns);
  void hold(const TsmTallyColumns& columns, const std::string& tenure);
  std::vector<std::string> take_notes() { return std::move(notes_); }

 private:
  // figures: gives the list of a landlord in which the measure lies.
  template <class Figures>
  int decimals_shown(const Charge& charge, Figures figures) const;
  template <class Figures>
  int decimals_of(const Charge& charge, Figures figures) const;
  template <class Figures>
  bool is_in_fractions(const Charge& charge, Figures figures) const;
  template <class Figures>
  void judge(Charge charge, Figures figures);
  template <class Figure>
  Testimony heard(const Charge& charge, const Figure& one) const;
  bool is_unheard(const TsmLandlord&, const Charge&, const TsmMeasure&) { return false; }
  bool is_unheard(const TsmLandlord& landlord, const Charge& charge, const TsmTally& one);
  bool refuses(const TsmLandlord& landlord, const std::string& what, const Testimony& testimony);
  void note(std::string sentence) { notes_.push_back(std::move(sentence)); }

  const std::string& sheet_;
  const Layout& layout_;
  std::vector<TsmLandlord>& landlords_;
  std::vector<std::string> notes_;
};

// Where nobody says it: as the numbers of the column look.
template <class Figures>
int Hearing::decimals_shown(const Charge& charge, Figures figures) const {
  for (auto& landlord : landlords_) {
    for (const auto& one : figures(landlord)) {
      const auto& number = one.published.number;
      if (charge.is_of(one) && number && number->millionths % Number::kScale != 0) return 1;
    }
  }
  return 0;
}

template <class Figures>
int Hearing::decimals_of(const Charge& charge, Figures figures) const {
  if (charge.measure == "TP01_UNWEIGHTED") return decimals_shown(charge, figures);
  if (!is_complaint(charge.measure)) return 1;
  if (!layout_.whole_numbers) return decimals_shown(charge, figures);
  const auto& whole = *layout_.whole_numbers;
  return std::find(whole.begin(), whole.end(), charge.tenure) == whole.end() ? 1 : 0;
}

bool is_rate(std::string_view measure) {
  return measure.starts_with("NM01") || measure.starts_with("CH01");
}

// None is above 1, and one of them is that of counts that give more than 1 per cent.
template <class Figures>
bool Hearing::is_in_fractions(const Charge& charge, Figures figures) const {
  if (is_rate(charge.measure)) return false;
  bool clear = false;
  for (auto& landlord : landlords_) {
    for (const auto& one : figures(landlord)) {
      const auto& number = one.published.number;
      if (!charge.is_of(one) || !number) continue;
      if (number->millionths > Number::kScale) return false;
      const auto given = recompute(one);
      const bool some = number->millionths > 0 && number->millionths < Number::kScale;
      clear = clear || (some && given && given->rounded(0).size() > 1);
    }
  }
  return clear;
}

template <class Figure>
Testimony Hearing::heard(const Charge& charge, const Figure& one) const {
  TsmFigure published = one.published;
  if (charge.as_fractions && published.number) published.number->millionths *= 100;
  return hear(published, recompute(one), charge.decimals, layout_.without_figures);
}

template <class Figures>
void Hearing::judge(Charge charge, Figures figures) {
  charge.as_fractions = is_in_fractions(charge, figures);
  charge.decimals = charge.as_fractions ? 1 : decimals_of(charge, figures);
  Verdict verdict;
  for (auto& landlord : landlords_) {
    for (const auto& one : figures(landlord)) {
      if (!charge.is_of(one)) continue;
      verdict.add(heard(charge, one), recompute(one).has_value(), landlord.line);
    }
  }
  const std::string against = objection(charge, verdict);
  const std::string what = fmt::format("{} {}", charge.measure, charge.tenure);
  if (!against.empty()) note(fmt::format("{}: {} is left out: {}", sheet_, what, against));
  for (auto& landlord : landlords_) {
    std::erase_if(figures(landlord), [&](const auto& one) {
      if (!charge.is_of(one)) return false;
      return !against.empty() || refuses(landlord, what, heard(charge, one)) ||
             is_unheard(landlord, charge, one);
    });
  }
}

// Answers that may be rounded, without a published figure that says whether it matters.
bool Hearing::is_unheard(const TsmLandlord& landlord, const Charge& charge, const TsmTally& one) {
  const auto& rounded = layout_.rounded_answers;
  const bool may_be = std::find(rounded.begin(), rounded.end(), charge.tenure) != rounded.end() &&
                      one.weighted.value_or(true);
  if (!may_be || !recompute(one)) return false;
  if (heard(charge, one).says == Testimony::Says::kAgrees) return false;
  note(
      fmt::format("{} line {}, {} {} {}: its weighted answers are rounded, and no published figure "
                  "says what they give; left out",
                  sheet_, landlord.line, landlord.code, charge.measure, charge.tenure));
  return true;
}

bool Hearing::refuses(const TsmLandlord& landlord, const std::string& what,
                      const Testimony& testimony) {
  const bool differs = testimony.says == Testimony::Says::kDiffers;
  if (testimony.sentence.empty()) return differs;
  note(fmt::format("{} line {}, {} {}: {}{}", sheet_, landlord.line, landlord.code, what,
                   testimony.sentence, differs ? "; left out" : ""));
  return differs;
}

void Hearing::hold(const TsmMeasureColumns& columns) {
  const Charge charge{columns.measure, columns.tenure, columns.doubt, columns.published_doubt,
                      columns.published != kNoColumn};
  judge(
      charge, [](TsmLandlord & landlord) -> auto& { return landlord.measures; });
}

void Hearing::hold(const TsmTallyColumns& columns, const std::string& tenure) {
  const Charge charge{columns.measure, tenure, columns.doubt, columns.published_doubt,
                      columns.published != kNoColumn};
  judge(
      charge, [](TsmLandlord & landlord) -> auto& { return landlord.tallies; });
}

}  // namespace

std::vector<std::string> hold_against_published(const std::string& sheet, const TsmSheetKind& kind,
                                                const TsmColumns& columns, const Layout& layout,
                                                std::vector<TsmLandlord>& landlords) {
  Hearing hearing(sheet, layout, landlords);
  for (const auto& measure : columns.measures) hearing.hold(measure);
  for (const auto& tally : columns.tallies) hearing.hold(tally, kind.tenure);
  return hearing.take_notes();
}

}  // namespace qd::capture::rsh
