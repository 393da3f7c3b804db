// A landlord's own plan of the return: read, checked, refused.
#include "server/composition/return_plan.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/memory_fact_store.hpp"

namespace qd {
namespace {

class OwnPlan : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }
  std::string write(const std::string& text) {
    std::ofstream(path_) << text;
    return path_;
  }
  std::string section(const std::string& code) {
    return write(
        "title = 'A'\nabout = 'b'\n[[section]]\ntitle = 'c'\nholds = 'd'\nindicators = ['" + code +
        "']\n");
  }
  static std::vector<FamilyListing> families() {
    Family voids;
    voids.id = "voids";
    voids.title = "Empty homes";
    for (const char* code : {"voids.b", "voids.a", "voids.b"}) {
      voids.indicators.emplace_back();
      voids.indicators.back().code = code;
      voids.indicators.back().family = "voids";
    }
    return {{"voids.so", voids, {}},
            {"odd.so", fail(ErrorCode::kFamilyRefused, "family odd refused"), {}}};
  }
  // Tests run side by side: each has a file of its own.
  const std::string path_ = ::testing::TempDir() + std::to_string(::getpid()) + "-own_plan.toml";
  MemoryFactStore store_;
};

TEST_F(OwnPlan, NoneIsTheOneThatShipsWhateverFamiliesThereAre) {
  const auto planned = composition::planned_return({}, families(), store_);
  ASSERT_TRUE(planned) << planned.error().message;
  EXPECT_EQ(planned->plan->sections.size(), returns::plan::executive().sections.size());
  ASSERT_EQ(planned->families.size(), 1u);
  EXPECT_EQ(planned->families[0].title, "Empty homes");
  EXPECT_EQ(planned->families[0].indicators, (std::vector<std::string>{"voids.b", "voids.a"}))
      << "as declared, each once";
}

TEST_F(OwnPlan, AFolderIsNoPlan) {
  const auto planned = composition::planned_return(::testing::TempDir(), families(), store_);
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().code, ErrorCode::kFileUnreadable);
}

TEST_F(OwnPlan, NamesWhatIsDeclaredOrCaptured) {
  EXPECT_TRUE(composition::planned_return(section("voids.a"), families(), store_));
  const auto unknown = composition::planned_return(section("COPI-1"), families(), store_);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kReturnPlanMalformed);
  EXPECT_NE(unknown.error().message.find("own_plan.toml:6:15: there is no indicator 'COPI-1'"),
            std::string::npos)
      << unknown.error().message;
  Definition captured;
  captured.code = "COPI-1";
  captured.family = "copis";
  store_.definitions_ = {captured};
  EXPECT_TRUE(composition::planned_return(section("COPI-1"), families(), store_));
}

class UnreadableCatalogue final : public Catalogue {
 public:
  Result<std::vector<Definition>> definitions(std::optional<Instant>) override { return away_; }
  Result<std::vector<DefinitionLink>> links(std::optional<Instant>) override { return away_; }
  Result<std::vector<Area>> areas(std::optional<Instant>) override { return away_; }

 private:
  tl::unexpected<Error> away_ = fail(ErrorCode::kStoreUnavailable, "the database is away");
};

TEST_F(OwnPlan, IsNotTakenWhileTheNamesCannotBeRead) {
  UnreadableCatalogue unreadable;
  const auto planned = composition::planned_return(section("voids.a"), families(), unreadable);
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().code, ErrorCode::kStoreUnavailable);
}

TEST_F(OwnPlan, AFileThatIsNotThereIsSaid) {
  const auto read = composition::read_return_plan("/nowhere/plan.toml");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kFileUnreadable);
  EXPECT_EQ(read.error().message, "the plan of the return, /nowhere/plan.toml, cannot be read");
}

TEST_F(OwnPlan, ThatIsWrongIsRefusedByName) {
  const auto read = composition::read_return_plan(write("titel = 'A'\n"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kReturnPlanMalformed);
  EXPECT_NE(read.error().message.find("own_plan.toml:1:1: 'titel' is no key"), std::string::npos);
}

}  // namespace
}  // namespace qd
