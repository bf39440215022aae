#include "sim/fleet/early_retirement.hpp"

#include <algorithm>

namespace fleetrace::fleet {

std::int64_t take_out(const InitialChoice& which, std::int64_t count, core::Time at,
                      std::vector<InitialCohort>& initial) {
  for (std::size_t i = 0; i < initial.size() && count > 0; ++i) {
    InitialCohort& cohort = initial[i];
    const bool is_meant = cohort.capacity == 0 && cohort.type == which.type &&
                          cohort.taken_out == core::Time::latest() &&
                          (!which.installed || cohort.installed == *which.installed) &&
                          (which.site == kAnySite || cohort.site == which.site);
    if (!is_meant) continue;
    const std::int64_t taken = std::min(count, cohort.count);
    count -= taken;
    InitialCohort rest = cohort;
    rest.count -= taken;
    cohort.count = taken;
    cohort.taken_out = at;
    if (rest.count > 0) initial.insert(initial.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest);
  }
  return count;
}

}  // namespace fleetrace::fleet
