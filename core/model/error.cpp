#include "core/model/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd {
namespace {

using enum ErrorCode;

std::vector<CatalogueEntry> make_catalogue() {
  return {
      {kFileUnreadable, "file_unreadable", 400, "A file cannot be read"},
      {kFileNotAWorkbook, "file_not_a_workbook", 400, "A file is not the workbook it should be"},
      {kHeadingMissing, "heading_missing", 400, "A heading that is needed is missing"},
      {kHeadingUnknown, "heading_unknown", 400, "A heading is not known"},
      {kCellMalformed, "cell_malformed", 400, "A cell does not hold what its column holds"},
      {kCellMissing, "cell_missing", 400, "A cell that is needed is empty"},
      {kReferenceUnknown, "reference_unknown", 400, "A record refers to one that is not there"},
      {kRecordRepeated, "record_repeated", 400, "A record stands twice in one load"},
      {kLinesRefused, "lines_refused", 400, "Lines were refused, so nothing was loaded"},
      {kTableUnknown, "table_unknown", 400, "There is no such table"},
      {kRowShape, "row_shape", 400, "A line has more or fewer cells than the heading"},
      {kRuleBroken, "rule_broken", 400, "A record contradicts itself"},
      {kLayoutMalformed, "layout_malformed", 400,
       "A layout of the regulator's workbook is malformed"},
      {kPeriodMalformed, "period_malformed", 400, "A period is not written as periods are"},
      {kFamilyUnknown, "family_unknown", 404, "There is no such family"},
      {kFamilyRefused, "family_refused", 409, "A family's library is not accepted"},
      {kFamilyFailed, "family_failed", 409, "A family said that it cannot compute"},
      {kFamilyStopped, "family_stopped", 409, "A family crashed"},
      {kFamilyTimedOut, "family_timed_out", 409, "A family did not finish in time"},
      {kFamilyFlooded, "family_flooded", 409, "A family answered more than it may"},
      {kFamilyRubbish, "family_rubbish", 409, "A family's answer makes no sense"},
      {kFamilyQuarantined, "family_quarantined", 409, "A family crashed too often to be run"},
      {kFactUnknown, "fact_unknown", 404, "There is no such fact"},
      {kWorkerUnavailable, "worker_unavailable", 500, "A worker process cannot be started"},
      {kInstantMalformed, "instant_malformed", 400, "An instant is not written as instants are"},
      {kNothingToCompute, "nothing_to_compute", 400, "There is nothing to compute"},
      {kStoreUnavailable, "store_unavailable", 503, "The database cannot be used"},
      {kStoreNewer, "store_newer", 503, "The database was made by a newer program"},
      {kStoreOlder, "store_older", 503, "The database has to be migrated"},
      {kStoreUrlMalformed, "store_url_malformed", 500, "A database URL is malformed"},
      {kStoreConflict, "store_conflict", 409, "Someone else was faster"},
      {kKeyMissing, "key_missing", 401, "A key is needed"},
      {kKeyUnknown, "key_unknown", 401, "The key is not valid"},
      {kRouteUnknown, "route_unknown", 404, "There is nothing at this address"},
      {kMethodNotAllowed, "method_not_allowed", 405, "This method is not offered here"},
      {kParameterUnknown, "parameter_unknown", 400, "A parameter is not known"},
      {kParameterMalformed, "parameter_malformed", 400, "A parameter's value is malformed"},
      {kRequestTooLarge, "request_too_large", 413, "The request is too large"},
      {kServerBusy, "server_busy", 503, "The server is busy"},
      {kNotAcceptable, "not_acceptable", 406, "None of the accepted formats is offered"},
      {kInternal, "internal", 500, "Something went wrong here"},
      {kConfigurationUnknownKey, "configuration_unknown_key", 500,
       "The configuration holds a key that is not known"},
      {kConfigurationMalformed, "configuration_malformed", 500, "The configuration is malformed"},
      {kListenRefused, "listen_refused", 500, "The server cannot listen there"},
      {kRequestMalformed, "request_malformed", 400, "The request is not proper HTTP"},
      {kHeadTooLarge, "head_too_large", 431, "The request's headers are too large"},
      {kTargetTooLong, "target_too_long", 414, "The address is too long"},
      {kRequestTimedOut, "request_timed_out", 408, "The request took too long to arrive"},
      {kLengthRequired, "length_required", 411, "The length of the request is not given"},
      {kVersionUnsupported, "version_unsupported", 505, "This version of HTTP is not spoken here"},
      {kHostRefused, "host_refused", 421, "The server does not answer under this name"},
      {kIndicatorUnknown, "indicator_unknown", 404, "There is no such indicator"},
      {kAreaUnknown, "area_unknown", 404, "There is no such area"},
      {kPeriodUnknown, "period_unknown", 404, "Nothing was ever computed for this period"},
      {kBreakdownUnknown, "breakdown_unknown", 404, "Figures are not broken down so"},
      {kScopeMissing, "scope_missing", 403, "The key may not read this"},
      {kCannotBeGrouped, "cannot_be_grouped", 422, "These figures cannot be put together"},
      {kTokenRefused, "token_refused", 401, "The token is not accepted"},
      {kIssuerUnavailable, "issuer_unavailable", 503, "The issuer of tokens cannot be asked"},
      {kTooManyRequests, "too_many_requests", 429, "Too many requests come from this address"},
      {kMethodUnknown, "method_unknown", 501, "HTTP has no such method here"},
      {kOtherSite, "other_site", 403, "A page of another site may not ask for this"},
      {kReturnUnknown, "return_unknown", 404, "There is no such return"},
      {kReturnNotDue, "return_not_due", 409, "The return is not due"},
      {kReturnHasNoFacts, "return_has_no_facts", 409, "There is no figure to return"},
      {kReturnRenderFailed, "return_render_failed", 500, "The workbook cannot be written"},
      {kReturnAltered, "return_altered", 409, "A delivered workbook is not what was delivered"},
      {kScheduleUnknown, "schedule_unknown", 404, "There is no such schedule"},
      {kScheduleNotStarted, "schedule_not_started", 503, "The schedule has not been started"},
      {kReturnPlanMalformed, "return_plan_malformed", 500, "The plan of a return cannot be used"},
      {kFiguresAltered, "figures_altered", 409, "Stored figures are not those that were computed"},
      {kDeliveryFailed, "delivery_failed", 500, "A return could not be delivered"},
  };
}

}  // namespace

const std::vector<CatalogueEntry>& error_catalogue() {
  static const std::vector<CatalogueEntry> catalogue = make_catalogue();
  return catalogue;
}

const CatalogueEntry& catalogue_entry(ErrorCode code) {
  const auto& catalogue = error_catalogue();
  return *std::lower_bound(
      catalogue.begin(), catalogue.end(), code,
      [](const CatalogueEntry& entry, ErrorCode wanted) { return entry.code < wanted; });
}

std::string code_text(ErrorCode code) { return fmt::format("QD{}", static_cast<int>(code)); }

std::string to_text(const Error& error) {
  const auto text = fmt::format("{}: {}", code_text(error.code), error.message);
  return error.hint.empty() ? text : fmt::format("{} ({})", text, error.hint);
}

}  // namespace qd
