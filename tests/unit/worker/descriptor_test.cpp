// What a family declares is refused with the first thing that is wrong with it, in a sentence.
#include "core/worker/child/descriptor.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>

namespace qd {
namespace {

struct Declared {
  qd_column_spec own_columns[2] = {{"code", QD_TEXT, 1, "", "which"},
                                   {"minutes", QD_INTEGER, 0, "minutes", "how long"}};
  qd_column_spec host_columns[1] = {{"held_on", QD_DATE, 0, "", ""}};
  qd_input_spec inputs[2] = {{"walks_log", "Walks.", own_columns, 2, 1},
                             {"events", "", host_columns, 1, 0}};
  qd_indicator_spec indicators[2] = {
      {"W1", "Walks on time", "walks on time", "walks", "%", "the handbook", 100, 1, 1, QD_HIGH,
       QD_FLOW_RATIO, QD_NO_INTERVAL},
      {"W2", "Walks", "walks", "", "walks", "the handbook", 1, 1, 0, QD_CONTEXT, QD_ADDITIVE_COUNT,
       QD_NO_INTERVAL}};
  qd_family family = {};

  Declared() {
    family.struct_size = sizeof family;
    family.abi_major = QD_ABI_MAJOR;
    family.id = "walks";
    family.version = "1.0.0";
    family.title = "Walks";
    family.inputs = inputs;
    family.n_inputs = 2;
    family.indicators = indicators;
    family.n_indicators = 2;
    family.begin = [](const qd_run*, void**) { return qd_status{QD_OK}; };
    family.consume = [](void*, const qd_run*, const qd_batch*) { return qd_status{QD_OK}; };
    family.finish = [](void*, const qd_run*) { return qd_status{QD_OK}; };
    family.end = [](void*) {};
  }
};

TEST(Descriptor, ASoundOneIsKeptAsItIs) {
  const Declared declared;
  const auto family = worker::child::read_descriptor(declared.family, "walks");
  ASSERT_TRUE(family) << to_text(family.error());
  EXPECT_EQ(family->abi, "1.0");
  EXPECT_EQ(family->inputs[0].table.family, "walks");
  EXPECT_EQ(family->inputs[0].table.n_key, 1u);
  EXPECT_EQ(family->inputs[1].table.name, "events");
  EXPECT_EQ(family->inputs[1].columns, std::vector<std::string>{"held_on"});
  EXPECT_EQ(family->indicators[0].family, "walks");
  EXPECT_TRUE(family->indicators[1].is_count());
}

struct Fault {
  const char* sentence;
  std::function<void(Declared&)> make;
};
void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.sentence; }

const Fault kFaults[] = {
    {"built for ABI 99.0, this host speaks 1.0; rebuild it with this SDK",
     [](Declared& d) { d.family.abi_major = 99; }},
    {"built for ABI 1.7, this host speaks 1.0; rebuild it with this SDK",
     [](Declared& d) { d.family.abi_minor = 7; }},
    {"set struct_size to sizeof(qd_family)", [](Declared& d) { d.family.struct_size = 8; }},
    {"its id is strolls, its file is walks.so", [](Declared& d) { d.family.id = "strolls"; }},
    {"its id 'Walks' is not a name", [](Declared& d) { d.family.id = "Walks"; }},
    {"its id '' is not a name", [](Declared& d) { d.family.id = nullptr; }},
    {"its version '1.0' is not like 1.2.0", [](Declared& d) { d.family.version = "1.0"; }},
    {"it has no title", [](Declared& d) { d.family.title = ""; }},
    {"begin, consume, finish or end is missing", [](Declared& d) { d.family.finish = nullptr; }},
    {"it declares 0 inputs", [](Declared& d) { d.family.n_inputs = 0; }},
    {"it declares no indicator and takes no definitions",
     [](Declared& d) { d.family.n_indicators = 0; }},
    {"it declares 1000000 indicators", [](Declared& d) { d.family.n_indicators = 1'000'000; }},
    {"table log does not exist; a table of its own needs a key",
     [](Declared& d) {
       d.inputs[0] = {"log", "", d.own_columns, 2, 0};
     }},
    {"its table log must be called walks_", [](Declared& d) { d.inputs[0].name = "log"; }},
    {"its table walks_log has 2 columns and 3 of them as key",
     [](Declared& d) { d.inputs[0].n_key = 3; }},
    {"table events is the host's, so it has no key", [](Declared& d) { d.inputs[1].n_key = 1; }},
    {"its table walks_log has no meaning", [](Declared& d) { d.inputs[0].meaning = ""; }},
    {"column minutes has no meaning", [](Declared& d) { d.own_columns[1].meaning = ""; }},
    {"column minutes has no unit", [](Declared& d) { d.own_columns[1].unit = nullptr; }},
    {"column minutes has no type", [](Declared& d) { d.own_columns[1].type = 9; }},
    {"column code is there twice", [](Declared& d) { d.own_columns[1].name = "code"; }},
    {"column code is part of the key, so it must be required",
     [](Declared& d) { d.own_columns[0].required = 0; }},
    {"table events has no column weather", [](Declared& d) { d.host_columns[0].name = "weather"; }},
    {"column held_on of table events has another type",
     [](Declared& d) { d.host_columns[0].type = QD_TEXT; }},
    {"indicator W1 is there twice", [](Declared& d) { d.indicators[1].id = "W1"; }},
    {"'W 1' is not an indicator id", [](Declared& d) { d.indicators[0].id = "W 1"; }},
    {"indicator W1: no title", [](Declared& d) { d.indicators[0].title = nullptr; }},
    {"indicator W1: no numerator", [](Declared& d) { d.indicators[0].numerator = ""; }},
    {"indicator W1: no denominator", [](Declared& d) { d.indicators[0].denominator = nullptr; }},
    {"indicator W1: no unit", [](Declared& d) { d.indicators[0].unit = ""; }},
    {"indicator W1: no source", [](Declared& d) { d.indicators[0].source = ""; }},
    {"indicator W1: multiplier and divisor", [](Declared& d) { d.indicators[0].divisor = 0; }},
    {"indicator W1: multiplier and divisor", [](Declared& d) { d.indicators[0].multiplier = -1; }},
    {"indicator W1: decimals", [](Declared& d) { d.indicators[0].decimals = 40; }},
    {"indicator W1: no such polarity", [](Declared& d) { d.indicators[0].polarity = 9; }},
    {"indicator W1: no such aggregation", [](Declared& d) { d.indicators[0].aggregation = 0; }},
    {"indicator W1: no such interval", [](Declared& d) { d.indicators[0].interval = 5; }},
    {"indicator W2: a count has no denominator",
     [](Declared& d) { d.indicators[1].denominator = "homes"; }},
};

class FaultyDescriptor : public testing::TestWithParam<Fault> {};

TEST_P(FaultyDescriptor, IsRefusedWithASentence) {
  Declared declared;
  GetParam().make(declared);
  const auto family = worker::child::read_descriptor(declared.family, "walks");
  ASSERT_FALSE(family);
  EXPECT_EQ(family.error().code, ErrorCode::kFamilyRefused);
  EXPECT_TRUE(family.error().message.starts_with("family walks refused: "));
  EXPECT_NE(family.error().message.find(GetParam().sentence), std::string::npos)
      << family.error().message;
}

INSTANTIATE_TEST_SUITE_P(Each, FaultyDescriptor, testing::ValuesIn(kFaults));

}  // namespace
}  // namespace qd
