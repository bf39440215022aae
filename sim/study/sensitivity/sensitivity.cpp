#include "sim/study/sensitivity/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

#include "sim/core/numeric/sum.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/sensitivity/one_at_a_time.hpp"

namespace fleetrace::study {
namespace {

using fleet::Metric;

/// Runs replication 0 at rows of uniform numbers, one for each input.
class RowRunner {
 public:
  RowRunner(const StudyDesign& design, fleet::Metric objective)
      : design_(&design), replicator_(design), objective_(objective), row_(design.strategies.size()) {}

  /// Writes the objective of each strategy, and whether it is a value: where the target is not reached, the objective is the
  /// horizon or the spending until its end.
  void run(std::span<const double> uniforms, std::span<RowObjective> objectives) {
    replicator_.run(0, design_->inputs.values(uniforms), row_);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      RowObjective& each = objectives[i];
      each.value = fleet::get(row_[i], objective_);
      each.is_reached = fleet::has_value(objective_, each.value, fleet::get(row_[i], Metric::target_reached));
      if (!std::isfinite(each.value)) {
        throw ReplicationError(std::string(fleet::info(objective_).name) +
                               " is no finite number for every strategy: one buys no compute");
      }
    }
  }

 private:
  const StudyDesign* design_;
  Replicator replicator_;
  fleet::Metric objective_;
  std::vector<fleet::Metrics> row_;
};

/// The result that is asked for, from the objectives of a row. Tied objectives differ by 0.
double result_of(const Sensitivity& asked, std::span<const RowObjective> objectives) {
  const double own = objectives[asked.strategy].value;
  if (!asked.against) return own;
  const double other = objectives[*asked.against].value;
  return fleet::are_tied(asked.objective, own, other) ? 0 : own - other;
}

/// Below 0 where the strategy is better than the other, above 0 where the other is, 0 where neither is.
double order_of(const Sensitivity& asked, std::span<const RowObjective> objectives) {
  const RowObjective& own = objectives[asked.strategy];
  const RowObjective& other = objectives[*asked.against];
  if (own.is_reached != other.is_reached) return own.is_reached ? -1 : 1;
  return own.is_reached ? (fleet::info(asked.objective).lower_is_better ? 1 : -1) * result_of(asked, objectives) : 0;
}

/// The strategies in the order of their means over the independent rows of the design, the best first. By cost, those come
/// first that reach the target more often. Those with hindsight come last: nobody can choose them.
std::vector<std::size_t> ranking(const StudyDesign& design, const SobolDesign& sobol,
                                 const std::vector<RowObjective>& objectives, fleet::Metric objective) {
  const std::size_t strategies = design.strategies.size();
  std::vector<core::Sum> sums(strategies);
  std::vector<std::size_t> reached(strategies);
  for (std::size_t row = 0; row < sobol.rows(); row += sobol.inputs() + 2) {
    for (std::size_t i = 0; i < strategies; ++i) {
      const RowObjective& each = objectives[row * strategies + i];
      sums[i].add(each.value);
      reached[i] += each.is_reached || objective != Metric::cost_to_target ? 1 : 0;
    }
  }
  const double sign = fleet::info(objective).lower_is_better ? 1 : -1;
  std::vector<std::size_t> order(strategies);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (design.is_bound(a) != design.is_bound(b)) return design.is_bound(b);
    if (reached[a] != reached[b]) return reached[a] > reached[b];
    return sign * sums[a].value() < sign * sums[b].value();
  });
  return order;
}

/// Writes the objectives at all rows of the design, strategy by strategy within a row. Returns false where it was stopped.
bool run_design(const StudyDesign& design, fleet::Metric objective, const SobolDesign& sobol, int jobs,
                const std::atomic<bool>& stop, std::vector<RowObjective>& objectives,
                const std::function<void(std::size_t done)>& finished) {
  const std::size_t strategies = design.strategies.size();
  objectives.resize(sobol.rows() * strategies);
  DoneCounter done(finished);
  return parallel_loop(
      sobol.rows(), jobs, stop, [&] { return RowRunner(design, objective); },
      [&](RowRunner& runner, std::size_t i) {
        std::vector<double> uniforms(sobol.inputs());
        sobol.row(i, uniforms);
        runner.run(uniforms, {objectives.data() + i * strategies, strategies});
        done.add();
      });
}

/// Reads the objectives at all rows from what is known of each point.
void read_design(const SobolDesign& sobol, std::size_t strategies, const KnownPoints& known,
                 std::vector<RowObjective>& objectives) {
  const std::size_t rows = sobol.inputs() + 2;
  std::vector<double> numbers(2 * rows * strategies);
  for (std::size_t point = 0; point < sobol.rows() / rows; ++point) {
    known(point, numbers);
    for (std::size_t i = 0; i < numbers.size(); i += 2) objectives.push_back({numbers[i], numbers[i + 1] != 0});
  }
}

/// What `read` makes of the objectives, at any row of uniform numbers. The runner must outlive it.
ResultAt result_at(const StudyDesign& design, const Sensitivity& asked, RowRunner& runner,
                   double (*read)(const Sensitivity&, std::span<const RowObjective>) = result_of) {
  return [&design, &asked, &runner, read](std::span<const double> uniforms) {
    std::vector<RowObjective> objectives(design.strategies.size());
    runner.run(uniforms, objectives);
    return read(asked, objectives);
  };
}

}  // namespace

std::size_t sensitivity_runs(const StudyDesign& design, const SensitivityEffort& effort) {
  return effort.replicates * effort.points * (design.inputs.names().size() + 2);
}

std::size_t numbers_of_point(const StudyDesign& design) {
  return 2 * (design.inputs.names().size() + 2) * design.strategies.size();
}

bool run_points(const StudyDesign& design, fleet::Metric objective, const SensitivityEffort& effort,
                std::span<const std::size_t> points, const std::atomic<bool>& stop,
                const std::function<void(std::size_t point, std::span<const double> numbers)>& found,
                const std::function<void(std::size_t done)>& finished) {
  const SobolDesign sobol(design.inputs.names().size(), effort.points, effort.replicates, design.seed);
  const std::size_t rows = sobol.inputs() + 2;
  std::mutex mutex;
  std::size_t done = 0;
  return parallel_loop(
      points.size(), effort.jobs, stop, [&] { return RowRunner(design, objective); },
      [&](RowRunner& runner, std::size_t i) {
        std::vector<double> uniforms(sobol.inputs());
        std::vector<RowObjective> objectives(design.strategies.size());
        std::vector<double> numbers;
        for (std::size_t row = 0; row < rows; ++row) {
          sobol.row(points[i] * rows + row, uniforms);
          runner.run(uniforms, objectives);
          for (const RowObjective& each : objectives) {
            numbers.push_back(each.value);
            numbers.push_back(each.is_reached ? 1 : 0);
          }
        }
        const std::lock_guard lock(mutex);
        found(points[i], numbers);
        done += rows;
        if (finished) finished(done);
      });
}

std::optional<RacedSensitivity> sensitivity(const StudyDesign& design, const SensitivityQuestion& question,
                                            const SensitivityEffort& effort, const std::atomic<bool>& stop,
                                            const std::function<void(std::size_t done)>& finished,
                                            const KnownPoints& known) {
  const std::size_t inputs = design.inputs.names().size();
  const std::size_t strategies = design.strategies.size();
  const SobolDesign sobol(inputs, effort.points, effort.replicates, design.seed);
  std::vector<RowObjective> objectives;
  if (known) {
    read_design(sobol, strategies, known, objectives);
  } else if (!run_design(design, question.objective, sobol, effort.jobs, stop, objectives, finished)) {
    return std::nullopt;
  }

  RacedSensitivity asked;
  asked.objective = question.objective;
  if (question.strategy) {
    asked.strategy = *question.strategy;
    asked.against = question.against;
  } else {
    const std::vector<std::size_t> order = ranking(design, sobol, objectives, question.objective);
    asked.strategy = order[0];
    if (strategies > 1) asked.against = order[1];
  }
  asked.runs = sobol.rows();
  std::vector<double> results;
  results.reserve(sobol.rows());
  for (std::size_t i = 0; i < sobol.rows(); ++i) {
    const std::span<const RowObjective> row{objectives.data() + i * strategies, strategies};
    results.push_back(result_of(asked, row));
    if (!row[asked.strategy].is_reached || (asked.against && !row[*asked.against].is_reached)) ++asked.unreached;
  }
  const SobolIndices indices = sobol_indices(sobol, results, effort.confidence);
  asked.mean = indices.mean;
  asked.variance = indices.variance;

  RowRunner runner(design, asked.objective);
  const Tornado bars = tornado(inputs, result_at(design, asked, runner));
  asked.at_medians = bars.at_medians;
  if (asked.against) {
    const double order = result_at(design, asked, runner, order_of)(std::vector<double>(inputs, 0.5));
    asked.order_at_medians = order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  std::vector<InputEffect> effects(inputs);
  for (std::size_t i = 0; i < inputs; ++i) {
    effects[i].input = i;
    effects[i].first = indices.first[i];
    effects[i].total = indices.total[i];
  }
  for (const TornadoBar& bar : bars.bars) {
    effects[bar.input].at_low = bar.at_low;
    effects[bar.input].at_high = bar.at_high;
  }
  if (asked.against) {
    const bool all = parallel_loop(
        inputs, effort.jobs, stop, [&] { return RowRunner(design, asked.objective); },
        [&](RowRunner& own, std::size_t i) {
          effects[i].break_evens = break_evens(inputs, i, result_at(design, asked, own, order_of));
        });
    if (!all) return std::nullopt;
  }
  std::stable_sort(effects.begin(), effects.end(),
                   [](const InputEffect& a, const InputEffect& b) { return a.total.value > b.total.value; });
  asked.inputs = std::move(effects);
  asked.objectives = std::move(objectives);
  return asked;
}

}  // namespace fleetrace::study
