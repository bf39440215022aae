#include "sim/study/optimise/sample_average.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();
constexpr int kMostRounds = 200;
/// Shares of the most compute at which losses have tangents from the beginning.
constexpr double kFirst[] = {0.01, 0.1, 0.3, 0.6, 0.8, 0.9, 1};

class SampleProgram {
 public:
  SampleProgram(const std::vector<PlanProblem>& worlds, const PlanRequest& request, const Risk& risk)
      : worlds_(worlds), risk_(risk), gap_(request.gap), verbose_(request.verbose) {
    for (const PlanProblem& world : worlds) {
      if (!world.setup.loss.law.is_powers() || world.setup.loss.law.timed)
        throw PlanError(
            "this loss law is no sum of powers of compute, and plans for several worlds are made for those alone");
      plans_.push_back(plan_program(world, request));
      losses_.push_back(world_loss(world));
    }
    find_orders();
    for (std::size_t i = 0; i < plan_.orders.size(); ++i) (void)program_.add_column({0, 0, unit_[i] > 0 ? 1.0 : 0.0});
    for (std::size_t w = 0; w < worlds.size(); ++w) add_world(w);
    add_objective();
  }

  SamplePlan solve() {
    LinearSolver solver(std::move(program_), verbose_);
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      for (const double share : kFirst) solver.add_row(tangent(w, share * scale_[w]));
    }
    plan_.value = kUnlimited;
    for (plan_.rounds = 1; plan_.rounds <= kMostRounds; ++plan_.rounds) {
      const LinearSolution solution = solver.solve();
      if (solution.values.empty()) break;
      plan_.bound = std::max(plan_.bound, -safe_bound(solver.program(), solution.prices));
      if (solution.status == LinearSolution::Status::infeasible) break;
      const std::vector<double> losses = look(solution.values);
      if (plan_.value - plan_.bound <= gap_) break;
      for (std::size_t w = 0; w < worlds_.size(); ++w) {
        if (solution.values[loss_column_[w]] < losses[w] * (1 - 1e-13)) solver.add_row(tangent(w, purchased_[w]));
      }
    }
    return std::move(plan_);
  }

 private:
  /// The orders of all worlds, and the most units of each that the limits of orders of every world allow.
  void find_orders() {
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      std::vector<std::size_t> own;
      for (std::size_t i = 0; i < worlds_[w].columns.size(); ++i) {
        const PurchaseColumn& column = worlds_[w].columns[i];
        const auto found = std::find_if(plan_.orders.begin(), plan_.orders.end(),
                                        [&](const NamedOrder& each) { return each.is_of(worlds_[w], column); });
        own.push_back(static_cast<std::size_t>(found - plan_.orders.begin()));
        if (found == plan_.orders.end()) {
          plan_.orders.push_back({column.at, accelerator_of(worlds_[w], column), column.site, column.allotted_to, 0});
          unit_.push_back(kUnlimited);
        }
        unit_[own.back()] = std::min(unit_[own.back()], plans_[w].unit[i]);
      }
      index_.push_back(std::move(own));
    }
    if (plan_.orders.empty())
      throw PlanError("nothing that could be ordered computes anything before the end of the horizon");
  }

  /// The limits of a world, its states, what purchases compute in it and its loss.
  void add_world(std::size_t w) {
    const LinearProgram& own = plans_[w].program;
    const std::size_t purchases = worlds_[w].columns.size();
    std::vector<std::size_t> columns = index_[w];
    for (std::size_t i = purchases; i < own.columns().size(); ++i)
      columns.push_back(program_.add_column({0, own.columns()[i].low, own.columns()[i].high}));
    for (const LinearProgram::Row& row : own.rows()) {
      LinearProgram::Row shared{row.low, row.high, {}};
      for (const LinearTerm& term : row.terms) {
        const bool is_purchase = term.column < purchases;
        const double units = is_purchase ? unit_[columns[term.column]] / plans_[w].unit[term.column] : 1;
        if (units > 0) shared.terms.push_back({columns[term.column], term.value * units});
      }
      if (w > 0 && is_known(shared)) continue;
      if (w == 0) first_.push_back(shared);
      (void)program_.add_row(std::move(shared));
    }
    double most = 0;
    double sum = 0;  // of all orders at their most, which no plan exceeds
    for (std::size_t i = 0; i < purchases; ++i) {
      const double each = worlds_[w].columns[i].effective * unit_[columns[i]];
      most = std::max(most, each);
      sum += each;
    }
    scale_.push_back(most > 0 ? most : 1);
    const double high = most > 0 ? sum / most : 0;
    compute_column_.push_back(program_.add_column({0, 0, high}));
    LinearProgram::Row row{0, 0, {{compute_column_.back(), 1}}};
    for (std::size_t i = 0; i < purchases; ++i) {
      const double each = worlds_[w].columns[i].effective * unit_[columns[i]] / scale_.back();
      if (each > 0) row.terms.push_back({columns[i], -each});
    }
    (void)program_.add_row(std::move(row));
    loss_column_.push_back(program_.add_column({0, 0, highest()}));
    purchased_.push_back(0);
  }

  /// No loss of any world is higher.
  [[nodiscard]] double highest() const {
    double highest = 1;
    for (const WorldLoss& each : losses_) highest = std::max(highest, each.loss(0));
    return highest;
  }

  /// Limits of orders that are the same as in the first world are not repeated.
  [[nodiscard]] bool is_known(const LinearProgram::Row& row) const {
    return std::any_of(first_.begin(), first_.end(), [&](const LinearProgram::Row& other) {
      return other.low == row.low && other.high == row.high &&
             std::equal(
                 other.terms.begin(), other.terms.end(), row.terms.begin(), row.terms.end(),
                 [](const LinearTerm& a, const LinearTerm& b) { return a.column == b.column && a.value == b.value; });
    });
  }

  void add_objective() {
    const auto count = static_cast<double>(worlds_.size());
    if (!risk_.tail_level) {
      for (const std::size_t column : loss_column_) program_.set_objective(column, -1 / count);
      return;
    }
    edge_column_ = program_.add_column({-1, 0, highest()});
    for (const std::size_t column : loss_column_) {
      const std::size_t above = program_.add_column({-1 / (count * (1 - *risk_.tail_level)), 0, highest()});
      (void)program_.add_row({0, kUnlimited, {{above, 1}, {column, -1}, {*edge_column_, 1}}});
    }
  }

  /// A loss is nowhere below its tangent.
  [[nodiscard]] LinearProgram::Row tangent(std::size_t w, double purchased) const {
    const double slope = losses_[w].slope(purchased);
    return {losses_[w].loss(purchased) - slope * purchased,
            kUnlimited,
            {{loss_column_[w], 1}, {compute_column_[w], -slope * scale_[w]}}};
  }

  /// The losses of the plan that a solver found, which is kept where none was better.
  std::vector<double> look(const std::vector<double>& values) {
    std::vector<double> units(plan_.orders.size());
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = std::clamp(values[i], 0.0, 1.0) * unit_[i];
    std::vector<double> losses;
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      core::Sum sum;
      for (std::size_t i = 0; i < index_[w].size(); ++i) sum.add(worlds_[w].columns[i].effective * units[index_[w][i]]);
      purchased_[w] = sum.value();
      losses.push_back(losses_[w].loss(sum.value()));
    }
    const double edge = edge_column_ ? values[*edge_column_] : 0;
    const double value = risk_of(losses, risk_, edge);
    if (value < plan_.value) {
      plan_.value = value;
      plan_.units = std::move(units);
      plan_.edge = edge;
    }
    return losses;
  }

  const std::vector<PlanProblem>& worlds_;
  Risk risk_;
  double gap_;
  bool verbose_;
  std::vector<PlanProgram> plans_;
  std::vector<WorldLoss> losses_;
  LinearProgram program_;
  std::vector<LinearProgram::Row> first_;        ///< limits of the first world
  std::vector<std::vector<std::size_t>> index_;  ///< of each column of each world among the orders
  std::vector<double> unit_;                     ///< units of each order that a share of 1 stands for
  std::vector<double> scale_;                    ///< compute that each world's column counts in [FLOP]
  std::vector<std::size_t> compute_column_;
  std::vector<std::size_t> loss_column_;
  std::optional<std::size_t> edge_column_;
  std::vector<double> purchased_;  ///< by the plan that was looked at last [FLOP]
  SamplePlan plan_;
};

}  // namespace

double WorldLoss::slope(double purchased) const {
  const double ratio = 1 + (base + purchased) / reference;
  double slope = 0;
  for (const models::PowerTerm& term : law.terms) {
    if (term.scale > 0) slope -= term.exponent * term.scale * core::pow(ratio, -term.exponent - 1) / reference;
  }
  return slope;
}

WorldLoss world_loss(const PlanProblem& problem) {
  const fleet::StrategySetup& setup = problem.setup;
  return {setup.loss.law, setup.loss.reference.compute, problem.base.effective,
          setup.horizon.years_at(setup.horizon.end)};
}

double risk_of(const std::vector<double>& losses, const Risk& risk, double edge) {
  core::Sum sum;
  for (const double loss : losses) sum.add(risk.tail_level ? std::max(0.0, loss - edge) : loss);
  const double mean = sum.value() / static_cast<double>(losses.size());
  return risk.tail_level ? edge + mean / (1 - *risk.tail_level) : mean;
}

SamplePlan best_sample_plan(const std::vector<PlanProblem>& worlds, const PlanRequest& request, const Risk& risk) {
  return SampleProgram(worlds, request, risk).solve();
}

}  // namespace fleetrace::study
