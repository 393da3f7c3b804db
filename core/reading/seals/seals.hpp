// Compares figures with the seal that their run was given when it completed.
#pragma once

#include <optional>
#include <string>

#include "core/ports/audit_log.hpp"
#include "core/ports/figures/figure_store.hpp"
#include "core/ports/run_verifier.hpp"

namespace qd::reading::seals {

class Seals final : public RunVerifier {
 public:
  Seals(AuditLog& audit, FigureStore& figures) : audit_(audit), figures_(figures) {}

  Result<std::optional<AuditAnchor>> verify(const Run& run) override;
  // What is not as it was sealed, in a sentence; nullopt: nothing. The seal is the one of the
  // entry: whoever changes both finds the chain of entries broken. Errors: kStoreUnavailable.
  Result<std::optional<std::string>> difference(const Run& run, const std::string& digest);

 private:
  Result<std::string> which_figures(const Run& run);

  AuditLog& audit_;
  FigureStore& figures_;
};

}  // namespace qd::reading::seals
