// Somebody who knows everything that is said of a year, and what must hold between the figures, and
// works out what is not said.
#pragma once

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace qd::test {

// A linear programme over unknowns that cannot be negative.
class Attacker {
 public:
  using Terms = std::vector<std::pair<int, double>>;  // unknown, factor

  Attacker() : problem_(glp_create_prob(), glp_delete_prob) { glp_term_out(GLP_OFF); }

  int unknown() { return add_unknown(GLP_LO, 0, 0); }
  int known(double value) { return add_unknown(GLP_FX, value, value); }
  int between(double least, double most) { return add_unknown(GLP_DB, least, most); }

  // least <= sum of terms, or = least.
  void at_least(const Terms& terms, double least) { add_row(terms, GLP_LO, least); }
  void equal(const Terms& terms, double value) { add_row(terms, GLP_FX, value); }

  struct Bounds {
    double least = 0, most = 0;
    // Whole numbers that are possible; a great many when nothing bounds it.
    double n_candidates() const { return std::floor(most + 1e-6) - std::ceil(least - 1e-6) + 1; }
  };
  // What the sum can be.
  Bounds bounds(const Terms& terms) { return {-best(terms, -1), best(terms, 1)}; }
  // What an unknown was in what was looked at so far: it can be all that, and perhaps more.
  Bounds seen(int unknown) const {
    const auto at = static_cast<std::size_t>(unknown);
    return at < seen_.size() ? seen_[at] : Bounds{};
  }

 private:
  int add_unknown(int kind, double least, double most) {
    const int column = glp_add_cols(problem_.get(), 1);
    glp_set_col_bnds(problem_.get(), column, kind, least, most);
    return column;
  }
  void add_row(const Terms& terms, int kind, double bound) {
    const int row = glp_add_rows(problem_.get(), 1);
    std::vector<int> columns(1);
    std::vector<double> factors(1);
    for (const auto& [column, factor] : terms) {
      columns.push_back(column);
      factors.push_back(factor);
    }
    glp_set_mat_row(problem_.get(), row, static_cast<int>(terms.size()), columns.data(),
                    factors.data());
    glp_set_row_bnds(problem_.get(), row, kind, bound, bound);
  }
  std::shared_ptr<glp_prob> solved() {
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    if (glp_simplex(problem_.get(), &how) != 0) throw std::runtime_error("no solution was found");
    return problem_;
  }
  double best(const Terms& terms, double sign) {
    glp_set_obj_dir(problem_.get(), GLP_MAX);
    for (const auto& [column, factor] : terms)
      glp_set_obj_coef(problem_.get(), column, sign * factor);
    const int status = glp_get_status(solved().get());
    const double value = status == GLP_UNBND ? 1e12 : glp_get_obj_val(problem_.get());
    if (status != GLP_OPT && status != GLP_UNBND)
      throw std::runtime_error("what is said cannot be");
    for (const auto& [column, factor] : terms) glp_set_obj_coef(problem_.get(), column, 0);
    if (status == GLP_OPT) remember();
    return value;
  }
  void remember() {
    const auto n = static_cast<std::size_t>(glp_get_num_cols(problem_.get())) + 1;
    for (std::size_t column = 1; column < n; ++column) {
      const double value = glp_get_col_prim(problem_.get(), static_cast<int>(column));
      if (seen_.size() < n) seen_.resize(n, {1e12, -1e12});
      seen_[column] = {std::min(seen_[column].least, value), std::max(seen_[column].most, value)};
    }
  }

  std::shared_ptr<glp_prob> problem_;
  std::vector<Bounds> seen_;
};

}  // namespace qd::test
