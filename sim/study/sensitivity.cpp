#include "fleetrace/study/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

#include "fleetrace/core/sum.hpp"
#include "fleetrace/study/one_at_a_time.hpp"

namespace fleetrace::study {
namespace {

/// Objectives of all strategies at one row of uniform numbers.
class RowRunner {
 public:
  RowRunner(const Plan& plan, fleet::Measure objective)
      : plan_(&plan), objective_(objective), row_(plan.strategies.size()) {}

  void run(Replicator& replicator, std::span<const double> uniforms, std::span<double> objectives) {
    replicator.run(0, plan_->inputs.values(uniforms), row_);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      objectives[i] = fleet::get(row_[i], objective_);
      if (!std::isfinite(objectives[i])) {
        throw ReplicationError(std::string(fleet::info(objective_).name) +
                               " is no finite number for every strategy: one has no effective compute");
      }
    }
  }

 private:
  const Plan* plan_;
  fleet::Measure objective_;
  std::vector<fleet::Measures> row_;
};

/// What a question asks of the objectives of a row.
double result_of(const Sensitivity& asked, std::span<const double> objectives) {
  return objectives[asked.strategy] - (asked.against ? objectives[*asked.against] : 0);
}

/// The strategies by their means over the independent points of the design, best first.
std::vector<std::size_t> ranking(const SobolDesign& design, const std::vector<double>& objectives,
                                 std::size_t strategies, fleet::Measure objective) {
  std::vector<core::Sum> sums(strategies);
  for (std::size_t row = 0; row < design.rows(); row += design.inputs() + 2) {
    for (std::size_t i = 0; i < strategies; ++i) sums[i].add(objectives[row * strategies + i]);
  }
  const double sign = fleet::info(objective).lower_is_better ? 1 : -1;
  std::vector<std::size_t> order(strategies);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return sign * sums[a].value() < sign * sums[b].value(); });
  return order;
}

/// Objectives at all rows of the design, strategy by strategy within a row; false where it was stopped.
bool run_design(const Plan& plan, fleet::Measure objective, const SobolDesign& design, int jobs,
                const std::atomic<bool>& stop, std::vector<double>& objectives,
                const std::function<void(std::size_t done)>& finished) {
  const std::size_t strategies = plan.strategies.size();
  objectives.resize(design.rows() * strategies);
  std::mutex mutex;
  std::size_t done = 0;
  return parallel_replications(plan, design.rows(), jobs, stop, [&](Replicator& worker, std::size_t i) {
    std::vector<double> uniforms(design.inputs());
    design.row(i, uniforms);
    RowRunner(plan, objective).run(worker, uniforms, {objectives.data() + i * strategies, strategies});
    const std::lock_guard lock(mutex);
    ++done;
    if (finished) finished(done);
  });
}

/// A worker's result at a row of uniform numbers.
ResultAt result_at(const Plan& plan, const Sensitivity& asked, Replicator& worker) {
  return [&plan, &asked, &worker](std::span<const double> uniforms) {
    std::vector<double> objectives(plan.strategies.size());
    RowRunner(plan, asked.objective).run(worker, uniforms, objectives);
    return result_of(asked, objectives);
  };
}

}  // namespace

std::size_t sensitivity_runs(const Plan& plan, const SensitivityEffort& effort) {
  return effort.replicates * effort.points * (plan.inputs.names().size() + 2);
}

std::optional<Sensitivity> sensitivity(const Plan& plan, const SensitivityQuestion& question,
                                       const SensitivityEffort& effort, const std::atomic<bool>& stop,
                                       const std::function<void(std::size_t done)>& finished) {
  const std::size_t inputs = plan.inputs.names().size();
  const std::size_t strategies = plan.strategies.size();
  const SobolDesign design(inputs, effort.points, effort.replicates, plan.seed);
  std::vector<double> objectives;
  if (!run_design(plan, question.objective, design, effort.jobs, stop, objectives, finished)) return std::nullopt;

  Sensitivity asked;
  asked.objective = question.objective;
  if (question.strategy) {
    asked.strategy = *question.strategy;
    asked.against = question.against;
  } else {
    const std::vector<std::size_t> order = ranking(design, objectives, strategies, question.objective);
    asked.strategy = order[0];
    if (strategies > 1) asked.against = order[1];
  }
  asked.runs = design.rows();
  std::vector<double> results;
  results.reserve(design.rows());
  for (std::size_t i = 0; i < design.rows(); ++i)
    results.push_back(result_of(asked, {objectives.data() + i * strategies, strategies}));
  const SobolIndices indices = sobol_indices(design, results, effort.confidence);
  asked.mean = indices.mean;
  asked.variance = indices.variance;

  Replicator worker(plan);
  const Tornado bars = tornado(inputs, result_at(plan, asked, worker));
  asked.at_medians = bars.at_medians;
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
    const bool all = parallel_replications(plan, inputs, effort.jobs, stop, [&](Replicator& own, std::size_t i) {
      effects[i].break_evens = break_evens(inputs, i, result_at(plan, asked, own));
    });
    if (!all) return std::nullopt;
  }
  std::stable_sort(effects.begin(), effects.end(),
                   [](const InputEffect& a, const InputEffect& b) { return a.total.value > b.total.value; });
  asked.inputs = std::move(effects);
  return asked;
}

}  // namespace fleetrace::study
