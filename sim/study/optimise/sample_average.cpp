#include "sim/study/optimise/sample_average.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/sum.hpp"
#include "sim/study/optimise/linear_solver.hpp"
#include "sim/study/optimise/plan_program.hpp"

namespace fleetrace::study {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();
constexpr int kMostSampleRounds = 200;
/// Shares of the most compute at which losses have tangents from the beginning.
constexpr double kFirst[] = {0.01, 0.1, 0.3, 0.6, 0.8, 0.9, 1};

class SampleProgram {
 public:
  SampleProgram(const std::vector<PlanProblem>& worlds, const PlanRequest& request, const Risk& risk)
      : worlds_(worlds), request_(request), risk_(risk) {
    for (const PlanProblem& world : worlds) {
      if (!world.setup.loss.law.is_powers() || world.setup.loss.law.timed)
        throw PlanError(
            "this loss law is no sum of powers of compute, and plans for several worlds are made for those alone");
      plans_.push_back(plan_program(world, request));
      losses_.push_back(world_loss(world));
      if (request.objective == fleet::Metric::mean_loss) means_.emplace_back(world);
    }
    find_orders();
    for (std::size_t i = 0; i < plan_.orders.size(); ++i) (void)program_.add_column({0, 0, unit_[i] > 0 ? 1.0 : 0.0});
    for (std::size_t w = 0; w < worlds.size(); ++w) add_world(w);
    add_objective();
  }

  SamplePlan solve() {
    LinearSolver solver(std::move(program_), request_.verbose, request_.stop);
    for (std::size_t w = 0; w < worlds_.size(); ++w) touch_first(w, solver);
    plan_.value = kUnlimited;
    plan_.units.assign(plan_.orders.size(), 0);
    for (plan_.rounds = 1; plan_.rounds <= kMostSampleRounds; ++plan_.rounds) {
      const LinearSolution solution = solver.solve();
      if (is_stopped(request_)) throw PlanStopped();
      if (solution.values.empty()) break;
      // Tangents of a mean loss are sums of some hundred terms, whose rounding is far less than this.
      const double rounding = means_.empty() ? 0 : 1e-12;
      plan_.bound = std::max(plan_.bound, -safe_bound(solver.program(), solution.prices) - rounding);
      if (solution.status == LinearSolution::Status::infeasible) break;
      look(solution.values);
      if (plan_.value - plan_.bound <= request_.gap) break;
      for (std::size_t w = 0; w < worlds_.size(); ++w) touch(w, &solution.values, solver);
    }
    find_worth();
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
    loss_columns_.emplace_back();
    if (means_.empty()) {
      add_compute(w);
      loss_columns_.back().push_back(program_.add_column({0, 0, highest()}));
    } else {
      for (std::size_t part = 0; part < means_[w].weights().size(); ++part)
        loss_columns_.back().push_back(program_.add_column({0, 0, highest()}));
    }
    bought_.emplace_back(purchases);
  }

  /// The compute of all purchases by the end, on which final loss depends.
  void add_compute(std::size_t w) {
    double most = 0;
    double sum = 0;  // of all orders at their most, which no plan exceeds
    const auto compute = [&](std::size_t i) { return worlds_[w].columns[i].effective * unit_[index_[w][i]]; };
    for (std::size_t i = 0; i < index_[w].size(); ++i) {
      most = std::max(most, compute(i));
      sum += compute(i);
    }
    scale_.push_back(most > 0 ? most : 1);
    const double high = most > 0 ? sum / most : 0;
    compute_column_.push_back(program_.add_column({0, 0, high}));
    LinearProgram::Row row{0, 0, {{compute_column_.back(), 1}}};
    for (std::size_t i = 0; i < index_[w].size(); ++i) {
      const double each = compute(i) / scale_.back();
      if (each > 0) row.terms.push_back({index_[w][i], -each});
    }
    (void)program_.add_row(std::move(row));
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
    if (risk_.tail_level) edge_column_ = program_.add_column({-1, 0, highest()});
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      if (!edge_column_) {
        for (std::size_t part = 0; part < loss_columns_[w].size(); ++part)
          program_.set_objective(loss_columns_[w][part], -weight(w, part) / count);
        continue;
      }
      const std::size_t above = program_.add_column({-1 / (count * (1 - *risk_.tail_level)), 0, highest()});
      LinearProgram::Row row{0, kUnlimited, {{above, 1}, {*edge_column_, 1}}};
      for (std::size_t part = 0; part < loss_columns_[w].size(); ++part)
        row.terms.push_back({loss_columns_[w][part], -weight(w, part)});
      (void)program_.add_row(std::move(row));
    }
  }

  /// What a part of a world's loss counts in it.
  [[nodiscard]] double weight(std::size_t w, std::size_t part) const {
    return means_.empty() ? 1 : means_[w].weights()[part];
  }

  /// The tangents that there are from the beginning.
  void touch_first(std::size_t w, LinearSolver& solver) {
    if (means_.empty()) {
      for (const double share : kFirst) solver.add_row(tangent(w, share * scale_[w]));
      return;
    }
    touch(w, nullptr, solver);
    bought_[w] = even_spending(worlds_[w]);
    touch(w, nullptr, solver);
  }

  /// Adds the tangents of a world at what was looked at last: those that are above the losses among `values`, or all.
  void touch(std::size_t w, const std::vector<double>* values, LinearSolver& solver) {
    const auto is_above = [&](std::size_t part, double loss) {
      return values == nullptr || (*values)[loss_columns_[w][part]] < loss * (1 - 1e-13);
    };
    if (means_.empty()) {
      const double purchased = compute_of(w);
      if (is_above(0, losses_[w].loss(purchased))) solver.add_row(tangent(w, purchased));
      return;
    }
    const std::vector<MeanLoss::Support> tangents = means_[w].tangents(bought_[w]);
    for (std::size_t part = 0; part < tangents.size(); ++part) {
      LinearProgram::Row row{tangents[part].at_none, kUnlimited, {{loss_columns_[w][part], 1}}};
      double loss = tangents[part].at_none;
      for (std::size_t i = 0; i < index_[w].size(); ++i) {
        const double worth = tangents[part].worth[i];
        loss -= worth * bought_[w][i];
        if (worth != 0 && unit_[index_[w][i]] > 0) row.terms.push_back({index_[w][i], worth * unit_[index_[w][i]]});
      }
      if (is_above(part, loss)) solver.add_row(std::move(row));
    }
  }

  /// A loss is nowhere below its tangent.
  [[nodiscard]] LinearProgram::Row tangent(std::size_t w, double purchased) const {
    const double slope = losses_[w].slope(purchased);
    return {losses_[w].loss(purchased) - slope * purchased,
            kUnlimited,
            {{loss_columns_[w][0], 1}, {compute_column_[w], -slope * scale_[w]}}};
  }

  [[nodiscard]] double compute_of(std::size_t w) const {
    core::Sum sum;
    for (std::size_t i = 0; i < bought_[w].size(); ++i) sum.add(worlds_[w].columns[i].effective * bought_[w][i]);
    return sum.value();
  }

  /// The loss of each world by these units of each order, which are looked at.
  std::vector<double> losses_of(const std::vector<double>& units) {
    std::vector<double> losses;
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      for (std::size_t i = 0; i < index_[w].size(); ++i) bought_[w][i] = units[index_[w][i]];
      losses.push_back(means_.empty() ? losses_[w].loss(compute_of(w)) : means_[w].loss(bought_[w]));
    }
    return losses;
  }

  /// Looks at the plan that a solver found, which is kept where none was better.
  void look(const std::vector<double>& values) {
    std::vector<double> units(plan_.orders.size());
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = std::clamp(values[i], 0.0, 1.0) * unit_[i];
    const double edge = edge_column_ ? values[*edge_column_] : 0;
    const double value = risk_of(losses_of(units), risk_, edge);
    if (!(value < plan_.value)) return;
    plan_.value = value;
    plan_.units = std::move(units);
    plan_.edge = edge;
  }

  /// By how much one more unit of each order lowers the risk of the plan.
  void find_worth() {
    plan_.worth.assign(plan_.orders.size(), 0);
    const std::vector<double> losses = losses_of(plan_.units);
    for (std::size_t w = 0; w < worlds_.size(); ++w) {
      if (risk_.tail_level && losses[w] < plan_.edge) continue;
      if (means_.empty()) {
        const double slope = losses_[w].slope(compute_of(w));
        for (std::size_t i = 0; i < index_[w].size(); ++i)
          plan_.worth[index_[w][i]] -= slope * worlds_[w].columns[i].effective;
        continue;
      }
      const std::vector<MeanLoss::Support> tangents = means_[w].tangents(bought_[w]);
      for (std::size_t part = 0; part < tangents.size(); ++part) {
        for (std::size_t i = 0; i < index_[w].size(); ++i)
          plan_.worth[index_[w][i]] += weight(w, part) * tangents[part].worth[i];
      }
    }
  }

  const std::vector<PlanProblem>& worlds_;
  const PlanRequest& request_;
  Risk risk_;
  std::vector<PlanProgram> plans_;
  std::vector<WorldLoss> losses_;
  std::vector<StretchedLoss> means_;  ///< of each world, where mean loss is the objective
  LinearProgram program_;
  std::vector<LinearProgram::Row> first_;        ///< limits of the first world
  std::vector<std::vector<std::size_t>> index_;  ///< of each column of each world among the orders
  std::vector<double> unit_;                     ///< units of each order that a share of 1 stands for
  std::vector<double> scale_;                    ///< compute that each world's column counts in [FLOP]
  std::vector<std::size_t> compute_column_;
  std::vector<std::vector<std::size_t>> loss_columns_;  ///< of each world, one for each part of its loss
  std::optional<std::size_t> edge_column_;
  std::vector<std::vector<double>> bought_;  ///< units of each column of each world, by the plan looked at last
  SamplePlan plan_;
};

}  // namespace

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
