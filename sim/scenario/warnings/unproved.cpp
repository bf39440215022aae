#include <algorithm>

#include "models/purchase/optimised.hpp"
#include "sim/scenario/resolve/purchase_planner.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {

void warn_of_unproved(const core::Spec& root, const std::vector<fleet::StrategySetup>& setups,
                      core::Diagnostics& warnings) {
  for (const core::Spec& each : root.sections("strategies")) {
    const auto setup = std::find_if(setups.begin(), setups.end(),
                                    [&](const fleet::StrategySetup& one) { return one.strategy.name == each.name; });
    if (models::optimises(*each.entry) == models::Optimises::never || setup == setups.end()) continue;
    std::string reasons;
    for (const std::string& reason : plan_doubts(*setup)) reasons += (reasons.empty() ? "" : "; ") + reason;
    if (reasons.empty()) continue;
    warnings.add({each.where, "strategies." + each.name, "nothing proves that its plan is the best", std::move(reasons),
                  "Ask fleetrace optimize, which looks further and says what bound there is."});
  }
}

}  // namespace fleetrace::scenario
