#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "fleetrace/fleet/inputs.hpp"
#include "fleetrace/fleet/world.hpp"

/// One race: every strategy of a scenario, once.
namespace fleetrace::output {

/// Accelerators in place, in service or not, by instant of the series and by Market::types of the case.
using Installed = std::vector<std::vector<std::int64_t>>;

/// A review at which money was not spent, and why.
struct Hindrance {
  core::Time time;
  fleet::Constraint obstacle = fleet::Constraint::nothing_on_sale;
};

struct Run {
  fleet::Scenario scenario;
  fleet::Draw draw;
  std::vector<fleet::Case> cases;
  std::vector<fleet::Outcome> outcomes;            ///< in the order of the cases
  std::vector<Installed> installed;                ///< of the outcomes
  std::vector<std::vector<Hindrance>> hindrances;  ///< of the outcomes, by time
};

/// A run that left the range of money or time; the message names the strategy.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Runs every strategy on the random numbers of `draw`, which is recorded; without chance results do not depend on it. Throws
/// RunError.
[[nodiscard]] Run run_scenario(fleet::Scenario scenario, fleet::Draw draw, const fleet::EventObserver& observer = {});

/// The name of the site at which a constraint binds; nullptr where it is no single one's, or has no name.
[[nodiscard]] const std::string* site_of(const fleet::Binding& binding, const fleet::Case& plan);
/// "site power", "site power (north)" where there are several sites.
[[nodiscard]] std::string binding_words(const fleet::Binding& binding, const fleet::Case& plan);

/// From `time` on `leader` has more effective compute than `behind`, having had less. Indices into Run::outcomes.
struct Overtake {
  core::Time time;
  std::size_t leader = 0;
  std::size_t behind = 0;
};

/// Every change of lead between two strategies, by date. Under best_run accounting, where compute stands still between
/// runs, there are none.
[[nodiscard]] std::vector<Overtake> overtakes(const Run& run);

/// An uncertain input and what it was in this run, in base units.
struct InputValue {
  fleet::UncertainInput input;
  double value = 0;
};
[[nodiscard]] std::vector<InputValue> input_values(const Run& run);

/// Whether compute is counted cumulatively.
[[nodiscard]] bool is_cumulative(const Run& run);

/// Defaults (also where the scenario repeats them) and catalog data that nobody has read in their source, and that this run
/// used: "operations.failures.repair
/// (72 h)", "B300.price (43000 USD)". Sorted by scenario and strategy, each once.
[[nodiscard]] std::vector<std::string> unverified_inputs(const Run& run);

}  // namespace fleetrace::output
