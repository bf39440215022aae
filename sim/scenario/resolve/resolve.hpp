#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/fleet/setup.hpp"
#include "sim/scenario/scenario.hpp"

/// From a scenario to the setups of its strategies: plain coefficients that a race runs under.
namespace fleetrace::scenario {

/// The setup of every strategy of a scenario, in its order, with uncertain inputs and random release dates as the draw makes
/// them. If the scenario keeps setups and the draw makes no others, these are returned. Throws core::InputError with every
/// combination that makes no sense, such as a purchase outside the horizon or an empty fleet without a reference.
[[nodiscard]] std::vector<fleet::StrategySetup> resolve(const Scenario& scenario, const fleet::Draw& draw = {});

/// The world of a draw in which the initial fleet of the top level works and nobody buys; research goes on as the top level
/// states it. `setups` are those of the scenario's strategies in that draw, and the scenario has no uncertain inputs left. Empty
/// where there is no initial fleet: nobody then pays for anything.
[[nodiscard]] std::optional<fleet::StrategySetup> without_purchases(const Scenario& scenario,
                                                                    std::span<const fleet::StrategySetup> setups);

/// Adds a diagnostic for every combination of keys that makes no sense, at the medians of its inputs and over the whole range of
/// what they can be drawn as, and for correlations that contradict each other. If there is none, the scenario keeps its setups at
/// the medians, so that a run need not resolve it again, and its warnings, and is measured against their C0 from then on, unless
/// it is the changed future of another scenario.
void check(Scenario& scenario, core::Diagnostics& diagnostics);

/// The same for a scenario some of whose values could not be read: adds what is wrong whatever these are, and keeps the warnings
/// that do not depend on them.
void check_rest(Scenario& scenario, core::Diagnostics& diagnostics);

/// The number of times that this process has resolved a scenario, not counting draws of a Resolution. Tests use it to show that
/// no scenario is resolved twice.
[[nodiscard]] std::uint64_t resolved_scenarios();

class Resolver;

/// Resolves many draws of one scenario, as the replications of a study need. It uses the memory of the draw before again, and
/// the tables of slow laws where they are the same. Results do not depend on what was resolved before.
class Resolution {
 public:
  Resolution();
  ~Resolution();
  Resolution(const Resolution&) = delete;
  Resolution& operator=(const Resolution&) = delete;
  Resolution(Resolution&&) noexcept;
  Resolution& operator=(Resolution&&) noexcept;

  /// What strategies believe in all draws from now on: `at_medians`, or what they believe of it, with the distributions of `laws`,
  /// which may be the same scenario. Throws core::InputError.
  void believe(const Scenario& at_medians, const Scenario& laws);
  /// The setups of a scenario without uncertain inputs, as resolve() makes them; valid until the next draw.
  std::vector<fleet::StrategySetup>& resolve(const Scenario& scenario, const fleet::Draw& draw);
  [[nodiscard]] std::vector<fleet::StrategySetup>& setups() { return setups_; }

 private:
  std::unique_ptr<Resolver> resolver_;
  std::vector<fleet::StrategySetup> setups_;
};

}  // namespace fleetrace::scenario
