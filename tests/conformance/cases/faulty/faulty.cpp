// Breaks one rule of the seam, which the option `fault` names; without it, it counts rows.
#include <cstdlib>
#include <quarterday/family.hpp>
#include <string>
#include <vector>

#include "faulty_names.hpp"

namespace {

namespace q = quarterday;

using namespace faulty_names;

class Faulty final : public q::Family {
  void begin() override { fault_ = option("fault").value_or(""); }

  void batch(const q::Batch& batch) override {
    if (fault_ == "counts batches" && batch.size() > 0)
      count({indicator::hits, 0, batch.codes(rows::area)[0]}, {1, 0}, batch.source(0));
    else
      q::Family::rows(batch);
  }

  void row(const q::Row& row) override {
    const auto area = row.code(rows::area);
    const auto hits = row.integer(rows::hits);
    if (fault_ == "crashes") std::abort();
    if (fault_ == "crashes when it is explained" && tracing()) std::abort();
    if (fault_ == "hangs")
      for (volatile unsigned turn = 0;; turn = turn + 1) {
      }
    if (fault_ == "throws") throw q::BadInput("this cannot be");
    if (fault_ == "keeps pointers") kept_ = row.text(rows::area).value_or("").data();
    if (fault_ == "last row wins") last_ = hits.value_or(0), remember(last_area_ = *area);
    if (fault_ == "names no rows")
      return count({indicator::hits, 0, *area}, {hits.value_or(0), 0}, q::Source{});
    if ((fault_.empty() || fault_ == "crashes when it is explained") && hits)
      count({indicator::hits, 0, *area}, {*hits, 0});
  }

  void finish() override {
    if (fault_ == "last row wins")
      count({indicator::hits, 0, last_area_}, {last_, 0}, q::Source{0, 1});
    if (fault_ == "keeps pointers" && kept_ != nullptr) note(std::string("last seen ") + kept_);
    if (fault_ == "unknown reading") emit_odd(9, "");
    if (fault_ == "unsorted breakdown") emit_odd(0, "b=1;a=2");
  }

  void emit_odd(std::uint32_t reading, const char* breakdown) {
    qd_fact fact = {};
    fact.reading = reading;
    fact.area = "A";
    fact.breakdown = breakdown;
    fact.n = fact.population = -1;
    emit({fact});
  }

  std::string fault_;
  const char* kept_ = nullptr;
  std::int64_t last_ = 0;
  q::Code last_area_ = 0;
};

}  // namespace

QUARTERDAY_FAMILY(Faulty, kId, kVersion)
