#include "sim/study/optimise/local_search.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "fleetrace/fleet/metric.hpp"
#include "sim/fleet/world.hpp"
#include "sim/study/optimise/plan_program.hpp"
#include "sim/study/optimise/rivals.hpp"

namespace fleetrace::study {
namespace {

/// Shares of an order that are moved at once.
constexpr double kShares[] = {1, 0.5, 0.125};
/// Races of a search by an objective of one's own at most.
constexpr int kMostOwnRaces = 10 * kMostRaces;
/// Limits are kept up to rounding.
constexpr double kRounding = 1e-12;
/// Fewer units may cost more each, so that making a plan smaller may have to be done again.
constexpr int kMostRepairs = 20;
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
    if (request.yearly_spend) years_ = plan_years(problem);
    if (request.smallest_order) orders_ = order_columns(problem);
  }

  RacedPlan run(const Counts& start) {
    Counts folded(start.size());
    for (std::size_t i = 0; i < start.size(); ++i) folded[columns_.at(key_of(i))] += start[i];
    RacedPlan best = race(repaired(std::move(folded)));
    bool is_better = true;
    while (is_better && may_race()) {
      is_better = false;
      for (std::size_t from = 0; from < best.counts.size() && may_race(); ++from) {
        if (best.counts[from] == 0) continue;
        for (const std::size_t to : nearest(from)) {
          if (best.counts[from] == 0 || !may_race()) break;
          is_better = takes(best, best_move(best, from, to)) || is_better;
        }
      }
      if (may_spend_less()) is_better = change_spending(best) || is_better;
    }
    drop_idle(best);
    return best;
  }

 private:
  /// By the objectives of the library a plan spends all that it may, and so does the one that a search begins with, unless that had
  /// to be repaired.
  [[nodiscard]] bool may_spend_less() const {
    return fleet::is_own(request_.objective) || request_.yearly_spend || request_.smallest_order;
  }

  /// Takes a plan in the place of the best, if it is better.
  static bool takes(RacedPlan& best, RacedPlan other) {
    const double better = std::isfinite(best.value) ? best.value - kBetter * std::fabs(best.value) : best.value;
    if (!(other.value < better)) return false;
    best = std::move(other);
    return true;
  }

  /// Makes orders larger and smaller, and adds some of what is left. Whether that made the plan better.
  bool change_spending(RacedPlan& best) {
    bool is_better = false;
    for (const auto& [key, column] : columns_) {
      // Ever finer steps, since the best size of an order may lie anywhere.
      for (std::int64_t step = lots(static_cast<double>(best.counts[column])); step >= problem_.lot() && may_race();) {
        const bool is_changed = add_units(best, column, -std::min(step, best.counts[column])) ||
                                add_units(best, column, std::min(step, lots(affordable(best, column))));
        is_better = is_better || is_changed;
        if (!is_changed) step = lots(static_cast<double>(step) / 2);
      }
    }
    for (const auto& [key, column] : columns_) {
      for (const double share : kShares) {
        if (may_race()) is_better = add_units(best, column, lots(share * affordable(best, column))) || is_better;
      }
    }
    return is_better;
  }

  /// Takes the plan with so many more units of the column, if it is better.
  bool add_units(RacedPlan& best, std::size_t column, std::int64_t count) {
    if (count == 0) return false;
    Counts counts = best.counts;
    counts[column] += count;
    return takes(best, race(counts));
  }

  /// How many units of the column the money buys that a plan leaves.
  [[nodiscard]] double affordable(const RacedPlan& plan, std::size_t column) const {
    double left = problem_.money.usd();
    for (std::size_t i = 0; i < plan.counts.size(); ++i)
      left -= problem_.columns[i].price.usd() * static_cast<double>(plan.counts[i]);
    return left / problem_.columns[column].price.usd();
  }

  /// So many units, in whole lots.
  [[nodiscard]] std::int64_t lots(double units) const {
    if (!(units >= 1)) return 0;
    const auto whole = static_cast<std::int64_t>(units);
    return whole - whole % problem_.lot();
  }

  /// What the last race spent on these columns [USD].
  [[nodiscard]] double spent_on(const std::vector<std::size_t>& columns) const {
    double usd = 0;
    for (const std::size_t i : columns) usd += spent_[i];
    return usd;
  }

  [[nodiscard]] bool is_too_much(const PlanYear& year) const {
    return spent_on(year.columns) > request_.yearly_spend->usd() * (1 + kRounding);
  }
  [[nodiscard]] bool is_too_small(const std::vector<std::size_t>& order) const {
    const double usd = spent_on(order);
    return usd > 0 && usd < request_.smallest_order->usd() * (1 - kRounding);
  }

  /// Whether the last race kept to what is asked of plans and no race knows.
  [[nodiscard]] bool keeps_to_request() const {
    return std::none_of(years_.begin(), years_.end(), [this](const PlanYear& each) { return is_too_much(each); }) &&
           std::none_of(orders_.begin(), orders_.end(), [this](const auto& each) { return is_too_small(each); });
  }

  /// Counts that keep to what is asked, near these, which come from a world that may have other prices.
  Counts repaired(Counts counts) {
    if (years_.empty() && orders_.empty()) return counts;
    for (int i = 0; i < kMostRepairs; ++i) {
      (void)race(counts);
      if (keeps_to_request()) return counts;
      for (const PlanYear& year : years_) {
        const double share = request_.yearly_spend->usd() / spent_on(year.columns);
        if (!is_too_much(year)) continue;
        for (const std::size_t k : year.columns) counts[k] = lots(share * static_cast<double>(counts[k]));
      }
      for (const std::vector<std::size_t>& order : orders_) {
        if (!is_too_small(order)) continue;
        for (const std::size_t k : order) counts[k] = 0;
      }
    }
    return Counts(counts.size());
  }

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
    RacedPlan raced{Counts(counts.size()), sign_ * race_for_objective(request_, setup_, world_, outcome_)};
    spent_.assign(counts.size(), 0);
    problem_.is_trend() ? take_dollars(counts, raced.counts) : count_ordered(counts, raced.counts);
    if (std::isnan(raced.value) || !keeps_to_request()) raced.value = std::numeric_limits<double>::infinity();
    return raced;
  }

  /// Of trend hardware a unit is a dollar.
  void take_dollars(const Counts& counts, Counts& ordered) {
    ordered = counts;
    for (std::size_t i = 0; i < counts.size(); ++i)
      spent_[i] = problem_.columns[i].price.usd() * static_cast<double>(counts[i]);
  }

  /// What was ordered in the last race, of what was planned, and what that cost.
  void count_ordered(const Counts& counts, Counts& ordered) {
    for (const fleet::Cohort& each : outcome_.cohorts) {
      const auto site = problem_.names_sites() && each.is_for_site ? each.site : 0;
      const auto column = columns_.find({each.ordered, each.type, site});
      if (column == columns_.end() || !(each.cost_usd > 0)) continue;
      ordered[column->second] += each.size;
      spent_[column->second] += each.cost_usd * static_cast<double>(each.size);
    }
    // The initial fleet may have been installed on a review date, and was not ordered then.
    for (std::size_t i = 0; i < counts.size(); ++i) {
      ordered[i] = std::min(ordered[i], counts[i]);
      if (counts[i] == 0) spent_[i] = 0;
    }
  }

  const PlanProblem& problem_;
  const PlanRequest& request_;
  fleet::StrategySetup setup_;
  std::map<Key, std::size_t> columns_;
  fleet::World world_;
  fleet::Outcome outcome_;
  double sign_ = fleet::info(request_.objective).lower_is_better ? 1 : -1;  ///< that makes lower values better
  std::vector<double> spent_;                                               ///< by column, in the last race [USD]
  std::vector<PlanYear> years_;                                             ///< where spending by year is limited
  std::vector<std::vector<std::size_t>> orders_;                            ///< where orders have a smallest size
  int most_races_;
  int races_ = 0;
};

}  // namespace

Counts best_by_own_objective(const PlanProblem& problem, const fleet::StrategySetup& truth, const PlanRequest& request,
                             const Counts& most_compute) {
  RacedPlan best = improve(problem, truth, request, most_compute, kMostOwnRaces / 2);
  RacedPlan from_nothing = improve(problem, truth, request, Counts(most_compute.size()), kMostOwnRaces / 2);
  return std::move(from_nothing.value < best.value ? from_nothing : best).counts;
}

RacedPlan improve(const PlanProblem& problem, const fleet::StrategySetup& truth, const PlanRequest& request,
                  const Counts& start, int most_races) {
  return LocalSearch(problem, truth, request, most_races).run(start);
}

}  // namespace fleetrace::study
