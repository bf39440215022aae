#include "sim/study/compare/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/sum.hpp"
#include "sim/study/compare/regrets.hpp"
#include "sim/study/compare/samples.hpp"
#include "sim/study/proportion.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

double mean_of(const std::vector<double>& sample) { return sample.empty() ? kNoNumber : moments(sample).mean; }

/// The mean of one metric of one strategy.
double mean_of(const Results& results, std::size_t strategy, fleet::Metric metric) {
  core::Sum sum;
  for (std::size_t r = 0; r < results.replications(); ++r) sum.add(results.get(r, strategy, metric));
  return results.replications() == 0 ? kNoNumber : sum.value() / static_cast<double>(results.replications());
}

/// For the mean of a sample: without width where one replication is the exact result, without end where nothing is known.
Interval interval_of(const Moments& sample, double confidence, bool is_certain) {
  if (is_certain && sample.n > 0) return {sample.mean, sample.mean};
  return mean_interval(sample, confidence);
}

StrategyStanding standing_of(const Samples& samples, const Results& results, std::size_t i) {
  StrategyStanding standing;
  standing.objective = moments_of_each([&](const auto& take) {
    for (std::size_t r = 0; r < samples.replications(); ++r) {
      if (samples.counts(i, r)) take(samples.value(i, r));
    }
  });
  if (standing.objective.n == 0) standing.objective.mean = kNoNumber;
  for (std::size_t r = 0; r < samples.replications(); ++r)
    standing.valued += samples.has_value(i, r) ? std::size_t{1} : std::size_t{0};
  const std::vector<double> sorted = samples.sorted(i);
  standing.median = quantile(sorted, 0.5);
  standing.quantile_05 = quantile(sorted, 0.05);
  standing.quantile_10 = quantile(sorted, 0.1);
  standing.quantile_90 = quantile(sorted, 0.9);
  standing.quantile_95 = quantile(sorted, 0.95);
  standing.mean_spend = mean_of(results, i, fleet::Metric::spend);
  standing.mean_energy = mean_of(results, i, fleet::Metric::energy);
  standing.target_reached = mean_of(results, i, fleet::Metric::target_reached);
  standing.mean_with_initial_fleet = fleet::info(samples.objective()).needs_base
                                         ? mean_of(results, i, fleet::Metric::cost_with_initial_fleet)
                                         : kNoNumber;
  return standing;
}

/// Shares of being best, and regrets. Returns the replications in which no strategy has a value.
std::size_t judge_against_best(const Samples& samples, std::vector<StrategyStanding>& standings, double confidence,
                               bool is_certain) {
  const std::size_t n = samples.replications();
  std::vector<core::Sum> wins(samples.strategies());
  const std::vector<double> best_loss = best_choices(samples, standings);
  std::size_t without_winner = 0;
  for (std::size_t r = 0; r < n; ++r) {
    const auto is_best = [&](std::size_t i) {
      return !standings[i].is_bound && samples.has_value(i, r) && samples.above(samples.loss(i, r), best_loss[r]) == 0;
    };
    double ties = 0;
    for (std::size_t i = 0; i < samples.strategies(); ++i) ties += is_best(i) ? 1 : 0;
    if (ties == 0) ++without_winner;
    for (std::size_t i = 0; i < samples.strategies(); ++i) {
      if (is_best(i)) wins[i].add(1 / ties);
    }
  }
  for (std::size_t i = 0; i < standings.size(); ++i) {
    std::vector<double> regrets = regrets_of(samples, best_loss, i);
    std::sort(regrets.begin(), regrets.end());
    standings[i].p_best = wins[i].value() / static_cast<double>(n);
    const bool is_exact = is_certain || standings[i].is_bound;
    standings[i].p_best_interval = is_exact ? Interval{standings[i].p_best, standings[i].p_best}
                                            : wilson(standings[i].p_best, n, confidence);
    standings[i].regret_mean = mean_of(regrets);
    standings[i].regret_cvar95 = regrets.empty() ? kNoNumber : upper_tail_mean(regrets, 0.05);
    standings[i].regret_replications = regrets.size();
  }
  return without_winner;
}

bool are_tied(fleet::Metric objective, const StrategyStanding& a, const StrategyStanding& b) {
  return a.is_bound == b.is_bound && a.valued == b.valued &&
         (a.valued == 0 || fleet::are_tied(objective, a.objective.mean, b.objective.mean));
}

/// Sets `front` for the strategies with a value that no other dominates in objective and mean `cost`.
void mark_front(std::vector<StrategyStanding>& all, fleet::Metric objective, fleet::Metric cost_metric,
                double StrategyStanding::*cost, bool StrategyStanding::*front) {
  const auto dominates = [&](const StrategyStanding& a, const StrategyStanding& b) {
    const bool is_tied = are_tied(objective, a, b);
    const bool costs_same = fleet::are_tied(cost_metric, a.*cost, b.*cost);
    if (!is_tied && !precedes(objective, a, b)) return false;
    if (!costs_same && a.*cost > b.*cost) return false;
    return !is_tied || !costs_same;
  };
  for (StrategyStanding& each : all) {
    const bool is_known = each.valued > 0 && !std::isnan(each.*cost);
    each.*front = is_known && std::none_of(all.begin(), all.end(),
                                           [&](const StrategyStanding& other) { return dominates(other, each); });
  }
}

/// How many times as many replications draws of their own would take: from the replications that count for both.
double pairing_gain(double sd_a, double sd_b, double sd) {
  const double apart = sd_a * sd_a + sd_b * sd_b;
  return apart == 0 ? 1 : sd == 0 ? kInfinity : apart / (sd * sd);
}

PairStanding pair_of(const Samples& samples, std::size_t a, std::size_t b, double confidence, bool is_certain) {
  PairStanding pair;
  pair.a = a;
  pair.b = b;
  for (std::size_t r = 0; r < samples.replications(); ++r) {
    const bool has_a = samples.has_value(a, r);
    const bool has_b = samples.has_value(b, r);
    if (has_a && !has_b) ++pair.a_alone;
    if (has_b && !has_a) ++pair.b_alone;
  }
  /// Moments of what `value` makes of the values of both, where both count.
  const auto moments_over = [&](const auto& value) {
    return moments_of_each([&](const auto& take) {
      for (std::size_t r = 0; r < samples.replications(); ++r) {
        if (samples.counts(a, r) && samples.counts(b, r)) take(value(samples.value(a, r), samples.value(b, r)));
      }
    });
  };
  pair.difference = moments_over([&](double of_a, double of_b) { return samples.above(of_a, of_b); });
  if (pair.difference.n == 0) pair.difference.mean = kNoNumber;
  pair.mean = interval_of(pair.difference, confidence, is_certain);
  pair.pairing_gain = pairing_gain(moments_over([](double of_a, double) { return of_a; }).sd,
                                   moments_over([](double, double of_b) { return of_b; }).sd, pair.difference.sd);
  return pair;
}

/// Tells a leader from the others.
class Separation {
 public:
  Separation(const Comparison& comparison, bool is_certain)
      : comparison_(comparison),
        sign_(fleet::info(comparison.objective).lower_is_better ? 1 : -1),
        is_certain_(is_certain) {}

  /// Whether the evidence of a pair says that the leader, who is one of the two, is better.
  [[nodiscard]] bool separates(const PairStanding& pair) const {
    const bool leads = pair.a == comparison_.leader;
    const std::size_t alone = leads ? pair.a_alone : pair.b_alone;
    const std::size_t other_alone = leads ? pair.b_alone : pair.a_alone;
    // Restricted means hold what a replication without a value is worse by. Other means do not, so that it counts by itself.
    if (comparison_.objective != fleet::Metric::time_to_target && alone > other_alone &&
        (is_certain_ || sign_test(alone, other_alone) < 1 - comparison_.pair_confidence))
      return true;
    if (pair.difference.n == 0) return false;
    return leads == (sign_ > 0) ? pair.mean.high < 0 : pair.mean.low > 0;
  }

  /// How far the mean difference is in favour of the leader, in its standard errors; negative where the other is better, as it
  /// may be by cost where both have a value.
  [[nodiscard]] double distance(const PairStanding& pair) const {
    if (pair.difference.n < 2 || pair.difference.mean == 0) return 0;
    const double ahead = (pair.a == comparison_.leader ? -sign_ : sign_) * pair.difference.mean;
    if (pair.difference.sd == 0) return ahead > 0 ? kInfinity : -kInfinity;
    return ahead / pair.difference.sd * std::sqrt(static_cast<double>(pair.difference.n));
  }

 private:
  const Comparison& comparison_;
  double sign_;
  bool is_certain_;
};

/// Sets the leader, or who shares its place, and nobody where no strategy has a value.
void rank(Comparison& comparison) {
  const std::vector<StrategyStanding>& all = comparison.strategies;
  const auto first = std::min_element(all.begin(), all.end(), [&comparison](const auto& a, const auto& b) {
    return precedes(comparison.objective, a, b);
  });
  if (first->valued == 0) return;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (are_tied(comparison.objective, all[i], *first)) comparison.tied.push_back(i);
  }
  if (comparison.tied.size() > 1) return;
  comparison.leader = comparison.tied.front();
  comparison.tied.clear();
}

/// Sets `best` if the leader is told apart from every other strategy; else `rival`.
void decide(Comparison& comparison, bool is_certain) {
  if (!comparison.leader) return;
  const std::vector<StrategyStanding>& all = comparison.strategies;
  const Separation separation(comparison, is_certain);
  double nearest = kInfinity;
  for (const PairStanding& pair : comparison.pairs) {
    if (all[pair.a].is_bound != all[pair.b].is_bound) continue;
    if ((pair.a != comparison.leader && pair.b != comparison.leader) || separation.separates(pair)) continue;
    if (comparison.rival && separation.distance(pair) >= nearest) continue;
    nearest = separation.distance(pair);
    comparison.rival = pair.a == comparison.leader ? pair.b : pair.a;
    comparison.replications_to_halve = pair.difference.n < 2 || pair.difference.sd == 0 ? 0
                                                                                        : 4 * comparison.replications;
  }
  if (!comparison.rival) comparison.best = comparison.leader;
}

}  // namespace

bool Comparison::is_restricted() const {
  return objective == fleet::Metric::time_to_target &&
         std::any_of(strategies.begin(), strategies.end(),
                     [this](const StrategyStanding& each) { return each.valued < replications; });
}

bool precedes(fleet::Metric objective, const StrategyStanding& a, const StrategyStanding& b) {
  if (a.is_bound != b.is_bound) return b.is_bound;
  const bool is_restricted = objective == fleet::Metric::time_to_target;
  if (!is_restricted && a.valued != b.valued) return a.valued > b.valued;
  if (a.objective.mean != b.objective.mean) {
    const double sign = fleet::info(objective).lower_is_better ? 1 : -1;
    return sign * a.objective.mean < sign * b.objective.mean;
  }
  return a.valued > b.valued;
}

std::array<fleet::Metric, 5> compared_metrics(fleet::Metric objective) {
  using fleet::Metric;
  return {objective, Metric::spend, Metric::energy, Metric::target_reached,
          fleet::info(objective).needs_base ? Metric::cost_with_initial_fleet : objective};
}

double pair_confidence(std::size_t strategies, double confidence) {
  const std::size_t pairs = strategies * (strategies - 1) / 2;
  if (pairs < 2) return confidence;
  static constexpr double kMost = 1 - 0x1p-53;  // the largest number below 1, to which many pairs may come too near
  return std::min(kMost, 1 - (1 - confidence) / static_cast<double>(pairs));
}

Comparison compare(const StudyDesign& design, const Results& results, fleet::Metric objective, double confidence) {
  const Samples samples(results, objective);
  const bool is_certain = !design.has_chance;
  Comparison comparison;
  comparison.objective = objective;
  comparison.confidence = confidence;
  comparison.pair_confidence = pair_confidence(samples.strategies(), confidence);
  comparison.replications = samples.replications();
  for (std::size_t i = 0; i < samples.strategies(); ++i) {
    comparison.strategies.push_back(standing_of(samples, results, i));
    StrategyStanding& standing = comparison.strategies.back();
    standing.name = design.strategies[i];
    standing.is_bound = design.is_bound(i);
    standing.mean = interval_of(standing.objective, confidence, is_certain);
  }
  comparison.without_winner = judge_against_best(samples, comparison.strategies, confidence, is_certain);
  mark_front(comparison.strategies, objective, fleet::Metric::spend, &StrategyStanding::mean_spend,
             &StrategyStanding::pareto_spend);
  mark_front(comparison.strategies, objective, fleet::Metric::energy, &StrategyStanding::mean_energy,
             &StrategyStanding::pareto_energy);
  for (std::size_t a = 0; a < samples.strategies(); ++a) {
    for (std::size_t b = a + 1; b < samples.strategies(); ++b)
      comparison.pairs.push_back(pair_of(samples, a, b, comparison.pair_confidence, is_certain));
  }
  rank(comparison);
  decide(comparison, is_certain);
  return comparison;
}

}  // namespace fleetrace::study
