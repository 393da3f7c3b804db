// Everything that is listed, as tables: the same for REST and for the command line.
#pragma once

#include <optional>
#include <vector>

#include "core/host/family.hpp"
#include "core/model/run.hpp"
#include "core/ports/fact_store.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/return_store.hpp"
#include "jobs/scheduler.hpp"
#include "server/text_table.hpp"

namespace qd {

TextTable indicator_table(const std::vector<Definition>& definitions,
                          const std::vector<DefinitionLink>& links);
TextTable area_table(const std::vector<Area>& areas);
TextTable period_table(const std::vector<std::string>& ids);
TextTable family_table(const std::vector<FamilyListing>& listings);
TextTable run_table(const std::vector<Run>& runs);
TextTable return_table(const std::vector<ReturnRun>& returns);
TextTable key_table(const std::vector<ApiKey>& keys);
// What is due comes from `view`.
TextTable schedule_table(const std::vector<Schedule>& schedules, const SchedulerView& view);

}  // namespace qd
