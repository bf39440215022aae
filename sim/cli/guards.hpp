#pragma once

#include <string>
#include <vector>

#include "fleetrace/study/goal.hpp"
#include "verb.hpp"

/// `--fail-if`: what a result may not be, so that a plan can be guarded in a pipeline.
namespace fleetrace::cli {

inline constexpr Option kFailIfOption{
    "fail-if", "EXPRESSION",
    "Exit with 4 where this holds of any strategy, such as \"relative_loss > 0.7\" or \"turtle.spend_usd > 2e9 USD at "
    "2030-01-01\". May be repeated.",
    true};

/// A goal that an option states. Throws UsageError with a suggestion where it cannot be read.
[[nodiscard]] study::Goal goal_of(const std::string& option, const std::string& text,
                                  const std::vector<std::string>& strategies, const fleet::Horizon& horizon);

/// Every --fail-if, for the strategies and the horizon of a scenario that resolves.
[[nodiscard]] std::vector<study::Goal> guards(const Options& options, const fleet::Scenario& scenario);

/// Says on standard error which guards tripped; returns kGuardTripped, or kDone where none did. `future` may be empty; of
/// more than one replication verdicts are by the mean. Throws UsageError where a race has no such number.
[[nodiscard]] int report_guards(const std::vector<study::Goal>& goals, const std::vector<std::string>& strategies,
                                const std::vector<study::GoalWatch::Verdict>& verdicts, const std::string& future,
                                std::size_t replications, const Streams& streams);

}  // namespace fleetrace::cli
