#include "sim/study/compare/stopping_rule.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/study/compare/comparison.hpp"
#include "sim/study/compare/samples.hpp"
#include "sim/study/compare/selection.hpp"
#include "sim/study/compare/stopping.hpp"

namespace fleetrace::study {
namespace {

constexpr std::size_t kFirst = 32;

/// The objective of a strategy in one replication, with the sign that makes smaller values better; empty where it does not count.
using Loss = std::optional<double>;

/// The objectives of all strategies in one replication. Those that are tied with the best are the best to the last bit.
std::vector<Loss> losses(const Samples& samples, std::size_t replication) {
  std::vector<Loss> result(samples.strategies());
  const double best = samples.best_loss(replication);
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (!samples.counts(i, replication)) continue;
    const double loss = samples.loss(i, replication);
    result[i] = samples.above(loss, best) == 0 ? best : loss;
  }
  return result;
}

/// The same for a rule that needs a value of every strategy in every replication.
std::vector<double> all_losses(const Samples& samples, std::size_t replication) {
  std::vector<double> result;
  for (const Loss& loss : losses(samples, replication)) {
    if (!loss) {
      const bool is_target = fleet::info(samples.objective()).needs_target;
      throw ReplicationError("no strategy can be selected by " + std::string(fleet::info(samples.objective()).name) +
                             ": in replication " + std::to_string(replication) +
                             (is_target ? " one does not reach the target" : " one buys no compute") +
                             ". Select by another objective, or end by the half-width of differences");
    }
    result.push_back(*loss);
  }
  return result;
}

/// Applies the half-width rule to the difference of every pair of strategies.
class NarrowDifferences {
 public:
  NarrowDifferences(std::size_t strategies, const HalfWidthRule& rule) {
    const std::size_t pairs = strategies * (strategies - 1) / 2;
    means_.assign(std::max<std::size_t>(pairs, 1), SequentialMean(rule));
  }

  /// Takes the next replication and returns whether all differences are narrow. A single strategy stands for its own
  /// difference. A difference is that of replications that count for both.
  bool add(const std::vector<Loss>& row) {
    if (row.size() == 1 && row.front()) means_.front().add(*row.front());
    std::size_t next = 0;
    for (std::size_t a = 0; a < row.size(); ++a) {
      for (std::size_t b = a + 1; b < row.size(); ++b, ++next) {
        if (row[a] && row[b]) means_[next].add(*row[a] - *row[b]);
      }
    }
    return std::all_of(means_.begin(), means_.end(), [](const SequentialMean& mean) { return mean.done(); });
  }

 private:
  std::vector<SequentialMean> means_;
};

/// Runs replications in growing batches and shows them to `is_enough` in their order. Returns whether it was enough, after
/// dropping the replications beyond, or nullopt where the run was stopped.
template <class IsEnough>
std::optional<bool> run_until(const StudyDesign& design, const StoppingRule& rule, int jobs,
                              const std::atomic<bool>& stop, Results& results, const Finished& finished,
                              const Observer& observe, std::size_t observed, IsEnough is_enough) {
  std::size_t seen = 0;
  for (std::size_t count = std::min(kFirst, rule.most);;
       count = std::min(rule.most, count + std::max(kFirst, count / 4))) {
    if (!replicate(design, count, jobs, stop, results, finished, observe, observed)) return std::nullopt;
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

std::optional<StoppingResult> replicate_until(const StudyDesign& design, const StoppingRule& rule,
                                              fleet::Metric objective, double confidence, int jobs,
                                              const std::atomic<bool>& stop, Results& results, const Finished& finished,
                                              const Observer& observe, std::size_t observed) {
  StoppingResult stopping;
  stopping.rule = rule;
  if (rule.kind == StoppingRule::Kind::fixed || !design.has_chance) {
    const std::size_t count = design.has_chance ? rule.most : 1;
    if (!replicate(design, count, jobs, stop, results, finished, observe, observed)) return std::nullopt;
    results.resize(count);
    return stopping;
  }
  std::optional<bool> met;
  if (rule.kind == StoppingRule::Kind::half_width) {
    NarrowDifferences narrow(
        design.strategies.size(),
        {.absolute = rule.size, .confidence = pair_confidence(design.strategies.size(), confidence)});
    met = run_until(design, rule, jobs, stop, results, finished, observe, observed, [&](auto seen) {
      return narrow.add(losses({results, objective, seen}, seen));
    });
  } else {
    std::vector<std::size_t> choices;
    for (std::size_t i = 0; i < design.strategies.size(); ++i) {
      if (!design.is_bound(i)) choices.push_back(i);
    }
    KimNelson selection(choices.size(), {.indifference = rule.size, .confidence = confidence});
    met = run_until(design, rule, jobs, stop, results, finished, observe, observed, [&](auto seen) {
      const std::vector<double> all = all_losses({results, objective, seen}, seen);
      std::vector<double> row(choices.size());
      std::transform(choices.begin(), choices.end(), row.begin(), [&all](std::size_t i) { return all[i]; });
      selection.add(row);
      return selection.finished();
    });
    if (selection.best()) stopping.selected = choices[*selection.best()];
  }
  if (!met) return std::nullopt;
  stopping.met = *met;
  return stopping;
}

}  // namespace fleetrace::study
