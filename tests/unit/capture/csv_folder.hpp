// A folder of CSV files and a store to load them into.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/capture/csv/import_csv.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/unit/capture/kept_observations.hpp"

namespace qd::test {

class CsvFolder : public ::testing::Test {
 protected:
  CsvFolder() : folder_(std::filesystem::temp_directory_path() / unique_name()) {
    std::filesystem::create_directories(folder_);
  }
  ~CsvFolder() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  Result<capture::ImportReport> load(const std::string& table, const std::string& text,
                                     capture::ImportOptions options = {}) {
    NoProgress progress;
    return capture::csv::import_csv(store_, *tables::shipped_table(table),
                                    {write(table + ".csv", text)}, options, FixedClock{}, progress);
  }

  // What was refused, one text a refusal; fails the test on an error of the whole import.
  std::vector<std::string> refused(const std::string& table, const std::string& text) {
    const auto report = load(table, text);
    if (!report) {
      ADD_FAILURE() << to_text(report.error());
      return {};
    }
    std::vector<std::string> all;
    for (const auto& refusal : report->refusals) all.push_back(brief(refusal));
    return all;
  }

  void have_landlord() { ASSERT_TRUE(load("areas", kAreas)->committed); }

  static constexpr const char* kAreas =
      "code,name,kind,parent,valid_from\n"
      "L1,Landlord,landlord,,2020-04-01\n"
      "L1-N1,North,neighbourhood,L1,2020-04-01\n";

  KeptObservations store_;
  std::filesystem::path folder_;

 private:
  static std::string unique_name() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    return fmt::format("quarterday-csv-{}-{}", test->name(), ::getpid());
  }
};

}  // namespace qd::test
