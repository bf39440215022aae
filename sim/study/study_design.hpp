#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/fleet/metric.hpp"
#include "sim/fleet/results/outcome.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace::study {

class RaceFollower;

/// How a strategy decides when to buy.
enum class Role : std::uint8_t {
  fixed_plan,  ///< by a plan or a rule that is made in advance and expects nothing
  policy,      ///< anew at each review, by what it sees and believes
  hindsight,   ///< by what is drawn, which nobody knows: a bound
};

/// What all replications of a study have in common.
struct StudyDesign {
  scenario::Inputs inputs;
  std::uint32_t seed = 1;
  std::optional<double> target;   ///< relative loss in (0, 1), for the objectives that need one
  std::vector<core::Time> dates;  ///< dates that goals name, at which observed races keep their states
  /// How much observed races keep.
  fleet::Detail observed = fleet::Detail::whole;
  std::vector<std::string> strategies;  ///< names, in the order of the scenario
  bool has_chance = false;              ///< whether replications differ at all
  bool resolves_by_draw = false;  ///< whether a draw changes the strategy setups, not only what happens under them
  bool has_base = false;  ///< whether every replication also races the world without purchases, for costs at the margin
  /// An objective of one's own, which every race is given beside its metrics.
  std::optional<fleet::Metric> own_objective = {};
  std::vector<Role> roles = {};  ///< role of each strategy, in their order
  /// Makes what follows the observed races of one worker; several workers may ask at a time. Empty where nothing does.
  std::function<std::unique_ptr<RaceFollower>()> follow = {};

  /// Whether a strategy has hindsight, and others that race with it do not.
  [[nodiscard]] bool is_bound(std::size_t strategy) const;

  /// Throws core::InputError for a scenario that does not resolve.
  [[nodiscard]] static StudyDesign of(const scenario::Scenario& scenario, std::uint32_t seed,
                                      std::optional<double> target);
  /// The design of a study of that metric, which is what `has_base` is for.
  [[nodiscard]] static StudyDesign of(const scenario::Scenario& scenario, std::uint32_t seed,
                                      std::optional<double> target, fleet::Metric objective);
};

/// Index of the strategy of that name, or nullopt.
[[nodiscard]] std::optional<std::size_t> find_strategy(const StudyDesign& design, const std::string& name);

}  // namespace fleetrace::study
