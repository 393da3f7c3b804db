// Whatever bytes come, decoding ends and says so.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/worker/child/family_run.hpp"
#include "core/worker/wire/batch_frame.hpp"
#include "core/worker/wire/message.hpp"

namespace qd {
namespace {

AreaTree small_tree(const std::vector<ReadingWindow>& readings) {
  return *AreaTree::build({{"L1", "Landlord", "landlord", "", make_date(2020, 1, 1), {}},
                           {"N1", "North", "neighbourhood", "L1", make_date(2020, 1, 1), {}}},
                          readings);
}

worker::wire::RunRequest full_request() {
  const auto readings = Period::quarter(2026, 4).readings();
  Definition definition;
  definition.code = "COPI-1";
  definition.version = 3;
  definition.rule = "AGREE_PCT";
  definition.effective_from = make_date(2026, 4, 1);
  definition.effective_until = make_date(2027, 4, 1);
  definition.parameters = {{"limit", "28"}};
  definition.target = Number::of(4);
  definition.percentile = 50;
  definition.breakdowns = {"tenure"};
  definition.captured = true;
  definition.revision = 2;
  Family family;
  family.id = "copis";
  family.library = "/families/copis.so";
  family.breakdowns = {{"tenure", "whose homes", {"LCRA"}}};
  return {{1 << 20, 7},
          family,
          readings,
          {definition},
          {{"cap", "12"}},
          make_date(2026, 7, 9),
          small_tree(readings),
          worker::wire::TraceWanted{2, 1, "sex=F", {0, 1}}};
}

TEST(Wire, ARunRequestArrivesAsItWasSent) {
  const auto sent = worker::wire::encode(full_request());
  const auto got = worker::wire::decode_run_request(sent);
  ASSERT_TRUE(got);
  EXPECT_EQ(worker::wire::encode(*got), sent);
  EXPECT_EQ(got->definitions[0].effective_until, make_date(2027, 4, 1));
  EXPECT_EQ(got->definitions[0].parameters, (std::vector<Parameter>{{"limit", "28"}}));
  EXPECT_EQ(got->definitions[0].target, Number::of(4));
  EXPECT_EQ(got->definitions[0].percentile, 50);
  EXPECT_EQ(got->definitions[0].breakdowns, std::vector<std::string>{"tenure"});
  EXPECT_TRUE(got->definitions[0].captured);
  EXPECT_EQ(got->definitions[0].revision, 2);
  EXPECT_EQ(got->known_until, make_date(2026, 7, 9));
  EXPECT_EQ(got->family.library, "/families/copis.so");
  EXPECT_EQ(got->family.breakdowns[0].values, std::vector<std::string>{"LCRA"});
  EXPECT_EQ(got->areas.parents(1), (std::vector<std::uint32_t>{AreaTree::kRoot, 0}));
}

TEST(Wire, ARequestCutShortOrTooLongIsNoRequest) {
  const auto sent = worker::wire::encode(full_request());
  for (std::size_t length = 0; length < sent.size(); ++length)
    EXPECT_FALSE(worker::wire::decode_run_request(std::span(sent.data(), length))) << length;
  EXPECT_FALSE(worker::wire::decode_run_request(sent + '\0'));
}

RC_GTEST_PROP(Wire, AnyBytesAreRefusedOrDecodedButNeverMore, (const std::string& bytes)) {
  worker::wire::decode_run_request(bytes);
  worker::wire::decode_notes(bytes);
  worker::wire::decode_texts(bytes);
  worker::wire::decode_trace(bytes);
  worker::wire::decode_status(bytes);
  worker::wire::decode_facts(bytes);
  worker::wire::decode_members(bytes);
}

RC_GTEST_PROP(Wire, MembersArriveRowByRow, (const std::vector<std::vector<std::uint32_t>>& sets)) {
  std::vector<worker::wire::RowMembers> sent;
  for (const auto& codes : sets) sent.push_back({sent.size() * 1'000'000'007, codes});
  const auto got = worker::wire::decode_members(worker::wire::encode(sent));
  RC_ASSERT(got.has_value());
  RC_ASSERT(got->size() == sent.size());
  for (std::size_t i = 0; i < sent.size(); ++i) {
    RC_ASSERT((*got)[i].row == sent[i].row);
    RC_ASSERT((*got)[i].codes == sent[i].codes);
  }
}

RC_GTEST_PROP(Wire, ADamagedRequestNeverMakesATreeWithACircle, (std::uint16_t at, char byte)) {
  auto sent = worker::wire::encode(full_request());
  sent[at % sent.size()] = byte;
  if (const auto got = worker::wire::decode_run_request(sent)) {
    for (std::size_t i = 0; i < got->areas.n_readings(); ++i)
      RC_ASSERT(got->areas.depths(i).size() == got->areas.size());
  }
}

TEST(Wire, TreesThatPointNowhereOrInCirclesAreNotRestored) {
  const auto restore = [](std::vector<std::uint32_t> parents) {
    return AreaTree::restore({"A", "B"}, {std::move(parents)}).has_value();
  };
  EXPECT_TRUE(restore({AreaTree::kRoot, 0}));
  EXPECT_FALSE(restore({AreaTree::kRoot, 2}));
  EXPECT_FALSE(restore({1, 0}));
  EXPECT_FALSE(restore({AreaTree::kRoot}));
}

std::string bytes_of(const worker::wire::BatchPieces& pieces) {
  std::string bytes;
  for (const iovec& piece : pieces.pieces())
    bytes.append(static_cast<const char*>(piece.iov_base), piece.iov_len);
  return bytes;
}

RC_GTEST_PROP(Wire, ABatchArrivesCellForCell, (const std::vector<std::int32_t>& values)) {
  const std::vector<ColumnType> types = {ColumnType::kText, ColumnType::kNumber, ColumnType::kDate};
  BatchBuilder builder(types);
  for (const auto value : values) {
    builder.add_code(0, static_cast<std::uint32_t>(value));
    value % 3 == 0 ? builder.add_absent(1) : builder.add_wide(1, value);
    builder.add_date(2, value);
    builder.end_row();
  }
  Batch batch = builder.take();
  for (const auto value : values) batch.ids.push_back(value);

  const worker::wire::BatchPieces pieces(0, batch, true);
  const auto bytes = bytes_of(pieces);
  RC_ASSERT(bytes.size() == pieces.length());
  const auto view = worker::wire::BatchView::read(bytes, {types});
  RC_ASSERT(view.has_value());
  RC_ASSERT(view->n_rows() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    RC_ASSERT(view->rows()[i] == values[i]);
    RC_ASSERT(static_cast<const qd_date*>(view->columns()[2].values)[i] == values[i]);
    const auto* valid = view->columns()[1].valid;
    RC_ASSERT((!valid || (valid[i / 64] >> (i % 64) & 1)) == (values[i] % 3 != 0));
  }
  RC_ASSERT(!worker::wire::BatchView::read(std::span(bytes.data(), bytes.size() - 1), {types}));
}

TEST(Texts, KeepTheirPlacesWhileTheTableGrows) {
  worker::child::RunTexts texts;
  const auto grow = [&](const std::vector<std::string_view>& more) {
    const auto bytes = worker::wire::encode_texts(more);
    return texts.grow({bytes.begin(), bytes.end()});
  };
  ASSERT_TRUE(grow({"north", ""}));
  const char* const north = texts.data()[0];
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(grow({"more"}));
  EXPECT_EQ(texts.data()[0], north);
  EXPECT_STREQ(texts.data()[1], "");
  EXPECT_EQ(texts.size(), 1002u);
  EXPECT_FALSE(texts.grow({'x'}));
}

}  // namespace
}  // namespace qd
