#include "sim/study/optimise/mean_loss_cuts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/study/optimise/alternatives.hpp"

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

}  // namespace

/// The programme of the limits with the states of all intervals and the losses above all tangents. States are what purchases add,
/// in units of a reference path, so that all numbers are near 1.
class CuttingPlanes {
 public:
  CuttingPlanes(const PlanProblem& problem, const MeanLoss& mean, PlanProgram plan, const std::vector<double>& start,
                bool verbose, const std::atomic<bool>* stop)
      : mean_(mean), unit_(plan.unit), solver_(extended(problem, plan, start), verbose, stop) {}

  /// Adds the tangents at a plan: those that are above the losses among `values` by more than a share of them, or all.
  void touch(const MeanLoss::Path& path, const std::vector<double>* values, double tolerance = 1e-13) {
    for (std::size_t i = 0; i < mean_.intervals().size(); ++i) {
      const MeanLoss::Tangent at = mean_.tangent(i, path.compute[i], path.rate[i]);
      if (values != nullptr && (*values)[loss_[i]] >= at.loss * (1 - tolerance)) continue;
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
  void set_bounds(std::size_t column, double low, double high) { solver_.set_bounds(column, low, high); }

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
      const auto most = [&](double sign) {
        std::vector<double> gain(unit_.size());
        for (const std::size_t i : year.columns) gain[i] = sign * problem.columns[i].price.usd() / problem.money.usd();
        const std::vector<double> bought = extreme(gain, most_loss);
        double usd = 0;
        for (const std::size_t i : year.columns) usd += problem.columns[i].price.usd() * bought[i];
        return usd;
      };
      ranges.push_back({year.from, most(-1), most(1)});
    }
    return ranges;
  }

  /// The plans of different_plans() that have no more mean loss than spending_ranges() was last asked about.
  [[nodiscard]] std::vector<std::vector<double>> different_plans(const PlanProblem& problem,
                                                                 const std::vector<double>& best, double most_loss,
                                                                 const PlanRequest& request) {
    std::vector<std::vector<double>> plans{best};
    while (plans.size() <= request.alternatives && !is_stopped(request)) {
      auto gain = overlap(problem, plans);
      for (double& each : gain) each = -each;
      plans.push_back(extreme(gain, most_loss));
    }
    plans.erase(plans.begin());
    return plans;
  }

 private:
  /// The units for which the sum of gains is largest, with tangents added there until they have no more mean loss than that.
  [[nodiscard]] std::vector<double> extreme(const std::vector<double>& gain, double most_loss) {
    for (std::size_t i = 0; i < gain.size(); ++i) solver_.set_objective(i, gain[i] * unit_[i]);
    std::vector<double> bought(unit_.size());
    for (int round = 0; round < kRangeRounds; ++round) {
      const LinearSolution& solution = solve();
      if (solution.status != LinearSolution::Status::optimal) break;
      bought = units();
      const MeanLoss::Path path = mean_.path(bought);
      if (mean_.loss(path) <= most_loss + kRangeTolerance) break;
      touch(path, &solution.values);
    }
    for (std::size_t i = 0; i < gain.size(); ++i) solver_.set_objective(i, 0);
    return bought;
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

CutResult minimise_mean_loss(const PlanProblem& problem, const MeanLoss& mean, PlanProgram plan,
                             const std::vector<double>& start, const std::vector<double>& guess, double gap, int most,
                             const std::vector<double>& tolerances, const PlanRequest& request) {
  CutResult result;
  CuttingPlanes planes(problem, mean, std::move(plan), guess, request.verbose, request.stop);
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
    if (result.loss - result.bound <= gap || is_stopped(request)) break;
    planes.touch(path, &solution.values);
  }
  if (result.support.worth.empty()) result.support = planes.support();
  // A plan within a tolerance is within every larger one, so that the rows of those may stay.
  for (auto each = tolerances.rbegin(); each != tolerances.rend() && !is_stopped(request); ++each) {
    auto ranges = planes.spending_ranges(problem, result.loss * (1 + *each));
    for (auto& range : ranges) range.within = *each;
    result.flat.insert(result.flat.begin(), ranges.begin(), ranges.end());
  }
  if (!tolerances.empty() && request.alternatives > 0)
    result.alternatives = planes.different_plans(problem, result.units, result.loss * (1 + tolerances.front()),
                                                 request);
  return result;
}

constexpr int kBranchRounds = 60;  // most branches take one or two, since they begin with the tangents of others

MeanLossBranches::MeanLossBranches(const PlanProblem& problem, const MeanLoss& mean, const PlanProgram& plan,
                                   const std::vector<double>& start, double gap, const PlanRequest& request)
    : mean_(mean),
      plan_(plan),
      original_(plan),
      gap_(gap),
      planes_(
          std::make_unique<CuttingPlanes>(problem, mean, plan, even_spending(problem), request.verbose, request.stop)) {
  planes_->touch(mean.path(std::vector<double>(start.size())), nullptr);
  planes_->touch(mean.path(start), nullptr);
  planes_->touch(mean.path(even_spending(problem)), nullptr);
}

MeanLossBranches::~MeanLossBranches() = default;

NodeRelaxation MeanLossBranches::relax(const std::vector<NarrowedColumn>& narrowed) {
  const auto set = [this](std::size_t column, double low, double high) {
    planes_->set_bounds(column, low, high);
    plan_.program.set_bounds(column, low, high);
  };
  const std::vector<LinearProgram::Column>& columns = original_.program.columns();
  for (const NarrowedColumn& each : narrowed_) set(each.column, columns[each.column].low, columns[each.column].high);
  narrowed_ = narrowed;
  for (const NarrowedColumn& each : narrowed) {
    const double low = std::max(each.low, columns[each.column].low);
    const double high = std::min(each.high, columns[each.column].high);
    if (low > high) return {true, 0, {}};
    set(each.column, low, high);
  }
  NodeRelaxation result;
  for (int round = 0; round < kBranchRounds; ++round) {
    const LinearSolution& solution = planes_->solve();
    if (solution.status == LinearSolution::Status::infeasible) {
      // Tangents keep no plan out, so that the rows of the plan alone must prove it.
      std::vector<double> multipliers = solution.prices;
      multipliers.resize(std::min(multipliers.size(), plan_.program.rows().size()));
      result.is_empty = proves_empty(plan_.program, multipliers);
      return result;
    }
    if (solution.status != LinearSolution::Status::optimal) return result;
    result.bound = std::min(result.bound, proved(solution.prices));
    result.values = solution.values;
    const MeanLoss::Path path = mean_.path(planes_->units());
    if (mean_.loss(path) - planes_->loss() <= gap_) break;
    planes_->touch(path, &solution.values, gap_ / 2);
  }
  return result;
}

/// What the tangents support is linear in the plan. Its largest gain has the solver's prices of the rows of the plan, in units of
/// the whole objective.
double MeanLossBranches::proved(const std::vector<double>& prices) {
  const MeanLoss::Support support = planes_->support();
  set_worth(support.worth, plan_);
  std::vector<double> own(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(
                                                               std::min(prices.size(), plan_.program.rows().size())));
  const double scale = static_cast<double>(mean_.intervals().size()) * plan_.largest;
  for (double& each : own) each /= scale;
  return plan_.largest * safe_bound(plan_.program, own) - support.at_none;
}

}  // namespace fleetrace::study
