#include "core/model/run_seal.hpp"

#include <algorithm>

#include "core/model/digest.hpp"

namespace qd {
namespace {

std::optional<std::int64_t> millionths(const std::optional<Number>& number) {
  return number ? std::optional(number->millionths) : std::nullopt;
}

// Field by field with its name, but for those that say nothing: a field that a later program knows
// leaves the seals of before as they are.
std::string digest_of(const Definition& definition) {
  static const std::vector<std::string> nothing = [] {
    std::vector<std::string> texts;
    for_each_field(Definition{}, [&](const DefinitionField&, const auto& value) {
      texts.push_back(field_text(value));
    });
    return texts;
  }();
  SealedText all;
  std::size_t at = 0;
  for_each_field(definition, [&](const DefinitionField& field, const auto& value) {
    const std::string text = field_text(value);
    if (text == nothing[at++]) return;
    all.add(std::string_view(field.name));
    all.add(text);
  });
  all.add(std::int64_t{definition.captured});
  all.add(std::int64_t{definition.revision});
  return sha256(all.text());
}

void add_run(SealedText& text, const Run& run) {
  text.add(run.id);
  for (const auto* part : {&run.family, &run.family_version, &run.abi, &run.library_sha256,
                           &run.period, &run.reason, &run.input_digest})
    text.add(*part);
  text.add(static_cast<std::int64_t>(run.failure));
  for (const auto number :
       {run.input_rows, run.n_facts, milliseconds(run.as_of), milliseconds(run.started_at)})
    text.add(number);
  text.add(run.finished_at ? std::optional(milliseconds(*run.finished_at)) : std::nullopt);
  for (const RunNote& note : run.notes) {
    text.add(note.message);
    text.add(note.count);
    text.add(static_cast<std::int64_t>(note.severity));
  }
}

}  // namespace

std::string FigureSealer::digest(const FigureView& figure) {
  auto& definition = definitions_[figure.definition];
  if (definition.empty()) definition = digest_of(*figure.definition);
  text_.clear();
  text_.add(definition);
  for (const auto part : {figure.indicator, figure.area, figure.period, figure.breakdown})
    text_.add(part);
  const FactValue& value = figure.value;
  for (const std::int64_t number :
       {figure.id, figure.run, std::int64_t{figure.version},
        static_cast<std::int64_t>(figure.reading), value.numerator.millionths,
        static_cast<std::int64_t>(value.null_reason), std::int64_t{value.flags}})
    text_.add(number);
  text_.add(millionths(value.denominator));
  text_.add(value.n);
  text_.add(value.population);
  return sha256(text_.text());
}

void RunSealer::take_members(std::int64_t figure, std::string_view members) {
  SealedText text;
  text.add(figure);
  text.add(members);
  members_.emplace_back(figure, sha256(text.text()));
}

RunSeal RunSealer::seal(const Run& run) {
  std::sort(figures_.begin(), figures_.end());
  std::sort(members_.begin(), members_.end());
  RunSeal seal;
  SealedText all;
  add_run(all, run);
  Sha256 digest;
  digest.add(all.text());
  for (const auto& [number, figure] : figures_) {
    digest.add(figure);
    seal.marks += figure.substr(0, RunSeal::kMark);
  }
  for (const auto& [number, members] : members_) digest.add(members);
  seal.digest = digest.finish();
  return seal;
}

}  // namespace qd
