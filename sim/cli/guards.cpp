#include "sim/cli/guards.hpp"

#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/values.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::cli {
namespace {

using study::GoalVerdict;

/// "0.7 USD".
std::string with_unit(double value, const std::string& unit) {
  return output::rough(value, 6) + (unit.empty() ? "" : ' ' + unit);
}

std::string replications_text(std::size_t replications) {
  return output::counted(static_cast<std::int64_t>(replications), "replication", "replications");
}

/// "13.2 % (95 % interval 9.9 % to 17.2 %, from 400 replications)".
std::string chance_text(const GoalVerdict& verdict, std::size_t replications, double confidence) {
  const bool is_exact = verdict.chance.low == verdict.chance.high;
  std::string text = output::percent(*verdict.mean);
  if (is_exact) return text + ", exactly: nothing is random";
  text += " (" + output::percent(confidence) + " interval " + output::percent(verdict.chance.low) + " to " +
          output::percent(verdict.chance.high) + ", from " + replications_text(replications);
  if (verdict.without_value > 0)
    text += ", of which " + output::grouped(static_cast<std::int64_t>(verdict.without_value)) + " have no such number";
  return text + ')';
}

/// What a guard that tripped, or is undecided, says of a strategy.
std::string guard_text(const study::Goal& goal, const GoalVerdict& verdict, const std::string& who,
                       std::size_t replications, double confidence) {
  std::string text = core::printable(goal.source_text) + ": " + who;
  if (goal.chance) return text + ": " + chance_text(verdict, replications, confidence);
  text += goal.is_joined() ? " has " + core::printable(goal.name()) + " = " : " has ";
  return text + with_unit(*verdict.mean, goal.unit()) +
         (replications > 1 ? ", the mean of " + replications_text(replications) : "");
}

}  // namespace

study::Goal goal_of(const std::string& option, const std::string& text, const scenario::Scenario& scenario,
                    const std::vector<fleet::StrategySetup>& setups) {
  auto read = study::parse_goal(text, setups, scenario::currency_of(scenario.root()));
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) refuse_value(option, *problem);
  return std::get<study::Goal>(std::move(read));
}

std::vector<study::Goal> guards(const Options& options, const scenario::Scenario& scenario) {
  std::vector<study::Goal> result;
  if (!options.has("fail-if")) return result;
  const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario);
  for (const std::string& text : options.all("fail-if")) result.push_back(goal_of("fail-if", text, scenario, setups));
  return result;
}

int report_guards(const std::vector<study::Goal>& goals, const std::vector<std::string>& strategies,
                  const std::vector<GoalVerdict>& verdicts, const std::string& what_if_case, std::size_t replications,
                  double confidence, const Streams& streams) {
  int code = kDone;
  for (const GoalVerdict& each : verdicts) {
    const study::Goal& goal = goals[each.goal];
    const std::string name = core::printable(strategies[each.strategy]);
    if (!each.mean) {
      throw UsageError("--fail-if \"" + core::printable(goal.source_text) + "\": " + name + " has no " +
                       core::printable(goal.name()) + " (" + goal.absent() + ").");
    }
    if (!each.met && !each.is_undecided) continue;
    const std::string who = (what_if_case.empty() ? "" : core::printable(what_if_case) + ", ") + name;
    streams.err << (each.met ? "Guard tripped: " : "Guard undecided: ")
                << guard_text(goal, each, who, replications, confidence)
                << (each.is_undecided
                        ? "; the interval lies on both sides, so that it does not trip: more replications tell"
                        : "")
                << ".\n";
    if (each.met) code = kGuardTripped;
  }
  return code;
}

}  // namespace fleetrace::cli
