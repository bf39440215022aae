#include "sim/study/optimise/local_search.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "sim/fleet/world.hpp"
#include "sim/study/optimise/rivals.hpp"

namespace fleetrace::study {
namespace {

/// Shares of an order that are moved at once.
constexpr double kShares[] = {1, 0.5, 0.125};
/// A plan is better where the objective is lower by more than this share of it.
constexpr double kBetter = 1e-9;

class LocalSearch {
 public:
  LocalSearch(const PlanProblem& problem, fleet::StrategySetup truth, const PlanRequest& request, int most_races)
      : problem_(problem), request_(request), setup_(std::move(truth)), most_races_(most_races) {
    for (std::size_t i = 0; i < problem.columns.size(); ++i) {
      // The first column of those that differ by their allocation alone stands for all of them.
      columns_.try_emplace(key_of(i), i);
    }
  }

  RacedPlan run(const Counts& start) {
    Counts folded(start.size());
    for (std::size_t i = 0; i < start.size(); ++i) folded[columns_.at(key_of(i))] += start[i];
    RacedPlan best = race(folded);
    bool is_better = true;
    while (is_better && may_race()) {
      is_better = false;
      for (std::size_t from = 0; from < best.counts.size() && may_race(); ++from) {
        if (best.counts[from] == 0) continue;
        for (const std::size_t to : nearest(from)) {
          if (best.counts[from] == 0 || !may_race()) break;
          if (RacedPlan moved = best_move(best, from, to); moved.value < best.value - kBetter * std::fabs(best.value)) {
            best = std::move(moved);
            is_better = true;
          }
        }
      }
    }
    drop_idle(best);
    return best;
  }

 private:
  /// Orders no more of anything than makes the plan as good as it is.
  void drop_idle(RacedPlan& plan) {
    const double most = plan.value + kBetter * std::fabs(plan.value);
    for (std::size_t i = 0; i < plan.counts.size(); ++i) {
      std::int64_t enough = plan.counts[i];
      std::int64_t few = -1;  // so few are too few
      while (enough - few > std::max<std::int64_t>(1, plan.counts[i] / 64) && !is_stopped(request_)) {
        const std::int64_t count = (enough + few) / 2 / problem_.lot() * problem_.lot();
        if (count <= few) break;
        Counts counts = plan.counts;
        counts[i] = count;
        (race(counts).value <= most ? enough : few) = count;
      }
      if (enough == plan.counts[i]) continue;
      Counts counts = plan.counts;
      counts[i] = enough;
      plan = race(counts);
    }
  }

  using Key = std::tuple<core::Time, std::size_t, std::uint32_t>;

  [[nodiscard]] Key key_of(std::size_t column) const {
    const PurchaseColumn& each = problem_.columns[column];
    return {each.at, each.type, problem_.names_sites() ? each.site : 0};
  }
  [[nodiscard]] bool may_race() const { return races_ < most_races_ && !is_stopped(request_); }

  /// Columns by how far their date is; those that cost and compute the same are as near as they are listed.
  [[nodiscard]] std::vector<std::size_t> nearest(std::size_t from) const {
    std::vector<std::size_t> order;
    for (const auto& [key, column] : columns_) {
      if (column != from) order.push_back(column);
    }
    const auto distance = [&](std::size_t i) {
      const auto apart = (problem_.columns[i].at - problem_.columns[from].at).milliseconds();
      return apart < 0 ? -apart : apart;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return distance(a) < distance(b); });
    return order;
  }

  RacedPlan best_move(const RacedPlan& plan, std::size_t from, std::size_t to) {
    RacedPlan best{{}, plan.value};
    for (const double share : kShares) {
      const auto taken = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(plan.counts[from])));
      if (taken == 0 || !may_race()) break;
      Counts counts = plan.counts;
      counts[from] -= taken;
      // A little more than the money buys; the race cuts it to what it does.
      const double money = problem_.columns[from].price.usd() * static_cast<double>(taken);
      counts[to] += static_cast<std::int64_t>(std::ceil(money / problem_.columns[to].price.usd())) + problem_.lot();
      if (RacedPlan moved = race(counts); moved.value < best.value) best = std::move(moved);
    }
    return best;
  }

  RacedPlan race(const Counts& counts) {
    ++races_;
    place_orders(problem_.columns, counts, setup_);
    RacedPlan raced{Counts(counts.size()), race_for_objective(request_, setup_, world_, outcome_)};
    if (std::isnan(raced.value)) raced.value = std::numeric_limits<double>::infinity();
    if (problem_.is_trend()) {
      raced.counts = counts;
      return raced;
    }
    for (const fleet::Cohort& each : outcome_.cohorts) {
      const auto site = problem_.names_sites() && each.is_for_site ? each.site : 0;
      const auto column = columns_.find({each.ordered, each.type, site});
      if (column != columns_.end() && each.cost_usd > 0) raced.counts[column->second] += each.size;
    }
    // The initial fleet may have been installed on a review date, and was not ordered then.
    for (std::size_t i = 0; i < counts.size(); ++i) raced.counts[i] = std::min(raced.counts[i], counts[i]);
    return raced;
  }

  const PlanProblem& problem_;
  const PlanRequest& request_;
  fleet::StrategySetup setup_;
  std::map<Key, std::size_t> columns_;
  fleet::World world_;
  fleet::Outcome outcome_;
  int most_races_;
  int races_ = 0;
};

}  // namespace

RacedPlan improve(const PlanProblem& problem, const fleet::StrategySetup& truth, const PlanRequest& request,
                  const Counts& start, int most_races) {
  return LocalSearch(problem, truth, request, most_races).run(start);
}

}  // namespace fleetrace::study
