#include "sim/study/optimise/mean_loss_cuts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fleetrace::study {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();
constexpr double kFree = 1e30;  // what a solver takes for no bound

/// Rounds of tangents for each end of a range of spending, and the excess of mean loss that ends them.
constexpr int kRangeRounds = 40;
constexpr double kRangeTolerance = 1e-7;

/// A tangent that is a row of the programme.
struct Cut {
  std::size_t row = 0;
  std::size_t interval = 0;
  MeanLoss::Tangent tangent;
  double compute = 0;  ///< where it touches
  double rate = 0;
};

/// The programme of the limits with the states of all intervals and the losses above all tangents. States are what purchases add,
/// in units of a reference path, so that all numbers are near 1.
class CuttingPlanes {
 public:
  CuttingPlanes(const PlanProblem& problem, const MeanLoss& mean, PlanProgram plan, const std::vector<double>& start,
                bool verbose)
      : mean_(mean), unit_(plan.unit), solver_(extended(problem, plan, start), verbose) {}

  /// Adds the tangents at a plan.
  void touch(const MeanLoss::Path& path, const std::vector<double>* values) {
    for (std::size_t i = 0; i < mean_.intervals().size(); ++i) {
      const MeanLoss::Tangent at = mean_.tangent(i, path.compute[i], path.rate[i]);
      if (values != nullptr && (*values)[loss_[i]] >= at.loss * (1 - 1e-13)) continue;
      LinearProgram::Row row{at.loss - at.by_compute * (path.compute[i] - mean_.base().compute[i]) -
                                 at.by_rate * (path.rate[i] - mean_.base().rate[i]),
                             kUnlimited,
                             {{loss_[i], 1}, {rate_[i], -at.by_rate * rate_scale_[i]}}};
      if (i > 0) row.terms.push_back({compute_[i], -at.by_compute * compute_scale_[i]});
      cuts_.push_back({solver_.program().rows().size(), i, at, path.compute[i], path.rate[i]});
      solver_.add_row(std::move(row));
    }
  }

  [[nodiscard]] const LinearSolution& solve() { return solution_ = solver_.solve(); }

  [[nodiscard]] std::vector<double> units() const {
    std::vector<double> units(unit_.size());
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = std::clamp(solution_.values[i], 0.0, 1.0) * unit_[i];
    return units;
  }

  /// The mean loss by the tangents.
  [[nodiscard]] double loss() const {
    double sum = 0;
    for (std::size_t i = 0; i < loss_.size(); ++i) sum += mean_.intervals()[i].weight * solution_.values[loss_[i]];
    return sum;
  }

  /// The tangents of each interval, each by its multiplier; those of an interval are made to add up to its weight, so that what
  /// they support does not depend on a solver's tolerance.
  [[nodiscard]] MeanLoss::Support support() const {
    const std::size_t count = loss_.size();
    std::vector<double> sums(count);
    const auto multiplier = [&](const Cut& cut) {
      return cut.row < solution_.prices.size() ? std::max(0.0, -solution_.prices[cut.row]) : 0;
    };
    for (const Cut& cut : cuts_) sums[cut.interval] += multiplier(cut);
    std::vector<double> by_compute(count);
    std::vector<double> by_rate(count);
    std::vector<bool> is_known(count);
    double at_zero = 0;
    const auto add = [&](const Cut& cut, double share) {
      const double part = share * mean_.intervals()[cut.interval].weight;
      at_zero += part * (cut.tangent.loss - cut.tangent.by_compute * cut.compute - cut.tangent.by_rate * cut.rate);
      by_compute[cut.interval] += part * cut.tangent.by_compute;
      by_rate[cut.interval] += part * cut.tangent.by_rate;
      is_known[cut.interval] = true;
    };
    for (const Cut& cut : cuts_) {
      if (sums[cut.interval] > 0) add(cut, multiplier(cut) / sums[cut.interval]);
    }
    for (const Cut& cut : cuts_) {
      if (!is_known[cut.interval]) add(cut, 1);  // any tangent supports
    }
    return mean_.support(at_zero, by_compute, by_rate);
  }

  /// What plans spend by year whose mean loss is `most_loss` at most: the programme's answer, with tangents added at it until it has
  /// no more loss than that.
  [[nodiscard]] std::vector<SpendingRange> spending_ranges(const PlanProblem& problem, double most_loss) {
    LinearProgram::Row as_good{-kUnlimited, most_loss, {}};
    for (std::size_t i = 0; i < loss_.size(); ++i) {
      as_good.terms.push_back({loss_[i], mean_.intervals()[i].weight});
      solver_.set_objective(loss_[i], 0);
    }
    solver_.add_row(std::move(as_good));
    std::vector<SpendingRange> ranges;
    for (const PlanYear& year : plan_years(problem)) {
      SpendingRange range{year.from, -extreme_spending(problem, year, -1, most_loss),
                          extreme_spending(problem, year, 1, most_loss)};
      range.least_usd = std::max(0.0, range.least_usd);
      ranges.push_back(range);
    }
    return ranges;
  }

 private:
  /// The most that `sign` times the spending of a year can be [USD].
  [[nodiscard]] double extreme_spending(const PlanProblem& problem, const PlanYear& year, double sign,
                                        double most_loss) {
    const double budget = problem.money.usd();
    for (const std::size_t i : year.columns)
      solver_.set_objective(i, sign * problem.columns[i].price.usd() * unit_[i] / budget);
    double spending = 0;
    for (int round = 0; round < kRangeRounds; ++round) {
      const LinearSolution& solution = solve();
      if (solution.status != LinearSolution::Status::optimal) break;
      const std::vector<double> bought = units();
      spending = 0;
      for (const std::size_t i : year.columns) spending += sign * problem.columns[i].price.usd() * bought[i];
      const MeanLoss::Path path = mean_.path(bought);
      if (mean_.loss(path) <= most_loss + kRangeTolerance) break;
      touch(path, &solution.values);
    }
    for (const std::size_t i : year.columns) solver_.set_objective(i, 0);
    return spending;
  }

  LinearProgram extended(const PlanProblem& problem, PlanProgram& plan, const std::vector<double>& start) {
    LinearProgram& program = plan.program;
    for (std::size_t i = 0; i < plan.unit.size(); ++i) program.set_objective(i, 0);
    const std::vector<MeanLoss::Interval>& all = mean_.intervals();
    const MeanLoss::Path reference = mean_.path(start);
    const double c0 = problem.setup.loss.reference.compute;
    double elapsed = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      elapsed += all[i].integral;
      const double next = c0 + reference.compute[i] + reference.rate[i] * all[i].integral;
      compute_scale_.push_back(c0 + reference.compute[i]);
      rate_scale_.push_back(std::max(reference.rate[i], next / elapsed));
    }
    std::vector<LinearProgram::Row> rates(all.size(), LinearProgram::Row{0, 0, {}});
    for (std::size_t i = 0; i < all.size(); ++i) {
      loss_.push_back(program.add_column({-all[i].weight * static_cast<double>(all.size()), 0, kFree}));
      rate_.push_back(program.add_column({0, -kFree, kFree}));
      compute_.push_back(program.add_column({0, -kFree, i == 0 ? 0 : kFree}));
      rates[i].terms.push_back({rate_[i], 1});
      if (i == 0) continue;
      rates[i].terms.push_back({rate_[i - 1], -rate_scale_[i - 1] / rate_scale_[i]});
      LinearProgram::Row row{0, 0, {{compute_[i], 1}}};
      if (i > 1) row.terms.push_back({compute_[i - 1], -compute_scale_[i - 1] / compute_scale_[i]});
      row.terms.push_back({rate_[i - 1], -rate_scale_[i - 1] * all[i - 1].integral / compute_scale_[i]});
      (void)program.add_row(std::move(row));
    }
    for (std::size_t i = 0; i < plan.unit.size(); ++i) {
      if (!(plan.unit[i] > 0)) continue;
      for (const auto& [interval, rate] : mean_.changes()[i])
        rates[interval].terms.push_back({i, -rate * plan.unit[i] / rate_scale_[interval]});
    }
    for (LinearProgram::Row& row : rates) (void)program.add_row(std::move(row));
    return std::move(program);
  }

  const MeanLoss& mean_;
  std::vector<double> unit_;
  std::vector<double> compute_scale_;
  std::vector<double> rate_scale_;
  std::vector<std::size_t> loss_;  ///< columns, by interval
  std::vector<std::size_t> rate_;
  std::vector<std::size_t> compute_;
  std::vector<Cut> cuts_;
  LinearSolver solver_;
  LinearSolution solution_;
};

}  // namespace

std::vector<double> even_spending(const PlanProblem& problem) {
  const std::vector<PurchaseColumn>& columns = problem.columns;
  std::vector<double> units(columns.size());
  const double usd = problem.money.usd() / static_cast<double>(problem.dates.size());
  const auto per_usd = [&](std::size_t i) { return columns[i].effective / columns[i].price.usd(); };
  const auto is_early = [](const PurchaseColumn& each) {
    return each.initial.has_value() || each.taken_out < core::Time::latest();
  };
  // What is taken out early comes after all else.
  const auto count = static_cast<std::size_t>(std::find_if(columns.begin(), columns.end(), is_early) - columns.begin());
  for (std::size_t i = 0, best = 0; i < count; ++i) {
    if (columns[i].at != columns[best].at || per_usd(i) > per_usd(best)) best = i;
    const bool is_last = i + 1 == count || columns[i + 1].at != columns[i].at;
    if (is_last) units[best] = usd / columns[best].price.usd();
  }
  return units;
}

CutResult minimise_mean_loss(const PlanProblem& problem, const MeanLoss& mean, PlanProgram plan,
                             const std::vector<double>& start, const std::vector<double>& guess, double gap, int most,
                             const std::optional<double>& within, bool verbose) {
  CutResult result;
  CuttingPlanes planes(problem, mean, std::move(plan), guess, verbose);
  result.units = start;
  result.loss = mean.loss(mean.path(start));
  planes.touch(mean.path(std::vector<double>(start.size())), nullptr);
  planes.touch(mean.path(start), nullptr);
  planes.touch(mean.path(guess), nullptr);
  for (result.rounds = 1; result.rounds <= most; ++result.rounds) {
    const LinearSolution& solution = planes.solve();
    if (solution.status != LinearSolution::Status::optimal) break;
    result.bound = planes.loss();
    const std::vector<double> units = planes.units();
    const MeanLoss::Path path = mean.path(units);
    if (const double loss = mean.loss(path); loss < result.loss) {
      result.loss = loss;
      result.units = units;
    }
    result.support = planes.support();
    if (result.loss - result.bound <= gap) break;
    planes.touch(path, &solution.values);
  }
  if (within) result.flat = planes.spending_ranges(problem, result.loss * (1 + *within));
  return result;
}

}  // namespace fleetrace::study
