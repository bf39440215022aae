#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "sim/study/optimise/alternatives.hpp"
#include "sim/study/optimise/mean_loss_cuts.hpp"

namespace fleetrace::study {

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
    restrict_to(most_loss);
    std::vector<SpendingRange> ranges;
    for (const PlanYear& year : plan_years(problem)) {
      const auto most = [&](double sign) {
        std::vector<double> gain(unit_.size());
        for (const std::size_t i : year.columns) gain[i] = sign * problem.columns[i].price.usd() / problem.money.usd();
        const auto bought = extreme(gain, most_loss);
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
    restrict_to(most_loss);
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
  static constexpr double kUnlimited = std::numeric_limits<double>::infinity();
  static constexpr double kFree = 1e30;            // what a solver takes for no bound
  static constexpr int kRangeRounds = 40;          // for each end of a range of spending
  static constexpr double kRangeTolerance = 1e-7;  // the excess of mean loss that ends them
  /// A tangent that is a row of the programme.
  struct Cut {
    std::size_t row = 0;
    std::size_t interval = 0;
    MeanLoss::Tangent tangent;
    double compute = 0, rate = 0;  ///< where it touches
  };

  /// Leaves the plans with no more mean loss by the tangents, and no objective.
  void restrict_to(double most_loss) {
    LinearProgram::Row as_good{-kUnlimited, most_loss, {}};
    for (std::size_t i = 0; i < loss_.size(); ++i) {
      as_good.terms.push_back({loss_[i], mean_.intervals()[i].weight});
      solver_.set_objective(loss_[i], 0);
    }
    solver_.add_row(std::move(as_good));
  }

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

}  // namespace fleetrace::study
