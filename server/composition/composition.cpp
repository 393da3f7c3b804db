#include "server/composition/composition.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/calendar/zone.hpp"
#include "core/families/names.hpp"
#include "core/reading/seals/audit_check.hpp"
#include "core/tables/load_order.hpp"
#include "core/tables/shipped_tables.hpp"
#include "core/text/nearest.hpp"
#include "jobs/schedules.hpp"
#include "server/composition/actor.hpp"
#include "server/composition/family_settings.hpp"
#include "server/composition/return_plan.hpp"

namespace qd::composition {
namespace {

// An embedded database needs its folder before it can be made.
Result<void> make_state_directory(const Configuration& configuration) {
  std::error_code error;
  std::filesystem::create_directories(configuration.state_directory, error);
  if (!error) return {};
  return fail(ErrorCode::kStoreUnavailable,
              fmt::format("cannot make the folder {}: {}", configuration.state_directory.string(),
                          error.message()),
              "set QUARTERDAY_STATE to a folder that can be written");
}

// Deliveries keep where they went: that must not depend on where a command was typed.
std::string delivery_path(const Configuration& configuration) {
  std::error_code unknown;
  const auto absolute = std::filesystem::absolute(configuration.delivery_directory, unknown);
  return unknown ? configuration.delivery_directory.string() : absolute.lexically_normal().string();
}

std::vector<Area> landlords_with_areas(const std::vector<Area>& areas) {
  std::set<std::string> parents;
  for (const auto& area : areas) parents.insert(area.parent);
  std::vector<Area> found;
  for (const auto& area : areas)
    if (area.kind == "landlord" && parents.count(area.code) != 0) found.push_back(area);
  return found;
}

tl::unexpected<Error> unclear_landlord(const std::vector<Area>& candidates) {
  std::vector<std::string> codes;
  codes.reserve(candidates.size());
  for (const auto& area : candidates) codes.push_back(area.code);
  return fail(ErrorCode::kReturnUnknown,
              codes.empty() ? "no landlord has areas below it, so whose return it is is not clear"
                            : fmt::format("several landlords have areas below them: {}",
                                          fmt::join(codes, ", ")),
              "set 'landlord' in quarterday.toml to the code of one");
}

// Of the tables that ship, then of these.
std::vector<std::string> names_of(std::vector<TableSpec> declared) {
  std::vector<std::string> names;
  for (const auto& table : tables::shipped_tables()) names.push_back(table.name);
  for (const auto& table : tables::in_load_order(std::move(declared))) names.push_back(table.name);
  return names;
}

}  // namespace

Result<Configuration> configure(const CommonOptions& options) {
  auto surroundings = real_surroundings();
  const auto environment = surroundings.environment;
  surroundings.environment = [&](const std::string& name) -> std::optional<std::string> {
    if (name == "QUARTERDAY_DATABASE" && options.database) return options.database;
    if (name == "QUARTERDAY_STATE" && options.state_directory) return options.state_directory;
    if (name == "QUARTERDAY_FAMILIES" && options.family_directory) return options.family_directory;
    return environment(name);
  };
  return load_configuration(options.configuration_file, surroundings);
}

Result<std::unique_ptr<House>> House::open(const CommonOptions& options) {
  auto configuration = configure(options);
  if (!configuration) return fail(configuration.error());
  if (auto made = make_state_directory(*configuration); !made) return fail(made.error());
  std::unique_ptr<House> house(new House());
  house->configuration_ = std::move(*configuration);
  if (auto opened = house->open_database(options.command); !opened) return fail(opened.error());
  house->engine_ = std::make_unique<compute::Engine>(house->stores(), house->clock_,
                                                     house->configuration_.family_directory,
                                                     house->configuration_.worker);
  if (auto checked = house->check_family_settings(); !checked) return fail(checked.error());
  return house;
}

Result<void> House::check_family_settings() {
  if (configuration_.family_settings.empty()) return {};
  const auto families = engine_->families();
  if (!families) return fail(families.error());
  return composition::check_family_settings(configuration_.family_settings, *families);
}

compute::EngineStores House::stores() {
  return {database_->observations(), database_->runs(),     database_->figures(),
          database_->catalogue(),    database_->families(), database_->members()};
}

// Only a file of our own is made without being asked for: a server's database has another owner.
Result<void> House::open_database(const std::string& command) {
  const auto url = configuration_.database_url();
  if (!url) return fail(url.error());
  new_database_ = orm::unmade_embedded_file(*url);
  if (new_database_)
    if (auto made = orm::migrate_database(*url); !made) return fail(made.error());
  auto opened = orm::open_database(*url, who_acts(command));
  if (!opened) return fail(opened.error());
  database_ = std::move(*opened);
  seals_ = std::make_unique<reading::seals::Seals>(database_->audit(), database_->figures());
  return {};
}

Result<void> House::note_settings() {
  const std::string subject = "settings of " + machine(), content = configuration_.said_text();
  const auto before = database_->audit().newest(subject);
  if (!before) return fail(before.error());
  if (*before && (*before)->content == content) return {};
  return database_->audit().add({Act::kSettingsChanged, subject, content, clock_.now()});
}

Result<AuditReport> House::check_audit(const std::optional<AuditAnchor>& anchor) {
  reading::seals::Seals seals(database_->audit(), database_->figures());
  return reading::seals::check_audit(
      {database_->audit(), database_->runs(), database_->keys(), database_->returns(), seals},
      anchor);
}

Result<jobs::ReturnSubject> House::subject() {
  const auto areas = database_->catalogue().areas();
  if (!areas) return fail(areas.error());
  auto candidates = landlords_with_areas(*areas);
  if (!configuration_.landlord.empty())
    std::erase_if(candidates, [&](const Area& a) { return a.code != configuration_.landlord; });
  if (candidates.empty() && !configuration_.landlord.empty())
    return fail(ErrorCode::kReturnUnknown,
                fmt::format("'{}', set as landlord, is no landlord that has areas below it",
                            configuration_.landlord),
                "see `areas` for the codes of landlords, or leave the setting out");
  if (candidates.size() != 1) return unclear_landlord(candidates);
  const auto& landlord = candidates.front();
  const auto& name = configuration_.organisation;
  return jobs::ReturnSubject{landlord.code, name.empty() ? landlord.name : name};
}

// Always anew: what was computed while the period ran, or before a correction came, is no return.
// A last quarter is shown beside its year, which is a period of its own.
Result<std::vector<returns::NotPrepared>> House::compute(const Period& period) {
  NoProgress progress;
  std::vector<Period> periods = {period};
  if (const auto year = period.year_it_ends()) periods.push_back(*year);
  std::vector<returns::NotPrepared> failed;
  for (const Period& one : periods) {
    const auto outcomes =
        engine_->compute(compute::ComputeRequest{one, {}, std::nullopt}, progress);
    if (!outcomes) return fail(outcomes.error());
    for (const auto& outcome : *outcomes) {
      if (!outcome.error) continue;
      const std::string reason = failure_text(outcome.run);
      failed.push_back({outcome.run.family, one == period ? reason : one.id() + ": " + reason});
    }
  }
  return failed;
}

Result<void> House::ensure_schedules() {
  const auto today = calendar::to_local(clock_.now());
  if (!today) return fail(today.error());
  const auto first_owed = Period::quarter_of(today->date).previous().id();
  const auto added = database_->schedules().add(jobs::executive_quarterly(first_owed));
  if (!added) return fail(added.error());
  return {};
}

std::unique_ptr<jobs::ReturnJob> House::return_job() {
  return std::make_unique<jobs::ReturnJob>(jobs::ReturnJobParts{
      .sources = {database_->runs(), database_->figures(), database_->catalogue(), seals_.get()},
      .returns = database_->returns(),
      .deliveries = database_->deliveries(),
      .files = files_,
      .clock = clock_,
      .subject = [this] { return subject(); },
      .delivery_folder = delivery_path(configuration_),
      .prepare = [this](const Period& period) { return compute(period); },
      .lease = configuration_.lease,
      .plan = [this] { return return_plan(); }});
}

Result<jobs::PlannedReturn> House::return_plan() {
  const auto families = engine_->families();
  if (!families) return fail(families.error());
  return planned_return(configuration_.return_plan, *families, database_->catalogue());
}

Result<jobs::DeliveryFolder> House::delivery_folder() {
  return jobs::look_at_delivery_folder(files_, delivery_path(configuration_));
}

Result<std::vector<TableSpec>> House::declared_tables() {
  const auto families = engine_->families();
  if (!families) return fail(families.error());
  std::vector<TableSpec> declared;
  for (const auto& listing : *families) {
    if (!listing.family) continue;
    for (const auto& table : listing.family->tables) declared.push_back(table);
  }
  return declared;
}

Result<std::map<std::string, std::string>> House::declared_codes() {
  const auto registered = database_->families().registered_families();
  if (!registered) return fail(registered.error());
  std::map<std::string, std::string> owners;
  for (const auto& family : families::shipped_families())
    for (const auto& code : family.codes) owners[code] = family.id;
  for (const auto& family : *registered)
    for (const auto& code : family.codes) owners[code] = family.id;
  return owners;
}

Result<TableSpec> House::table(const std::string& name) {
  if (const auto* shipped = tables::shipped_table(name)) return *shipped;
  const auto declared = declared_tables();
  if (!declared) return fail(declared.error());
  for (const auto& table : *declared)
    if (table.name == name) return table;  // taken in, so there is room for it in the store
  return fail(ErrorCode::kTableUnknown, fmt::format("there is no table '{}'", name),
              text::nearest_hint(name, names_of(*declared)));
}

Result<std::vector<std::string>> House::table_names() {
  auto declared = declared_tables();
  if (!declared) return fail(declared.error());
  return names_of(*std::move(declared));
}

}  // namespace qd::composition
