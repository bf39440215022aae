#include "sim/scenario/resolve/resolve_retirements.hpp"

#include <algorithm>

#include "sim/fleet/early_retirement.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {

void resolve_retirements(const std::string& path, const fleet::Strategy& strategy, fleet::Plant& plant,
                         core::Diagnostics& diagnostics) {
  for (const models::PlannedRetirement& each : strategy.policy.retirements) {
    const std::string row = path + ".retire." + std::to_string(each.row);
    fleet::InitialChoice which;
    const auto found = std::find_if(plant.market.types.begin(), plant.market.types.end(),
                                    [&](const models::AcceleratorType& type) { return type.name == each.accelerator; });
    which.type = static_cast<std::size_t>(found - plant.market.types.begin());
    which.installed = each.installed;
    if (!each.site.empty()) {
      which.site = named_site(each.site, each.where, row + ".site", plant.sites, diagnostics);
      if (which.site == fleet::kAnySite) continue;
    }
    const auto has_left = std::find_if(
        plant.initial.begin(), plant.initial.end(), [&](const fleet::InitialCohort& cohort) {
          return cohort.capacity == 0 && cohort.type == which.type &&
                 (!which.installed || cohort.installed == *which.installed) &&
                 (which.site == fleet::kAnySite || cohort.site == which.site) && plant.retires(cohort) <= each.at &&
                 cohort.taken_out == core::Time::latest();
        });
    if (has_left != plant.initial.end()) {
      diagnostics.add({each.where, row, "some of these have left by then",
                       "the life of what was installed on " + core::to_date(has_left->installed) + " ends on " +
                           core::to_date(plant.retires(*has_left)),
                       "Take them out earlier, or say with installed which are meant."});
      continue;
    }
    const std::int64_t missing = fleet::take_out(which, each.count, each.at, plant.initial);
    if (missing == 0) continue;
    diagnostics.add(
        {each.where, row,
         std::to_string(each.count) + ' ' + core::printable(each.accelerator) + " are to retire, and there are " +
             std::to_string(each.count - missing),
         "what is meant are accelerators of the initial fleet that do not retire already",
         "Correct the count, the date or the site, or initial_fleet. What is ordered retires by its own order "
         "(orders: retire)."});
  }
}

}  // namespace fleetrace::scenario
