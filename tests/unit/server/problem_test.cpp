// What a client is told of an error, and what is for the log alone.
#include "server/http/problem.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

std::string body_of(const Error& error) { return *http::problem(error, "/api/v1/facts").body; }

TEST(Problem, OfADatabaseTellsNothingOfItsInside) {
  for (const auto code : {ErrorCode::kStoreUnavailable, ErrorCode::kIssuerUnavailable,
                          ErrorCode::kInternal, ErrorCode::kReturnRenderFailed}) {
    const Error error{code, "the database says: account@db.example.org", "ask db.example.org"};
    EXPECT_TRUE(http::is_for_the_log(error)) << code_text(code);
    EXPECT_EQ(body_of(error).find("example"), std::string::npos) << body_of(error);
    EXPECT_NE(body_of(error).find(catalogue_entry(code).title), std::string::npos);
    EXPECT_NE(body_of(error).find("the server's log says more"), std::string::npos);
  }
}

TEST(Problem, ThatAClientCanMendIsToldWhole) {
  for (const auto code :
       {ErrorCode::kAreaUnknown, ErrorCode::kServerBusy, ErrorCode::kMethodUnknown,
        ErrorCode::kVersionUnsupported, ErrorCode::kScheduleNotStarted}) {
    const Error error{code, "what is wrong", "what to do"};
    EXPECT_FALSE(http::is_for_the_log(error)) << code_text(code);
    EXPECT_NE(body_of(error).find("what is wrong"), std::string::npos) << body_of(error);
    EXPECT_NE(body_of(error).find("what to do"), std::string::npos);
  }
}

}  // namespace
}  // namespace qd
