#include "fleetrace/study/ending.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fleetrace/study/selection.hpp"
#include "fleetrace/study/stopping.hpp"

namespace fleetrace::study {
namespace {

constexpr std::size_t kFirst = 32;

/// Objectives of one replication, smaller is better.
std::vector<double> losses(const Results& results, std::size_t replication, fleet::Measure objective) {
  const double sign = fleet::info(objective).lower_is_better ? 1 : -1;
  std::vector<double> result;
  for (std::size_t i = 0; i < results.strategies(); ++i) {
    result.push_back(sign * results.get(replication, i, objective));
    if (!std::isfinite(result.back()))
      throw ReplicationError(std::string(fleet::info(objective).name) +
                             " is no finite number for every strategy: one has no effective compute");
  }
  return result;
}

/// Every pair's difference, each by the sequential rule.
class NarrowDifferences {
 public:
  NarrowDifferences(std::size_t strategies, const HalfWidthRule& rule) {
    const std::size_t pairs = strategies * (strategies - 1) / 2;
    means_.assign(std::max<std::size_t>(pairs, 1), SequentialMean(rule));
  }

  /// Of a single strategy, the mean itself.
  bool add(const std::vector<double>& row) {
    if (row.size() == 1) means_.front().add(row.front());
    std::size_t next = 0;
    for (std::size_t a = 0; a < row.size(); ++a) {
      for (std::size_t b = a + 1; b < row.size(); ++b) means_[next++].add(row[a] - row[b]);
    }
    return std::all_of(means_.begin(), means_.end(), [](const SequentialMean& mean) { return mean.done(); });
  }

 private:
  std::vector<SequentialMean> means_;
};

/// Runs in growing batches and shows `is_enough` the replications in their order; returns whether it was, and when.
template <class IsEnough>
std::optional<bool> run_until(const Plan& plan, const EndRule& rule, int jobs, const std::atomic<bool>& stop,
                              Results& results, const Finished& finished, const Observer& observe, std::size_t observed,
                              IsEnough is_enough) {
  std::size_t seen = 0;
  for (std::size_t count = std::min(kFirst, rule.most);;
       count = std::min(rule.most, count + std::max(kFirst, count / 4))) {
    if (!replicate(plan, count, jobs, stop, results, finished, observe, observed)) return std::nullopt;
    for (; seen < count; ++seen) {
      if (!is_enough(seen)) continue;
      results.resize(seen + 1);
      return true;
    }
    if (count == rule.most) {
      results.resize(count);
      return false;
    }
  }
}

}  // namespace

std::optional<Ending> replicate_until(const Plan& plan, const EndRule& rule, fleet::Measure objective,
                                      double confidence, int jobs, const std::atomic<bool>& stop, Results& results,
                                      const Finished& finished, const Observer& observe, std::size_t observed) {
  Ending ending;
  ending.rule = rule;
  if (rule.kind == EndRule::Kind::fixed || !plan.has_chance) {
    const std::size_t count = plan.has_chance ? rule.most : 1;
    if (!replicate(plan, count, jobs, stop, results, finished, observe, observed)) return std::nullopt;
    results.resize(count);
    return ending;
  }
  std::optional<bool> met;
  if (rule.kind == EndRule::Kind::half_width) {
    NarrowDifferences narrow(plan.strategies.size(), {.absolute = rule.size, .confidence = confidence});
    met = run_until(plan, rule, jobs, stop, results, finished, observe, observed,
                    [&](auto seen) { return narrow.add(losses(results, seen, objective)); });
  } else {
    KimNelson selection(plan.strategies.size(), {.indifference = rule.size, .confidence = confidence});
    met = run_until(plan, rule, jobs, stop, results, finished, observe, observed, [&](auto seen) {
      selection.add(losses(results, seen, objective));
      return selection.finished();
    });
    ending.selected = selection.best();
  }
  if (!met) return std::nullopt;
  ending.met = *met;
  return ending;
}

}  // namespace fleetrace::study
