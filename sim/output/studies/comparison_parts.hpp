#pragma once

#include <string>
#include <vector>

#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/table/table.hpp"

/// The parts of a comparison's report for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// The strategies in their order; of many the best first.
[[nodiscard]] std::vector<std::size_t> strategy_order(const study::Comparison& comparison);
/// Mean, its interval, and how outcomes spread for each strategy, spend and energy.
[[nodiscard]] Table comparison_standings(const ComparisonReport& report);
/// How often each strategy is best, and its regret, with their intervals.
[[nodiscard]] Table comparison_regrets(const ComparisonReport& report);
/// Whether there is such a table: under chance, where there is a choice.
[[nodiscard]] inline bool has_regrets(const ComparisonReport& report) {
  return report.design.has_chance && report.comparison.strategies.size() > 1;
}
/// The difference of each pair of strategies on the same draws, of many strategies those with the best one first; empty for one.
[[nodiscard]] Table comparison_differences(const ComparisonReport& report);
/// The best plan made in advance, what each policy gets, and the bound that hindsight sets; without rows where no strategy plans
/// by what it believes.
[[nodiscard]] Table comparison_information(const ComparisonReport& report);
/// What the rows of that table are.
[[nodiscard]] std::string information_note();
/// The name of a strategy, as people read it.
[[nodiscard]] std::string name_of(const study::Comparison& comparison, std::size_t i);
/// "50 replications".
[[nodiscard]] std::string replications_text(const ComparisonReport& report);
/// A number with its thousands separated.
[[nodiscard]] std::string count_text(std::size_t count);
/// Whether some strategy has no value of the objective in some replication.
[[nodiscard]] bool lacks_values(const study::Comparison& comparison);
/// What it takes to have a value of the objective: "reaches the target", "buys no compute".
enum class Having { yes, no, never };
[[nodiscard]] std::string value_words(fleet::Metric objective, Having having = Having::yes);

/// The unit and decimals that the objective has everywhere in the report.
[[nodiscard]] ObjectiveScale comparison_scale(const ComparisonReport& report);
/// What a reader of the tables has to know, in notes of a sentence or two.
[[nodiscard]] std::vector<std::string> comparison_notes(const ComparisonReport& report);

}  // namespace fleetrace::output
