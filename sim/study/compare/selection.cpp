#include "sim/study/compare/selection.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/require.hpp"

namespace fleetrace::study {

KimNelson::KimNelson(std::size_t systems, const SelectionRule& rule)
    : systems_(systems), rule_(rule), finished_(systems == 1), surviving_(systems), sums_(systems) {
  core::require(systems >= 1, "selection needs a system");
  core::require(rule.indifference > 0 && std::isfinite(rule.indifference),
                "the indifference must be above 0 and finite");
  core::require((systems == 1 || rule.confidence >= 1 / static_cast<double>(systems)) && rule.confidence < 1,
                "the confidence must be at least 1 / the number of systems and below 1");
  core::require(rule.first_stage >= 2, "the first stage must have at least two replications");
  std::iota(surviving_.begin(), surviving_.end(), std::size_t{0});
}

void KimNelson::add(std::span<const double> row) {
  core::require(row.size() == systems_, "a replication must have a value for each system");
  core::require(std::all_of(row.begin(), row.end(), [](double value) { return std::isfinite(value); }),
                "selection needs finite values");
  if (finished_) return;
  for (std::size_t i = 0; i < systems_; ++i) sums_[i].add(row[i]);
  ++replications_;
  if (replications_ <= rule_.first_stage) first_rows_.insert(first_rows_.end(), row.begin(), row.end());
  if (replications_ < rule_.first_stage) return;
  if (replications_ == rule_.first_stage) end_first_stage();
  screen();
}

std::optional<std::size_t> KimNelson::best() const {
  if (surviving_.size() != 1) return std::nullopt;
  return surviving_.front();
}

std::optional<double> KimNelson::most_replications() const {
  if (finished_) return static_cast<double>(replications_);
  if (reach_.empty()) return std::nullopt;
  auto most = static_cast<double>(replications_);
  for (const std::size_t i : surviving_) {
    for (const std::size_t l : surviving_) most = std::max(most, std::ceil(reach(i, l)));
  }
  return most;
}

void KimNelson::end_first_stage() {
  const auto n = static_cast<double>(rule_.first_stage);
  const double split = 2 * (1 - rule_.confidence) / static_cast<double>(systems_ - 1);
  const double eta = 0.5 * core::expm1(-2 / (n - 1) * core::log(split));
  const double h2 = std::max(0.0, 2 * eta * (n - 1));  // no negative rounding error where chance alone would do
  reach_.assign(systems_ * systems_, 0);
  for (std::size_t i = 0; i < systems_; ++i) {
    for (std::size_t l = 0; l < i; ++l) {
      core::Sum sum;
      for (std::size_t r = 0; r < rule_.first_stage; ++r) {
        sum.add(first_rows_[r * systems_ + i] - first_rows_[r * systems_ + l]);
      }
      core::Sum squares;
      for (std::size_t r = 0; r < rule_.first_stage; ++r) {
        const double off = first_rows_[r * systems_ + i] - first_rows_[r * systems_ + l] - sum.value() / n;
        squares.add(off * off);
      }
      const double variance = squares.value() / (n - 1);
      reach(i, l) = reach(l, i) = h2 * variance / (rule_.indifference * rule_.indifference);
    }
  }
  first_rows_ = {};
}

void KimNelson::screen() {
  const auto r = static_cast<double>(replications_);
  const auto survives = [this, r](std::size_t i) {
    return std::all_of(surviving_.begin(), surviving_.end(), [this, i, r](std::size_t l) {
      const double slack = std::max(0.0, 0.5 * rule_.indifference * (reach(i, l) - r));
      return sums_[i].value() <= sums_[l].value() + slack;
    });
  };
  std::vector<std::size_t> left;
  std::copy_if(surviving_.begin(), surviving_.end(), std::back_inserter(left), survives);
  surviving_ = std::move(left);
  // Once no pair may take more replications, only the smallest sums survive; several survivors are then equal.
  finished_ = surviving_.size() == 1 || *most_replications() <= r;
}

}  // namespace fleetrace::study
