#pragma once

#include <map>
#include <mutex>

#include "core/ports/fact_store.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/family_register.hpp"

namespace qd::orm {

class SqlFactStore final : public FactStore {
 public:
  SqlFactStore(Gateway& gateway, Pool& pool) : gateway_(gateway), pool_(pool) {}

  Result<std::int64_t> begin_run(const Run& run, Instant lease_until) override;
  Result<void> complete_run(const Run& run, const std::vector<Definition>& definitions,
                            std::vector<Fact>& facts) override;
  Result<void> fail_run(const Run& run) override;
  Result<int> sweep_runs(Instant now) override;

  Result<std::vector<Run>> runs(std::optional<std::string> family,
                                std::optional<std::string> period) override;
  Result<std::optional<Run>> run(std::int64_t id) override;
  Result<std::vector<Figure>> facts(const FactQuery& query) override;
  Result<std::optional<Figure>> fact(std::int64_t id) override;
  Result<std::int64_t> data_version() override;
  Result<std::vector<Definition>> definitions(std::optional<Instant> as_of) override;
  Result<std::vector<DefinitionLink>> links(std::optional<Instant> as_of) override;
  Result<std::vector<Area>> areas(std::optional<Instant> as_of) override;
  Result<std::vector<std::string>> periods() override;
  Result<std::vector<RegisteredFamily>> registered_families() override {
    return orm::registered_families(pool_);
  }
  Result<std::vector<Definition>> take_in(const Family& family, Instant now) override {
    return orm::take_in(pool_, family, now);
  }

 private:
  using DefinitionRows = std::map<std::int64_t, Definition>;
  Result<std::vector<Figure>> read_figures(SqlConnection& connection, const std::string& sql,
                                           const std::vector<Value>& values);
  // Rows of definitions by number. They never change, so what was read once is kept.
  std::shared_ptr<const DefinitionRows> definition_rows(std::int64_t needed);

  Gateway& gateway_;
  Pool& pool_;
  std::mutex mutex_;
  std::shared_ptr<const DefinitionRows> known_definitions_;
};

}  // namespace qd::orm
