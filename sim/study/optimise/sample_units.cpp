#include <algorithm>
#include <cmath>

#include "sim/study/optimise/rounding.hpp"
#include "sim/study/optimise/sample_average.hpp"

namespace fleetrace::study {
namespace {

/// Orders in whole units, under the limits of several worlds at once.
class SharedRounding {
 public:
  SharedRounding(const std::vector<const PlanProblem*>& worlds, const PlanRequest& request,
                 const std::vector<NamedOrder>& orders)
      : counts_(orders.size()) {
    plans_.reserve(worlds.size());
    for (const PlanProblem* const world : worlds) {
      plans_.push_back(plan_program(*world, request));
      roundings_.emplace_back(*world, plans_.back());
      columns_.emplace_back();
      for (const NamedOrder& order : orders) {
        const auto found = std::find_if(world->columns.begin(), world->columns.end(),
                                        [&](const PurchaseColumn& each) { return order.is_of(*world, each); });
        columns_.back().push_back(static_cast<std::size_t>(found - world->columns.begin()));
      }
    }
  }

  [[nodiscard]] const Counts& counts() const { return counts_; }

  /// What is not on sale in a world takes up nothing there.
  [[nodiscard]] std::int64_t room(std::size_t order) const {
    std::int64_t most = fleet::kNoLimit;
    for (std::size_t w = 0; w < roundings_.size(); ++w) {
      if (is_sold(w, order)) most = std::min(most, roundings_[w].room(columns_[w][order]));
    }
    return most == fleet::kNoLimit ? 0 : most;
  }

  void add(std::size_t order, std::int64_t count) {
    if (count <= 0) return;
    for (std::size_t w = 0; w < roundings_.size(); ++w) {
      if (is_sold(w, order)) roundings_[w].add(columns_[w][order], count);
    }
    counts_[order] += count;
  }

 private:
  [[nodiscard]] bool is_sold(std::size_t world, std::size_t order) const {
    return columns_[world][order] < roundings_[world].counts().size();
  }

  std::vector<PlanProgram> plans_;
  std::vector<Rounding> roundings_;
  std::vector<std::vector<std::size_t>> columns_;  ///< of each order in each world; beyond the end where it is not sold
  Counts counts_;
};

}  // namespace

Counts whole_sample_units(const std::vector<const PlanProblem*>& worlds, const PlanRequest& request,
                          const SamplePlan& plan, const std::vector<core::Money>& prices) {
  SharedRounding rounding(worlds, request, plan.orders);
  const std::int64_t lot = worlds.front()->lot();
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < plan.orders.size(); ++i) {
    if (plan.units[i] >= 0.5) wanted.push_back(i);
  }
  // What is large first, so that it is not crowded out by what a solver's tolerance lets be too much.
  std::stable_sort(wanted.begin(), wanted.end(), [&](std::size_t a, std::size_t b) {
    return plan.units[a] * prices[a].usd() > plan.units[b] * prices[b].usd();
  });
  for (const std::size_t i : wanted) {
    // A solver's answer of 21.9999999 means 22.
    const auto count = static_cast<std::int64_t>(std::floor(plan.units[i] * (1 + 1e-9)));
    rounding.add(i, std::min(count - count % lot, rounding.room(i)));
  }
  std::erase_if(wanted, [&](std::size_t i) { return !(plan.worth[i] > 0) || prices[i] <= core::Money{}; });
  std::stable_sort(wanted.begin(), wanted.end(), [&](std::size_t a, std::size_t b) {
    return plan.worth[a] / prices[a].usd() > plan.worth[b] / prices[b].usd();
  });
  for (const std::size_t i : wanted) rounding.add(i, rounding.room(i));
  return rounding.counts();
}

}  // namespace fleetrace::study
