#include "sim/scenario/resolve/kept_by_strategies.hpp"

namespace fleetrace::scenario {
namespace {

constexpr std::size_t kMost = 1'000'000;
constexpr std::size_t kMostSites = 100'000;  ///< each takes as long to resolve as ten of the others

}  // namespace

bool KeptByStrategies::add(const Counts& more, const std::string& strategy, const core::Location& where,
                           core::Diagnostics& diagnostics) {
  const auto counts = [&](std::size_t& sum, std::size_t count, const char* problem, const char* reason,
                          const char* suggestion, std::size_t most = kMost) {
    sum += count;
    if (sum <= most) return true;
    diagnostics.add({where, "strategies." + strategy, problem, reason, suggestion});
    return false;
  };
  return counts(sum_.types, more.types, "the strategies so far have more than a million accelerators on sale",
                "each generation counts once a strategy", "Lengthen the cadence, or race fewer strategies.") &&
         counts(sum_.cohorts, more.cohorts,
                "the initial fleets of the strategies so far have more than a million entries",
                "each entry counts once a strategy", "Join entries that are alike, or race fewer strategies.") &&
         counts(sum_.sites, more.sites, "the strategies so far have more than 100,000 sites",
                "each site counts once a strategy", "Join sites, or race fewer strategies.", kMostSites) &&
         counts(sum_.targets, more.targets, "the strategies so far have more than a million targets of loss",
                "each target counts once a strategy", "State fewer targets, or race fewer strategies.");
}

bool KeptByStrategies::has_room(const fleet::StrategySetup& setup, const core::Location& where,
                                core::Diagnostics& diagnostics) {
  return add({setup.plant.market.types.size(), setup.plant.initial.size(), setup.plant.sites.size(),
              setup.loss.targets.size()},
             setup.strategy.name, where, diagnostics);
}

bool KeptByStrategies::has_room(const std::vector<core::Spec>& strategies, const fleet::Plant& shared,
                                core::Diagnostics& diagnostics) {
  // Each draw of a study asks this, and few scenarios are anywhere near a limit.
  const std::size_t most_each = shared.market.types.size() + shared.initial.size() + shared.sites.size();
  if (most_each * strategies.size() <= kMostSites) return true;
  KeptByStrategies kept;
  for (const core::Spec& each : strategies) {
    const core::Spec* const changes = each.section("with");
    const auto changed = [changes](const char* section) { return changes != nullptr && changes->has(section); };
    Counts counts;
    if (!changed("hardware") && !changed("accelerators")) counts.types = shared.market.types.size();
    if (!changed("initial_fleet")) counts.cohorts = shared.initial.size();
    if (!changed("sites")) counts.sites = shared.sites.size();
    if (!kept.add(counts, each.name, each.where, diagnostics)) return false;
  }
  return true;
}

}  // namespace fleetrace::scenario
