#include "sim/scenario/resolve/kept_by_strategies.hpp"

namespace fleetrace::scenario {
namespace {

constexpr std::size_t kMost = 1'000'000;
constexpr std::size_t kMostSites = 100'000;  ///< each takes as long to resolve as ten of the others

}  // namespace

bool KeptByStrategies::has_room(const fleet::StrategySetup& setup, const core::Location& where,
                                core::Diagnostics& diagnostics) {
  const auto counts = [&](std::size_t& sum, std::size_t more, const char* problem, const char* reason,
                          const char* suggestion, std::size_t most = kMost) {
    sum += more;
    if (sum <= most) return true;
    diagnostics.add({where, "strategies." + setup.strategy.name, problem, reason, suggestion});
    return false;
  };
  return counts(types_, setup.plant.market.types.size(),
                "the strategies so far have more than a million accelerators on sale",
                "each generation counts once a strategy", "Lengthen the cadence, or race fewer strategies.") &&
         counts(cohorts_, setup.plant.initial.size(),
                "the initial fleets of the strategies so far have more than a million entries",
                "each entry counts once a strategy", "Join entries that are alike, or race fewer strategies.") &&
         counts(sites_, setup.plant.sites.size(), "the strategies so far have more than 100,000 sites",
                "each site counts once a strategy", "Join sites, or race fewer strategies.", kMostSites) &&
         counts(targets_, setup.loss.targets.size(), "the strategies so far have more than a million targets of loss",
                "each target counts once a strategy", "State fewer targets, or race fewer strategies.");
}

}  // namespace fleetrace::scenario
