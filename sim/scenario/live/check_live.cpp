#include <algorithm>
#include <set>

#include "sim/scenario/live/control_scale.hpp"
#include "sim/scenario/reference/paths.hpp"
#include "sim/scenario/schema/locate.hpp"

namespace fleetrace::scenario {
namespace {

using core::QuantityProblem;

constexpr std::string_view kLive = "live";
constexpr std::string_view kWhy = "a control moves a number of the scenario";
constexpr std::string_view kGiveOne = "Give it a number, or take it off the list.";

std::string quoted(const std::string& path) { return '"' + core::printable(path) + '"'; }

QuantityProblem not_a_number(const std::string& path) {
  return {quoted(path) + " is not a number", std::string(kWhy), "Take it off the list."};
}

/// Why no control moves the value that stands at a path, if none does.
std::optional<QuantityProblem> problem_with(const Scenario& scenario, const std::string& path) {
  const auto found = ScalarInput::at(scenario, path);
  if (const auto* input = std::get_if<ScalarInput>(&found)) {
    LiveControl control;
    if (give_scale(control, *input, scenario)) return std::nullopt;
    return QuantityProblem{quoted(path) + " is " + input->text(input->current),
                           "nothing tells how far a control of it should reach", std::string(kGiveOne)};
  }
  const core::Value* const value = find(scenario, path);
  if (value == nullptr) return QuantityProblem{"there is no value " + quoted(path), std::string(kWhy), ""};
  if (value->given()) return not_a_number(path);
  return QuantityProblem{quoted(path) + " has no value", "the scenario leaves it out", std::string(kGiveOne)};
}

/// Of a path at which no value stands: it names a model, or another was meant.
QuantityProblem problem_with_missing(const Scenario& scenario, const std::string& path, const std::vector<Path>& all) {
  std::vector<std::string_view> movable;
  for (const Path& each : all) {
    if (each.path == path) return not_a_number(path);
    if (std::holds_alternative<ScalarInput>(ScalarInput::at(scenario, each.path))) movable.push_back(each.path);
  }
  const std::string_view meant = core::nearest(path, movable);
  return {"there is no value " + quoted(path), std::string(kWhy),
          meant.empty() ? "fleetrace list paths shows all there are." : "Did you mean \"" + std::string(meant) + "\"?"};
}

/// Whether something is wrong at the top level, in the horizon, from which dates are counted, or in the section that a path leads
/// into: then the path may be right.
bool may_be_there(const core::Diagnostics& diagnostics, const std::string& path) {
  const std::string section = path.substr(0, path.find('.'));
  const auto& all = diagnostics.found();
  return std::any_of(all.begin(), all.end(), [&](const core::Diagnostic& each) {
    const std::string where = each.path.substr(0, each.path.find('.'));
    return where == each.path || where == "horizon" || where == section;
  });
}

}  // namespace

void check_live(const Scenario& scenario, core::Diagnostics& diagnostics) {
  const core::Value& live = scenario.root().value(kLive);
  if (!live.given() || live.faulty) return;
  const std::vector<std::string>& listed = scenario.root().texts(kLive);
  const core::Diagnostics before = diagnostics;
  const auto refuse = [&](QuantityProblem problem) {
    diagnostics.add({live.where, std::string(kLive), std::move(problem.problem), std::move(problem.reason),
                     std::move(problem.suggestion)});
  };
  if (listed.empty())
    refuse({"the list is empty", "a page has a control at least", "Leave it out, and the page chooses."});
  if (listed.size() > kMostControls) {
    refuse({std::to_string(listed.size()) + " controls are listed",
            "a page has room for " + std::to_string(kMostControls), "Keep those that matter most."});
  }
  std::optional<std::vector<Path>> all;
  std::set<const core::Value*> seen;
  for (const std::string& path : listed) {
    const core::Value* const value = find(scenario, path);
    if (value != nullptr && !seen.insert(value).second) {
      refuse({quoted(path) + " is listed twice", "each value has one control", "Remove one."});
      continue;
    }
    if (may_be_there(before, path)) continue;
    if (value == nullptr) {
      if (!all) all = paths(scenario);
      refuse(problem_with_missing(scenario, path, *all));
    } else if (auto problem = problem_with(scenario, path)) {
      refuse(std::move(*problem));
    }
  }
}

void forget_lost_controls(Scenario& scenario) {
  if (!scenario.root().has(kLive)) return;
  std::vector<std::string> kept = scenario.root().texts(kLive);
  const std::size_t before = kept.size();
  std::erase_if(kept, [&](const std::string& path) { return problem_with(scenario, path).has_value(); });
  if (kept.size() == before) return;
  core::Value& live = scenario.edit().value(kLive);
  if (kept.empty()) {
    live = {};
  } else {
    live.data = std::move(kept);
  }
}

}  // namespace fleetrace::scenario
