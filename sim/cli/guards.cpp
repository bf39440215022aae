#include "guards.hpp"

#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"

namespace fleetrace::cli {

study::Goal goal_of(const std::string& option, const std::string& text, const std::vector<std::string>& strategies,
                    const fleet::Horizon& horizon) {
  auto read = study::parse_goal(text, strategies, horizon);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) {
    throw UsageError("--" + option + ": " + core::printable(problem->problem) + " (" +
                     core::printable(problem->reason) + ")." +
                     (problem->suggestion.empty() ? "" : ' ' + problem->suggestion));
  }
  return std::get<study::Goal>(std::move(read));
}

std::vector<study::Goal> guards(const Options& options, const fleet::Scenario& scenario) {
  std::vector<study::Goal> result;
  if (!options.has("fail-if")) return result;
  const std::vector<fleet::Case> cases = fleet::resolve(scenario);
  std::vector<std::string> names;
  names.reserve(cases.size());
  for (const fleet::Case& each : cases) names.push_back(each.strategy.name);
  for (const std::string& text : options.all("fail-if"))
    result.push_back(goal_of("fail-if", text, names, cases.front().horizon));
  return result;
}

int report_guards(const std::vector<study::Goal>& goals, const std::vector<std::string>& strategies,
                  const std::vector<study::GoalWatch::Verdict>& verdicts, const std::string& future,
                  std::size_t replications, const Streams& streams) {
  int code = kDone;
  for (const study::GoalWatch::Verdict& each : verdicts) {
    const study::Goal& goal = goals[each.goal];
    const std::string name = core::printable(strategies[each.strategy]);
    if (!each.mean) {
      throw UsageError("--fail-if \"" + core::printable(goal.written) + "\": " + name + " has no " +
                       std::string(goal.gauge->name) + " (" + std::string(goal.gauge->absent) + ").");
    }
    if (!each.met) continue;
    code = kGuardTripped;
    streams.err << "Guard tripped: " << core::printable(goal.written) << ": "
                << (future.empty() ? "" : core::printable(future) + ", ") << name << " has "
                << output::rough(*each.mean, 6) << (goal.gauge->unit.empty() ? "" : ' ' + std::string(goal.gauge->unit))
                << (replications > 1
                        ? ", the mean of " + output::grouped(static_cast<std::int64_t>(replications)) + " replications"
                        : "")
                << ".\n";
  }
  return code;
}

}  // namespace fleetrace::cli
