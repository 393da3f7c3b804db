// What can go wrong, as a value: every expected failure of the program is an Error.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace qd {

// Stable codes; the first digit is the step: 1 capture, 2 compute, 3 store, 4 serve, 5 return,
// 6 deliver. Codes retire, never change. Text, HTTP status and hint: api-spec/errors.yaml, which a
// test holds equal to error_catalogue().
enum class ErrorCode : int {
  kFileUnreadable = 1001,
  kFileNotAWorkbook = 1002,
  kHeadingMissing = 1003,
  kHeadingUnknown = 1004,
  kCellMalformed = 1005,
  kCellMissing = 1006,
  kReferenceUnknown = 1007,
  kRecordRepeated = 1008,
  kLinesRefused = 1009,
  kTableUnknown = 1010,
  kRowShape = 1011,
  kRuleBroken = 1012,
  kLayoutMalformed = 1013,

  kPeriodMalformed = 2001,
  kFamilyUnknown = 2002,
  kFamilyRefused = 2003,
  kFamilyFailed = 2004,
  kFamilyStopped = 2005,
  kFamilyTimedOut = 2006,
  kFamilyFlooded = 2007,
  kFamilyRubbish = 2008,
  kFamilyQuarantined = 2009,
  kFactUnknown = 2010,
  kWorkerUnavailable = 2011,
  kInstantMalformed = 2012,
  kNothingToCompute = 2013,

  kStoreUnavailable = 3001,
  kStoreNewer = 3002,
  kStoreOlder = 3003,
  kStoreUrlMalformed = 3004,
  kStoreConflict = 3005,

  kKeyMissing = 4001,
  kKeyUnknown = 4002,
  kRouteUnknown = 4003,
  kMethodNotAllowed = 4004,
  kParameterUnknown = 4005,
  kParameterMalformed = 4006,
  kRequestTooLarge = 4007,
  kServerBusy = 4008,
  kNotAcceptable = 4009,
  kInternal = 4010,
  kConfigurationUnknownKey = 4011,
  kConfigurationMalformed = 4012,
  kListenRefused = 4013,
  kRequestMalformed = 4014,
  kHeadTooLarge = 4015,
  kTargetTooLong = 4016,
  kRequestTimedOut = 4017,
  kLengthRequired = 4018,
  kVersionUnsupported = 4019,
  kHostRefused = 4020,
  kIndicatorUnknown = 4021,
  kAreaUnknown = 4022,
  kPeriodUnknown = 4023,
  kBreakdownUnknown = 4024,
  kScopeMissing = 4025,
  kCannotBeGrouped = 4026,
  kTokenRefused = 4027,
  kIssuerUnavailable = 4028,
  kTooManyRequests = 4029,
  kMethodUnknown = 4030,
  kOtherSite = 4031,

  kReturnUnknown = 5001,
  kReturnNotDue = 5002,
  kReturnHasNoFacts = 5003,
  kReturnRenderFailed = 5004,
  kReturnAltered = 5005,
  kScheduleUnknown = 5006,
  kScheduleNotStarted = 5007,
  kReturnPlanMalformed = 5008,
  kFiguresAltered = 5009,

  kDeliveryFailed = 6001,
};

struct Error {
  ErrorCode code;
  std::string message;  // what and where, one sentence without full stop
  std::string hint;     // what to do about it; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

// The returning form: `return fail(ErrorCode::kPeriodMalformed, "…", "…");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::make_unexpected(Error{code, std::move(message), std::move(hint)});
}
inline tl::unexpected<Error> fail(Error error) { return tl::make_unexpected(std::move(error)); }

struct CatalogueEntry {
  ErrorCode code;
  std::string_view name;  // "period_malformed"
  int http_status;
  std::string_view title;  // one line, the same for every occurrence
};

// Every code once, in ascending order.
const std::vector<CatalogueEntry>& error_catalogue();
const CatalogueEntry& catalogue_entry(ErrorCode code);

// "QD2001"
std::string code_text(ErrorCode code);

// "QD2001: 'x' is not a period (write it as FY2026-27-Q3)"
std::string to_text(const Error& error);

}  // namespace qd
