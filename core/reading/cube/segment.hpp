// The figures of one run in memory, by columns. A run never changes, so neither does its segment.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/model/run.hpp"
#include "core/ports/figure_query.hpp"
#include "core/reading/cube/packed_column.hpp"
#include "core/reading/figure_columns.hpp"

namespace qd::reading::cube {

// Texts that repeat, by number. Once they are put in order the numbers sort as the texts do.
class SortedTexts {
 public:
  SortedTexts() = default;
  // Gives, by old number, the new one.
  std::vector<std::uint32_t> put_in_order(std::vector<std::string> texts);

  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }
  std::size_t bytes() const;

 private:
  std::vector<std::string> texts_;
};

// In the order of facts: definition (by code and version), area, reading, breakdown.
class Segment {
 public:
  std::int64_t run() const { return run_; }
  const std::string& family() const { return family_; }
  const std::string& period() const { return period_; }
  std::uint32_t size() const { return starts_.back(); }

  std::uint32_t n_definitions() const { return static_cast<std::uint32_t>(definitions_.size()); }
  const Definition& definition(std::uint32_t number) const { return *definitions_[number]; }
  // Places [begin, end) of what a definition made.
  std::uint32_t begin_of(std::uint32_t definition) const { return starts_[definition]; }
  std::uint32_t end_of(std::uint32_t definition) const { return starts_[definition + 1]; }

  const SortedTexts& areas() const { return areas_; }
  const SortedTexts& breakdowns() const { return breakdowns_; }
  std::uint32_t area_at(std::uint32_t place) const {
    return static_cast<std::uint32_t>(area_[place]);
  }
  std::uint32_t breakdown_at(std::uint32_t place) const {
    return static_cast<std::uint32_t>(breakdown_[place]);
  }
  Reading reading_at(std::uint32_t place) const { return static_cast<Reading>(reading_[place]); }

  // `definition` is the one whose places it is among.
  FigureView view(std::uint32_t place, std::uint32_t definition) const;
  // So that a view of it soon after does not wait for memory column by column.
  void prefetch(std::uint32_t place) const;
  // Figures [begin, begin + into.size), of one definition. Areas and breakdowns by their numbers
  // here.
  void copy(std::uint32_t begin, FigureColumns& into) const;
  std::size_t bytes() const;  // in memory, without definitions

 private:
  friend class SegmentBuilder;

  std::int64_t run_ = 0;
  std::string family_, period_;
  std::vector<std::shared_ptr<const Definition>> definitions_;
  std::vector<std::uint32_t> starts_ = {0};  // by definition, and the end
  SortedTexts areas_, breakdowns_;
  PackedColumn area_, reading_, breakdown_, position_, numerator_, null_reason_, flags_;
  PackedMaybeColumn denominator_, n_, population_;
};

// Definitions that several segments share.
class DefinitionPool {
 public:
  std::shared_ptr<const Definition> shared(const Definition& definition);

 private:
  std::unordered_map<std::string, std::vector<std::shared_ptr<const Definition>>> by_code_;
};

// Takes the figures of one run in any order. Used by one thread.
class SegmentBuilder final : public FigureSink {
 public:
  SegmentBuilder(const Run& run, DefinitionPool& pool);
  void take(const FigureView& figure) override;
  std::shared_ptr<const Segment> build();  // once

 private:
  struct Row {
    std::uint32_t definition, area, breakdown;
    Reading reading;
    std::int64_t position;
    FactValue value;
  };
  // Numbers of texts as they come.
  class Numbers {
   public:
    std::uint32_t of(std::string_view text);
    std::vector<std::string> texts;

   private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::string last_text_;
    std::uint32_t last_ = 0;
  };

  std::uint32_t number_of(const Definition& definition);
  void put_definitions_in_order();
  void put_texts_in_order();
  void sort_rows();
  void pack(Segment& segment) const;

  DefinitionPool& pool_;
  std::shared_ptr<Segment> segment_;
  std::unordered_map<const Definition*, std::uint32_t> definition_numbers_;
  const Definition* last_definition_ = nullptr;
  std::uint32_t last_definition_number_ = 0;
  Numbers areas_, breakdowns_;
  std::vector<Row> rows_;
};

}  // namespace qd::reading::cube
