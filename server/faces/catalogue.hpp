// Everything that is listed, as tables: the same for REST and for the command line.
#pragma once

#include <optional>
#include <vector>

#include "core/model/family.hpp"
#include "core/model/run.hpp"
#include "core/ports/figure_query.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/reading_log.hpp"
#include "core/ports/return_store.hpp"
#include "jobs/scheduler.hpp"
#include "server/formats/text_table.hpp"

namespace qd::faces {

formats::TextTable indicator_table(const std::vector<Definition>& definitions,
                                   const std::vector<DefinitionLink>& links);
formats::TextTable link_table(const std::vector<DefinitionLink>& links);
formats::TextTable area_table(const std::vector<Area>& areas);
formats::TextTable period_table(const std::vector<std::string>& ids);
formats::TextTable family_table(const std::vector<FamilyListing>& listings);
// What is told of a run. kOutline: nothing that is counted over all areas, or says why.
enum class RunDetail { kAll, kOutline };
formats::TextTable run_table(const std::vector<Run>& runs, RunDetail detail = RunDetail::kAll);
formats::TextTable return_table(const std::vector<ReturnRun>& returns);
formats::TextTable key_table(const std::vector<ApiKey>& keys);
formats::TextTable reading_table(const std::vector<RecordReading>& readings);
// What is due comes from `view`.
formats::TextTable schedule_table(const std::vector<Schedule>& schedules,
                                  const jobs::SchedulerView& view);

}  // namespace qd::faces
