// The host's side of one run, in the worker: lends a family its qd_run and collects what it says.
#pragma once

#include <quarterday/plugin.h>

#include <map>
#include <string>
#include <vector>

#include "core/worker/child/lent.hpp"
#include "core/worker/child/library.hpp"
#include "core/worker/child/part_audit.hpp"
#include "core/worker/child/parts.hpp"
#include "core/worker/wire/batch_frame.hpp"
#include "core/worker/wire/message.hpp"

namespace qd::worker::child {

// The texts of the run, as the family sees them: they stay where they are while it grows.
class RunTexts {
 public:
  // Bytes of a kTexts frame; keeps them. false: they are not such a frame.
  bool grow(std::vector<char> bytes);
  // Whoever kept a pointer into it reads rubbish from now on.
  void scribble();
  const char* const* data() const { return texts_.data(); }
  std::size_t size() const { return texts_.size(); }

 private:
  std::vector<std::vector<char>> blocks_;
  std::vector<const char*> texts_;
};

// Keeps what part of which fact a record went into, for the one fact that is asked for.
class Tracer {
 public:
  Tracer(const worker::wire::TraceWanted& wanted, const Family& family, const AreaTree& areas);
  void trace(const qd_fact& part, std::uint32_t input, std::int64_t row);
  // The records that are in the figure: not those of areas that one above was counted without.
  worker::wire::TraceAnswer answer(const PartTable& parts);

 private:
  static constexpr std::size_t kMostRows = 10'000;  // that are told one by one
  void drop_repeats();
  std::vector<std::uint32_t> areas_in(const PartTable& parts) const;

  struct Said {
    std::uint32_t area;
    worker::wire::TracedRow row;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 inside <=> for a pointer
    friend auto operator<=>(const Said&, const Said&) = default;
  };

  const worker::wire::TraceWanted& wanted_;
  const AreaTree& areas_;
  std::vector<std::uint32_t> first_input_;  // by input: the first one of the same table
  std::vector<Said> said_;
  std::size_t settled_ = 0;
};

// begin, consume*, finish, in this order, once each. After an error nothing more is called but the
// destructor. Errors: kFamilyFailed, kFamilyRubbish, kFamilyFlooded; each begins with a verb.
class FamilyRun {
 public:
  FamilyRun(const qd_family& entry, const worker::wire::RunRequest& request);
  ~FamilyRun();
  FamilyRun(const FamilyRun&) = delete;
  FamilyRun& operator=(const FamilyRun&) = delete;

  Result<void> begin();
  bool grow_texts(std::vector<char> bytes) { return texts_.grow(std::move(bytes)); }
  Result<void> consume(std::span<const char> batch);
  Result<void> finish();

  // After finish. Each once.
  Result<std::vector<worker::wire::FactRow>> roll_up();
  std::vector<worker::wire::RowMembers> members() { return parts_.take_members(); }  // after that
  const std::vector<std::string>& breakdowns() const { return parts_.breakdowns(); }
  std::vector<RunNote> notes() const;  // findings first, by message
  std::optional<worker::wire::TraceAnswer> trace();
  bool is_traced() const { return tracer_.has_value(); }  // for the rows of one figure

 private:
  static const char* option(const qd_run* run, const char* key);
  static qd_status emit(const qd_run* run, const qd_fact* facts, std::size_t n_facts,
                        std::size_t stride);
  static void note(const qd_run* run, const char* message);
  static void finding(const qd_run* run, const char* message);
  static void fail_run(const qd_run* run, const char* message);
  static int cancelled(const qd_run* run);
  static void trace_row(const qd_run* run, const qd_fact* part, std::uint32_t input,
                        std::int64_t row);
  static const void* extension(const qd_run* run, const char* id);
  static FamilyRun& self(const qd_run* run) { return *static_cast<FamilyRun*>(run->host); }

  void lend();
  const qd_batch& lend(const worker::wire::BatchView& view);
  void add_note(NoteSeverity severity, std::string message);
  void object(std::string what);
  Result<void> judged(Result<qd_status> status);
  void end();

  const qd_family entry_;
  const worker::wire::RunRequest& request_;
  std::vector<std::vector<ColumnType>> types_;  // by input
  PartTable parts_;
  RunTexts texts_;
  std::optional<Tracer> tracer_;
  std::optional<PartAudit> audit_;
  std::map<std::pair<NoteSeverity, std::string>, std::int64_t> notes_;
  std::int64_t further_notes_ = 0;
  std::string reason_;              // what the family said in fail()
  std::optional<Error> objection_;  // the first thing the host could not accept
  LentLists lists_;
  std::vector<Lent<qd_column>> columns_;  // of the batch at hand
  Lent<qd_batch> batch_{};
  std::vector<std::int64_t> no_rows_;
  Lent<qd_run> run_{};
  void* state_ = nullptr;
  bool begun_ = false;
};

}  // namespace qd::worker::child
