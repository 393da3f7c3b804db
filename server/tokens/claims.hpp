// What a token says, once its signature holds.
#pragma once

#include <string>
#include <string_view>

#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/model/scope.hpp"
#include "core/model/viewer.hpp"
#include "server/tokens/token_terms.hpp"

namespace qd::tokens {

// Whoever holds a token, and what it opens.
struct Holder {
  std::string name;  // the token's subject
  Scopes scopes = {};
  Viewer viewer = {};
};

// How far the clocks of issuer and server may be apart.
constexpr std::chrono::seconds kClockSkew{60};

// The claim that the terms name is a list, or one text with blanks, of words such as
// "quarterday:scope:figures", "quarterday:audience:board", "quarterday:area:EST-01" and
// "quarterday:family:tsm". Words of others are passed over; without a scope nothing is open,
// without an audience its holder reads as the public, without areas and families all of them.
//
// Errors: kTokenRefused, which says why: another issuer or audience, expired, not valid yet, no
// subject, a word of ours that is not understood.
Result<Holder> holder_of(std::string_view claims, const TokenTerms& terms, Instant now);

}  // namespace qd::tokens
