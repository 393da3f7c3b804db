#include "core/returns/return.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/model/digest.hpp"
#include "core/render/xlsx.hpp"
#include "core/returns/content/contents.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns {
namespace {

// "Executive" -> "executive", "Board and tenants" -> "board-and-tenants".
std::string file_part(const std::string& words) {
  std::string part;
  for (const unsigned char letter : words) {
    if (std::isalnum(letter)) {
      part += static_cast<char>(std::tolower(letter));
    } else if (!part.empty() && part.back() != '-') {
      part += '-';
    }
  }
  while (part.ends_with('-')) part.pop_back();
  return part.empty() ? "return" : part;
}

std::string run_list(const content::ReturnContents& contents) {
  std::string list;
  for (const Run& run : contents.runs) list += (list.empty() ? "" : ",") + std::to_string(run.id);
  return list;
}

// When the figures were known; of a request that does not say, when the newest run ended.
Instant created(const content::ReturnContents& contents) {
  Instant newest = contents.request.as_of;
  if (newest != Instant{}) return newest;
  for (const Run& run : contents.runs) newest = std::max(newest, run.finished_at.value_or(newest));
  return newest;
}

render::Form form_of(const content::ReturnContents& contents) {
  const ReturnRequest& request = contents.request;
  render::Form form;
  form.title = fmt::format("{}, {}", sheets::return_title(contents),
                           content::words::period(contents.period()));
  form.subject = fmt::format("{}, {}", request.organisation, contents.period().id());
  form.author = request.organisation;
  form.keywords = contents.plan->keywords;
  form.comments = fmt::format("Revision {}. Made by Quarterday.", request.revision);
  form.properties = {{"Period", contents.period().id()},
                     {"Area", contents.landlord()},
                     {"Revision", std::to_string(request.revision)},
                     {"Figures as known at", to_text(created(contents))},
                     {"Runs", run_list(contents)}};
  form.created = created(contents);
  form.sheets = sheets::sheets_of(contents);
  return form;
}

}  // namespace

Result<BuiltReturn> build_return(const ReturnSources& sources, const ReturnRequest& request) {
  const auto contents = content::gather(sources, request);
  if (!contents) return fail(contents.error());
  auto workbook = render::render_xlsx(form_of(*contents));
  if (!workbook) return fail(workbook.error());
  BuiltReturn built;
  built.file_name = fmt::format("{}-{}-r{}.xlsx", file_part(request.audience), request.period.id(),
                                request.revision);
  built.sha256 = sha256(*workbook);
  built.workbook = std::move(*workbook);
  for (const Run& run : contents->runs) built.fact_runs.push_back(run.id);
  return built;
}

}  // namespace qd::returns
