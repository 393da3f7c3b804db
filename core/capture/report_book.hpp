// Keeps an import's report while it grows: what was refused, and what is worth a look.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/capture/import.hpp"

namespace qd::capture {

class ReportBook {
 public:
  // Who is told each refusal; may be empty.
  void tell(std::function<void(const Refusal&)> each) { each_ = std::move(each); }

  // One line that is not taken, with everything that is wrong with it (at least one).
  void refuse_line(std::vector<Refusal> faults);
  void note(std::string sentence);
  void line_read() { ++report_.lines_read; }

  bool refused() const { return report_.lines_refused > 0; }

  // Ends the load as the options say, and gives the report. Errors: kStoreUnavailable.
  Result<ImportReport> close(Load& load, const ImportOptions& options);

  static constexpr std::size_t kMostRefusals = 10'000;
  static constexpr std::size_t kMostNotes = 1'000;

 private:
  void count(const Refusal& fault);

  ImportReport report_;
  std::function<void(const Refusal&)> each_;
  std::map<std::pair<ErrorCode, std::string>, std::size_t> causes_;  // place in report_.causes
  std::size_t more_notes_ = 0;
};

}  // namespace qd::capture
