#include "fleetrace/study/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fleetrace/core/sum.hpp"
#include "fleetrace/study/stopping.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double mean_of(const std::vector<double>& sample) { return moments(sample).mean; }

/// The strategies' samples of one measure, and the same with smaller always better. Nothing is copied but a sample at a time.
class Samples {
 public:
  Samples(const Results& results, fleet::Measure objective)
      : results_(results), objective_(objective), sign_(fleet::info(objective).lower_is_better ? 1 : -1) {
    for (std::size_t r = 0; r < replications(); ++r) {
      for (std::size_t i = 0; i < strategies(); ++i) {
        if (!std::isfinite(value(i, r))) {
          throw ReplicationError(std::string(fleet::info(objective).name) +
                                 " is no finite number for every strategy: one has no effective compute");
        }
      }
    }
  }

  [[nodiscard]] std::size_t strategies() const { return results_.strategies(); }
  [[nodiscard]] std::size_t replications() const { return results_.replications(); }
  [[nodiscard]] std::vector<double> of(std::size_t strategy) const { return results_.sample(strategy, objective_); }
  [[nodiscard]] double value(std::size_t strategy, std::size_t replication) const {
    return results_.get(replication, strategy, objective_);
  }
  /// Smaller is better.
  [[nodiscard]] double loss(std::size_t strategy, std::size_t replication) const {
    return sign_ * value(strategy, replication);
  }
  [[nodiscard]] double best_loss(std::size_t replication) const {
    double best = kInfinity;
    for (std::size_t i = 0; i < strategies(); ++i) best = std::min(best, loss(i, replication));
    return best;
  }
  [[nodiscard]] double sign() const { return sign_; }

 private:
  const Results& results_;
  fleet::Measure objective_;
  double sign_;
};

void judge_against_best(const Samples& samples, std::vector<StrategyStanding>& standings) {
  const std::size_t n = samples.replications();
  std::vector<core::Sum> wins(samples.strategies());
  for (std::size_t r = 0; r < n; ++r) {
    const double best = samples.best_loss(r);
    double ties = 0;
    for (std::size_t i = 0; i < samples.strategies(); ++i) ties += samples.loss(i, r) == best ? 1 : 0;
    for (std::size_t i = 0; i < samples.strategies(); ++i) {
      if (samples.loss(i, r) == best) wins[i].add(1 / ties);
    }
  }
  std::vector<double> regrets(n);
  for (std::size_t i = 0; i < standings.size(); ++i) {
    for (std::size_t r = 0; r < n; ++r) regrets[r] = samples.loss(i, r) - samples.best_loss(r);
    std::sort(regrets.begin(), regrets.end());
    standings[i].p_best = wins[i].value() / static_cast<double>(n);
    standings[i].regret_mean = mean_of(regrets);
    standings[i].regret_cvar95 = upper_tail_mean(regrets, 0.05);
  }
}

/// Marks what nothing dominates in mean objective and a mean cost.
void mark_front(std::vector<StrategyStanding>& all, double sign, double StrategyStanding::*cost,
                bool StrategyStanding::*front) {
  const auto dominates = [&](const StrategyStanding& a, const StrategyStanding& b) {
    const double better = sign * (b.objective.mean - a.objective.mean);
    const double cheaper = b.*cost - a.*cost;
    return better >= 0 && cheaper >= 0 && (better > 0 || cheaper > 0);
  };
  for (StrategyStanding& each : all) {
    each.*front = std::none_of(all.begin(), all.end(),
                               [&](const StrategyStanding& other) { return dominates(other, each); });
  }
}

PairStanding pair_of(const Samples& samples, const std::vector<StrategyStanding>& standings, std::size_t a,
                     std::size_t b, double confidence, bool is_certain) {
  std::vector<double> difference;
  difference.reserve(samples.replications());
  for (std::size_t r = 0; r < samples.replications(); ++r)
    difference.push_back(samples.value(a, r) - samples.value(b, r));
  PairStanding pair;
  pair.a = a;
  pair.b = b;
  pair.difference = moments(difference);
  pair.mean = is_certain ? Interval{pair.difference.mean, pair.difference.mean}
                         : mean_interval(pair.difference, confidence);
  const double sd_a = standings[a].objective.sd;
  const double sd_b = standings[b].objective.sd;
  const double apart = sd_a * sd_a + sd_b * sd_b;
  const double together = pair.difference.sd * pair.difference.sd;
  pair.pairing_gain = apart == 0 ? 1 : together == 0 ? kInfinity : apart / together;
  return pair;
}

/// Whether the leader is told apart from every other, and what that would take where it is not.
void decide(Comparison& comparison, bool is_certain) {
  const std::size_t others = comparison.strategies.size() - 1;
  const double each = others == 0 ? comparison.confidence
                                  : 1 - (1 - comparison.confidence) / static_cast<double>(others);
  for (const PairStanding& pair : comparison.pairs) {
    if (pair.a != comparison.leader && pair.b != comparison.leader) continue;
    const Interval mean = is_certain ? pair.mean : mean_interval(pair.difference, each);
    if (!mean.contains(0)) continue;
    const double needed = pair.difference.n < 2 && !is_certain
                              ? 0
                              : replications_to_separate(pair.difference.mean, pair.difference.sd, each);
    if (comparison.rival && needed <= comparison.replications_needed) continue;
    comparison.rival = pair.a == comparison.leader ? pair.b : pair.a;
    comparison.replications_needed = needed;
  }
  if (!comparison.rival) comparison.best = comparison.leader;
}

}  // namespace

std::array<fleet::Measure, 4> compared_measures(fleet::Measure objective) {
  return {objective, fleet::Measure::spend, fleet::Measure::energy, fleet::Measure::target_reached};
}

Comparison compare(const Plan& plan, const Results& results, fleet::Measure objective, double confidence) {
  const Samples samples(results, objective);
  const bool is_certain = !plan.has_chance;
  Comparison comparison;
  comparison.objective = objective;
  comparison.confidence = confidence;
  comparison.replications = samples.replications();
  for (std::size_t i = 0; i < samples.strategies(); ++i) {
    StrategyStanding standing;
    standing.name = plan.strategies[i];
    std::vector<double> sorted = samples.of(i);
    standing.objective = moments(sorted);
    standing.mean = is_certain ? Interval{standing.objective.mean, standing.objective.mean}
                               : mean_interval(standing.objective, confidence);
    std::sort(sorted.begin(), sorted.end());
    standing.median = quantile(sorted, 0.5);
    standing.quantile_05 = quantile(sorted, 0.05);
    standing.quantile_95 = quantile(sorted, 0.95);
    sorted = {};
    standing.mean_spend = mean_of(results.sample(i, fleet::Measure::spend));
    standing.mean_energy = mean_of(results.sample(i, fleet::Measure::energy));
    standing.target_reached = mean_of(results.sample(i, fleet::Measure::target_reached));
    comparison.strategies.push_back(std::move(standing));
  }
  judge_against_best(samples, comparison.strategies);
  mark_front(comparison.strategies, samples.sign(), &StrategyStanding::mean_spend, &StrategyStanding::pareto_spend);
  mark_front(comparison.strategies, samples.sign(), &StrategyStanding::mean_energy, &StrategyStanding::pareto_energy);
  for (std::size_t a = 0; a < samples.strategies(); ++a) {
    for (std::size_t b = a + 1; b < samples.strategies(); ++b)
      comparison.pairs.push_back(pair_of(samples, comparison.strategies, a, b, confidence, is_certain));
  }
  const auto leads = [&](const StrategyStanding& a, const StrategyStanding& b) {
    return samples.sign() * a.objective.mean < samples.sign() * b.objective.mean;
  };
  comparison.leader = static_cast<std::size_t>(
      std::min_element(comparison.strategies.begin(), comparison.strategies.end(), leads) -
      comparison.strategies.begin());
  decide(comparison, is_certain);
  return comparison;
}

std::optional<std::size_t> find_strategy(const Plan& plan, const std::string& name) {
  const auto found = std::find(plan.strategies.begin(), plan.strategies.end(), name);
  if (found == plan.strategies.end()) return std::nullopt;
  return static_cast<std::size_t>(found - plan.strategies.begin());
}

}  // namespace fleetrace::study
