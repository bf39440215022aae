#pragma once

#include <string>
#include <vector>

#include "sim/cli/verb.hpp"
#include "sim/study/solve/goal.hpp"

/// `--fail-if`: goals that make a verb fail where a result meets them, so that a scenario can be guarded in a pipeline.
namespace fleetrace::cli {

inline constexpr Option kFailIfOption{
    "fail-if", "EXPRESSION",
    "Exit with 4 where this holds of any strategy, such as \"relative_loss > 0.7\", \"turtle.npv_usd < hare.npv_usd\" or, in a "
    "study, \"P(turtle.relative_loss > 0.7) > 0.1\". Any number of the result may stand there, at a date, too, such as "
    "\"turtle.spend_usd > 2e9 USD at 2030-01-01\". May be repeated.",
    true};

/// Reads the goal that an option states, about the strategies of a scenario that resolves. Throws UsageError with a suggestion
/// where it cannot be read.
[[nodiscard]] study::Goal goal_of(const std::string& option, const std::string& text,
                                  const scenario::Scenario& scenario, const std::vector<fleet::StrategySetup>& setups);

/// The goals of every --fail-if, for the strategies and the horizon of a scenario that resolves.
[[nodiscard]] std::vector<study::Goal> guards(const Options& options, const scenario::Scenario& scenario);

/// Says on standard error which guards tripped, in which what-if case unless its name is empty. Returns kGuardTripped, or kDone
/// where none did. Over several replications, the mean decides; of a probability, its whole interval: where that lies on both
/// sides of the bound the guard does not trip, and is said to be undecided. Throws UsageError where a race has no such number.
[[nodiscard]] int report_guards(const std::vector<study::Goal>& goals, const std::vector<std::string>& strategies,
                                const std::vector<study::GoalWatch::Verdict>& verdicts, const std::string& what_if_case,
                                std::size_t replications, double confidence, const Streams& streams);

}  // namespace fleetrace::cli
