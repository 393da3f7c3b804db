// Ids, codes and tables of families are their own, whatever the order they are found in.
#include "core/families/names.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

Family family(const std::string& id, const std::vector<std::string>& codes,
              const std::vector<std::string>& tables = {}) {
  Family made;
  made.id = id;
  for (const auto& code : codes) {
    made.indicators.emplace_back();
    made.indicators.back().code = code;
  }
  for (const auto& table : tables) made.tables.push_back({table, "", {}, 1, id});
  return made;
}

std::string objection(const Family& newcomer, std::vector<RegisteredFamily> registered = {},
                      std::vector<std::string> present = {}) {
  present.push_back(newcomer.id);
  return families::Names(std::move(registered), present).objection(newcomer);
}

TEST(Names, ThoseThatShipAreReadFromTheirDeclarations) {
  std::vector<std::string> ids;
  std::size_t n_codes = 0;
  for (const auto& shipped : families::shipped_families()) {
    ids.push_back(shipped.id);
    n_codes += shipped.codes.size();
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"copis", "existing_pis", "involvement"}));
  EXPECT_EQ(n_codes, 27u + 9u);
}

TEST(Names, ACodeThatShipsBelongsToItsFamily) {
  EXPECT_EQ(objection(family("aardvark", {"TP01"})),
            "indicator TP01 belongs to the family existing_pis, which ships");
  EXPECT_EQ(objection(family("existing_pis", {"TP01"})), "");
}

TEST(Names, OthersCarryTheirFamilysName) {
  EXPECT_EQ(objection(family("walks", {"on_time"})),
            "its indicator on_time must be called walks.…");
  EXPECT_EQ(objection(family("walks", {"walks_on_time"})),
            "its indicator walks_on_time must be called walks.…");
  EXPECT_EQ(objection(family("walks", {"walks.on_time"})), "");
}

TEST(Names, WhoIsRegisteredKeepsItsIndicator) {
  EXPECT_EQ(objection(family("walks", {"walks.a"}), {{"older", {"walks.a"}, {}}}),
            "indicator walks.a belongs to the family older, which was here before");
  EXPECT_EQ(objection(family("walks", {"walks.a"}), {{"walks", {"walks.a"}, {}}}), "");
}

TEST(Names, ATableBelongsToTheLongestIdThatFits) {
  const auto voids = family("voids", {"voids.a"}, {"voids_and_lettings_x"});
  const std::string theirs =
      "its table voids_and_lettings_x belongs to the family voids_and_lettings, whose prefix is "
      "longer";
  EXPECT_EQ(objection(voids, {}, {"voids_and_lettings"}), theirs) << "it lies beside";
  EXPECT_EQ(objection(voids, {{"voids_and_lettings", {}, {}}}), theirs) << "it was here before";
  EXPECT_EQ(objection(voids), "") << "nobody of that name";
  EXPECT_EQ(objection(family("voids_and_lettings", {}, {"voids_and_lettings_x"}), {}, {"voids"}),
            "");
}

TEST(Names, ANewcomersIdTakesNoTableThatIsThere) {
  EXPECT_EQ(objection(family("voids_and_lettings", {}), {{"voids", {}, {"voids_and_lettings_x"}}}),
            "its id would take the table voids_and_lettings_x of the family voids, which was here "
            "before");
  EXPECT_EQ(objection(family("voids_and", {}), {{"voids", {}, {"voids_android"}}}), "");
}

}  // namespace
}  // namespace qd
