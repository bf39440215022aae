#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "fleetrace/fleet/results.hpp"
#include "fleetrace/scenario.hpp"

/// Racing the strategies of a scenario once.
namespace fleetrace {

struct Run;
struct PlanOptions;  // fleetrace/plan.hpp
struct StrategyPlan;

/// A race that left the range of money or time, or in which a model of one's own failed; the message names the strategy.
class RunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct RunOptions {
  /// All random numbers come from the seed. Results do not depend on it where nothing in the scenario is random.
  std::uint32_t seed = 1;
  /// Races this replication of a study with the same seed, with uncertain inputs as it draws them. Without a replication the
  /// inputs are at their medians, and all other chance is that of replication 0.
  std::optional<std::uint32_t> replication = {};
  std::function<void(std::string_view line)> trace = {};  ///< called with one line of text for every event
};

/// A change of lead: from `time` on `leader` has more effective compute than `behind`, having had less. Both are indices of
/// strategies.
struct Overtake {
  core::Time time;
  std::size_t leader = 0;
  std::size_t behind = 0;
};

/// What one race of all strategies came to. It is a value, and copies share what they hold.
class RunResult {
 public:
  explicit RunResult(std::shared_ptr<const Run> run);

  /// The result of the strategy of that name. Throws std::out_of_range naming those that there are.
  [[nodiscard]] const fleet::StrategyResult& operator[](std::string_view strategy) const;
  /// All results, in the order of the scenario.
  [[nodiscard]] const std::vector<std::reference_wrapper<const fleet::StrategyResult>>& strategies() const {
    return strategies_;
  }
  /// Every change of lead between two strategies, by date. Under best_run accounting there are none.
  [[nodiscard]] std::vector<Overtake> overtakes() const;
  /// The race by months, quarters or years of the calendar, in the order of the scenario: the same race is run once more with
  /// its books noted at each boundary. Throws std::invalid_argument for a month beyond 1 to 12, and for more than 2,400 periods.
  [[nodiscard]] std::vector<StrategyPlan> plan(const PlanOptions& options) const;
  /// The defaults and catalog data that this run used and that have not been checked against their source, such as
  /// "B300.price (43000 USD)".
  [[nodiscard]] std::vector<std::string> unverified_inputs() const;

  /// The records of the run, in a type of the library's own that programs need not know.
  [[nodiscard]] const Run& details() const { return *run_; }

 private:
  std::shared_ptr<const Run> run_;
  std::vector<std::reference_wrapper<const fleet::StrategyResult>> strategies_;
};

/// Races every strategy of the scenario once, on the same random numbers. The same scenario and options give the same bits on
/// every machine. Throws RunError.
[[nodiscard]] RunResult run(const Scenario& scenario, const RunOptions& options = {});

}  // namespace fleetrace
