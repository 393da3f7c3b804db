#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "core/ports/figures/figure_store.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

class SqlFigureStore final : public FigureStore {
 public:
  explicit SqlFigureStore(Pool& pool) : pool_(pool) {}

  Result<std::vector<Figure>> facts(const FactQuery& query) override;
  Result<std::optional<Figure>> fact(std::int64_t id) override;
  Result<std::vector<std::string>> periods() override;
  Result<void> scan(std::int64_t run, FigureSink& sink) override;
  Result<void> members(const std::vector<std::int64_t>& figures, const MembersSink& sink) override;
  Result<void> scan_members(std::int64_t run, const MembersSink& sink) override;
  Result<std::int64_t> data_version() override;

 private:
  using DefinitionRows = std::map<std::int64_t, std::shared_ptr<const Definition>>;
  Result<std::vector<Figure>> read_figures(SqlConnection& connection, const std::string& sql,
                                           const std::vector<Value>& values);
  // Rows of definitions by number. They never change, so what was read once is kept.
  std::shared_ptr<const DefinitionRows> definition_rows(std::int64_t needed);

  Pool& pool_;
  std::mutex mutex_;
  std::shared_ptr<const DefinitionRows> known_definitions_;
};

}  // namespace qd::orm
