// What is in the folder of families, and what is wrong with what cannot be used.
#include <sys/stat.h>

#include <fstream>

#include "engine_room.hpp"

namespace qd {
namespace {

class Discovering : public EngineRoom {
 protected:
  std::filesystem::path file(const std::string& name) { return folder_.path() / name; }

  // Why the library of that name is refused.
  std::string refusal(const std::string& name) {
    const auto families = engine().families();
    EXPECT_TRUE(families) << to_text(families.error());
    if (!families) return {};
    for (const FamilyListing& listing : *families) {
      if (listing.library != file(name + ".so") || listing.family) continue;
      EXPECT_EQ(listing.family.error().code, ErrorCode::kFamilyRefused);
      return listing.family.error().message;
    }
    return "it is not refused";
  }
};

TEST_F(Discovering, AFamilyTellsWhatItIs) {
  put("tally");
  const auto families = engine().families();
  ASSERT_TRUE(families);
  ASSERT_EQ(families->size(), 1u);
  const auto& family = families->front().family;
  ASSERT_TRUE(family) << to_text(family.error());
  EXPECT_EQ(family->id, "tally");
  EXPECT_EQ(family->version, "1.2.0");
  EXPECT_EQ(family->abi, "1.0");
  EXPECT_EQ(family->library, file("tally.so"));
  EXPECT_EQ(family->library_sha256.size(), 64u);
  EXPECT_EQ(family->indicators.size(), 4u);
  EXPECT_EQ(family->inputs[1].table.family, "tally");
  EXPECT_EQ(family->tables.at(0).name, "tally_entries");
  EXPECT_EQ(family->declaration_sha256.size(), 64u);
}

// Of a library that cannot be run it says all the same what it declares.
TEST_F(Discovering, RunsNoneOfAFamilysCode) {
  settings_.executable = "/nowhere/quarterday";
  for (const char* name : {"no_symbol", "gives_nothing", "throws_at_once", "never_ready",
                           "wild_pointer", "another_name", "tally"}) {
    put(name);
    EXPECT_EQ(refusal(name), "it is not refused") << name;
  }
}

TEST_F(Discovering, RefusesAnotherAbi) {
  put("wrong_abi");
  EXPECT_EQ(refusal("wrong_abi"),
            "family wrong_abi refused: built for ABI 99.0, this host speaks 1.0; rebuild it with "
            "this SDK");
}

TEST_F(Discovering, RefusesAFamilyThatTakesTheNameOfAnother) {
  facts_.registered_families_ = {{"older", {"tally.total"}, {}}};
  put("tally");
  EXPECT_EQ(refusal("tally"),
            "family tally refused: indicator tally.total belongs to the family older, which was "
            "here before");
}

TEST_F(Discovering, RefusesWhatIsNoLibraryBeforeLoadingIt) {
  std::ofstream(file("words.so")) << "not a library";
  std::filesystem::permissions(file("words.so"), std::filesystem::perms::owner_all);
  std::filesystem::create_directory(file("folder.so"));
  ASSERT_EQ(::mkfifo(file("pipe.so").c_str(), 0600), 0);
  std::filesystem::create_symlink("/nowhere", file("gone.so"));
  std::filesystem::copy_file(test_family("tally"), file("open.so"));
  std::filesystem::permissions(file("open.so"), std::filesystem::perms::others_write,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(refusal("words"), "family words refused: it is not a shared library for this machine");
  EXPECT_EQ(refusal("folder"), "family folder refused: it is not a regular file");
  EXPECT_EQ(refusal("pipe"), "family pipe refused: it is not a regular file");
  EXPECT_NE(refusal("gone").find("No such file or directory"), std::string::npos);
  EXPECT_NE(refusal("open").find("others than its owner may write to it; chmod go-w"),
            std::string::npos);
}

TEST_F(Discovering, ATableThatIsThereWithOtherColumnsRefusesTheFamily) {
  put("tally");
  ASSERT_TRUE(observations_.declare(
      {"tally_entries", "Another.", {{"code", ColumnKind::kText, true, "", ""}}, 1, "tally"}));
  EXPECT_EQ(refusal("tally"),
            "family tally refused: table tally_entries: column area is new and required, and the "
            "records that are there have none");
}

TEST_F(Discovering, SeesAFamilyThatCameOrChangedSince) {
  put("tally");
  EXPECT_EQ(engine().families()->size(), 1u);
  put("prints");
  EXPECT_EQ(engine().families()->size(), 2u);
  std::filesystem::remove(file("tally.so"));
  EXPECT_EQ(engine().families()->front().family->id, "prints");
}

TEST_F(Discovering, IsTakenInOnTheLocalDay) {
  put("tally");
  clock_.set(*parse_instant("2026-06-30T22:59:59Z"));
  ASSERT_TRUE(engine().families());
  EXPECT_EQ(facts_.taken_in_on_, make_date(2026, 6, 30));
  put("prints");
  clock_.set(*parse_instant("2026-06-30T23:00:00Z"));
  ASSERT_TRUE(engine().families());
  EXPECT_EQ(facts_.taken_in_on_, make_date(2026, 7, 1));
}

TEST_F(Discovering, AFolderThatIsNotThereIsAnError) {
  put("tally");
  EXPECT_EQ(engine().families()->size(), 1u);
  std::filesystem::remove_all(folder_.path());
  EXPECT_EQ(engine().families().error().code, ErrorCode::kFileUnreadable);
}

}  // namespace
}  // namespace qd
