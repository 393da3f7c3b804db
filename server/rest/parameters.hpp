// The query parameters of a request: known ones only, never silently ignored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "server/http/message.hpp"

namespace qd::rest {

class Parameters {
 public:
  // Errors: kParameterUnknown, naming the nearest of `known`.
  static Result<Parameters> of(const http::HttpRequest& request,
                               const std::vector<std::string>& known);

  // All values, repeated or separated by commas; blank ones are left out.
  std::vector<std::string> list(std::string_view name) const;
  // The value of one that stands once. Errors: kParameterMalformed when repeated.
  Result<std::optional<std::string>> single(std::string_view name) const;
  bool has(std::string_view name) const;

 private:
  std::vector<http::HttpField> fields_;
};

// Errors: kParameterMalformed.
Result<std::int64_t> whole_number(std::string_view name, std::string_view text);

}  // namespace qd::rest
