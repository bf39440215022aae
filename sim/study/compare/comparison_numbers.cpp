#include "sim/study/compare/comparison_numbers.hpp"

#include "sim/core/numeric/require.hpp"

namespace fleetrace::study {
namespace {

/// Appends what it visits.
struct Writer {
  std::vector<double> numbers;

  void operator()(double value) { numbers.push_back(value); }
  void operator()(std::size_t value) { numbers.push_back(static_cast<double>(value)); }
  void operator()(bool value) { numbers.push_back(value ? 1 : 0); }
};

/// Sets what it visits.
struct Reader {
  std::span<const double> numbers;
  std::size_t next = 0;

  void operator()(double& value) { value = numbers[next++]; }
  void operator()(std::size_t& value) { value = static_cast<std::size_t>(numbers[next++]); }
  void operator()(bool& value) { value = numbers[next++] != 0; }
};

template <class Visit, class Each>
void visit_moments(Visit& visit, Each& moments) {
  visit(moments.n);
  visit(moments.mean);
  visit(moments.sd);
}

template <class Visit, class Each>
void visit_interval(Visit& visit, Each& interval) {
  visit(interval.low);
  visit(interval.high);
}

template <class Visit, class Standing>
void visit_standing(Visit& visit, Standing& each) {
  visit(each.is_bound);
  visit_moments(visit, each.objective);
  visit_interval(visit, each.mean);
  visit(each.valued);
  for (auto* value : {&each.median, &each.quantile_05, &each.quantile_10, &each.quantile_90, &each.quantile_95,
                      &each.p_best, &each.regret_mean, &each.regret_cvar95, &each.mean_with_initial_fleet,
                      &each.mean_spend, &each.mean_energy, &each.target_reached})
    visit(*value);
  for (auto* interval : {&each.p_best_interval, &each.regret_mean_interval, &each.regret_cvar95_interval})
    visit_interval(visit, *interval);
  visit(each.regret_replications);
  visit(each.pareto_spend);
  visit(each.pareto_energy);
}

template <class Visit, class Pair>
void visit_pair(Visit& visit, Pair& pair) {
  visit(pair.a);
  visit(pair.b);
  visit_moments(visit, pair.difference);
  visit_interval(visit, pair.mean);
  visit(pair.a_alone);
  visit(pair.b_alone);
  visit(pair.pairing_gain);
}

/// Strategies and pairs are there already, as many as the design has.
template <class Visit, class Compared>
void visit_numbers(Visit& visit, Compared& comparison) {
  visit(comparison.confidence);
  visit(comparison.replications);
  visit(comparison.pair_confidence);
  visit(comparison.replications_to_halve);
  visit(comparison.without_winner);
  for (auto& each : comparison.strategies) visit_standing(visit, each);
  for (auto& pair : comparison.pairs) visit_pair(visit, pair);
}

/// The number of a strategy from 1, or 0 for none.
double to_number(const std::optional<std::size_t>& strategy) {
  return strategy ? static_cast<double>(*strategy) + 1 : 0;
}

std::optional<std::size_t> strategy_from(double number) {
  return number == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(number) - 1);
}

Comparison empty_comparison(std::size_t strategies) {
  Comparison comparison;
  comparison.strategies.resize(strategies);
  comparison.pairs.resize(strategies * (strategies - 1) / 2);
  return comparison;
}

}  // namespace

std::size_t numbers_of_comparison(std::size_t strategies) { return to_numbers(empty_comparison(strategies)).size(); }

std::vector<double> to_numbers(const Comparison& comparison) {
  Writer writer;
  visit_numbers(writer, comparison);
  for (const auto* strategy : {&comparison.leader, &comparison.best, &comparison.rival})
    writer.numbers.push_back(to_number(*strategy));
  std::vector<double> tied(comparison.strategies.size());
  for (const std::size_t strategy : comparison.tied) tied[strategy] = 1;
  writer.numbers.insert(writer.numbers.end(), tied.begin(), tied.end());
  return std::move(writer.numbers);
}

Comparison comparison_from(std::span<const double> numbers, const StudyDesign& design, fleet::Metric objective) {
  const std::size_t strategies = design.strategies.size();
  core::require(numbers.size() >= numbers_of_comparison(strategies), "a comparison takes more numbers");
  Comparison comparison = empty_comparison(strategies);
  comparison.objective = objective;
  Reader reader{numbers};
  visit_numbers(reader, comparison);
  for (auto* strategy : {&comparison.leader, &comparison.best, &comparison.rival})
    *strategy = strategy_from(numbers[reader.next++]);
  for (std::size_t i = 0; i < strategies; ++i) {
    comparison.strategies[i].name = design.strategies[i];
    if (numbers[reader.next++] != 0) comparison.tied.push_back(i);
  }
  return comparison;
}

}  // namespace fleetrace::study
