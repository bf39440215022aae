#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "fleetrace/plan.hpp"
#include "fleetrace/run.hpp"
#include "sim/fleet/events/event.hpp"
#include "sim/fleet/results/outcome.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/inputs/inputs.hpp"

/// One race: every strategy of a scenario, once.
namespace fleetrace {

/// Accelerators in place, in service or not, by instant of the series and by Market::types of the setup.
using Installed = std::vector<std::vector<std::int64_t>>;

/// A review at which money was not spent, and why.
struct BlockedReview {
  core::Time time;
  fleet::Constraint constraint = fleet::Constraint::nothing_on_sale;
};

struct Run {
  scenario::Scenario scenario;
  fleet::Draw draw;
  std::vector<fleet::StrategySetup> setups;
  std::vector<fleet::Outcome> outcomes;  ///< in the order of the setups
  std::vector<Installed> installed;      ///< accelerators in place, for each outcome
  /// Reviews at which money was not spent, for each outcome and by time.
  std::vector<std::vector<BlockedReview>> blocked_reviews;
  std::optional<PlanOptions> plan_options;  ///< what plan the race was asked for, if any
  std::vector<StrategyPlan> plans;          ///< the plan of each outcome; empty where none was asked for
};

/// Runs every strategy on the random numbers of `draw`, which is recorded; without chance results do not depend on it. The
/// outcomes keep the states on `dates`, and the run has plans where `plan` asks for them, which changes nothing else. Throws
/// RunError, and std::invalid_argument for a plan that cannot be made.
[[nodiscard]] Run run_scenario(scenario::Scenario scenario, fleet::Draw draw, const fleet::EventObserver& observer = {},
                               std::vector<core::Time> dates = {}, const std::optional<PlanOptions>& plan = {});

/// The name of the site at which a constraint binds; nullptr where it is no single one's, or has no name.
[[nodiscard]] const std::string* site_of(const fleet::BindingConstraint& binding, const fleet::StrategySetup& setup);

/// Every change of lead between two strategies, by date. Under best_run accounting, where compute stands still between
/// runs, there are none.
[[nodiscard]] std::vector<Overtake> overtakes(const Run& run);

/// An uncertain input and what it was in this run: the quantity that the scenario names, in the base unit of its law.
struct InputValue {
  scenario::UncertainInput input;
  double value = 0;
};
[[nodiscard]] std::vector<InputValue> input_values(const Run& run);

/// Whether compute is counted cumulatively.
[[nodiscard]] bool is_cumulative(const Run& run);

/// Defaults (also where the scenario repeats them) and catalog data that nobody has read in their source, and that this run
/// used: "operations.failures.repair
/// (72 h)", "B300.price (43000 USD)". Sorted by scenario and strategy, each once.
[[nodiscard]] std::vector<std::string> unverified_inputs(const Run& run);

}  // namespace fleetrace
