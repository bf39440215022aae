#include "sim/fleet/procurement/make_cohort.hpp"

#include <cmath>

namespace fleetrace::fleet {
namespace {

std::int64_t milliwatt(double watts) { return std::llround(watts * 1e3); }

}  // namespace

Cohort make_accelerators(const models::Market& market, std::size_t type, std::int64_t count, double cost_usd) {
  const models::AcceleratorType& each = market.types[type];
  Cohort cohort;
  cohort.type = static_cast<std::uint32_t>(type);
  cohort.size = count;
  cohort.peak = each.peak;
  cohort.relative_mfu = each.relative_mfu;
  cohort.average_power = each.average_power;
  cohort.nameplate_milliwatt = milliwatt(each.nameplate_power);
  cohort.cost_usd = cost_usd;
  return cohort;
}

Cohort make_capacity(double peak, double watts_per_flops, double cost_usd) {
  Cohort cohort;
  cohort.size = 1;
  cohort.peak = peak;
  cohort.average_power = peak * watts_per_flops;
  cohort.nameplate_milliwatt = milliwatt(cohort.average_power);
  cohort.cost_usd = cost_usd;
  return cohort;
}

double work_rate_when_new(const Cohort& cohort, const Operations& operations, const models::ProgressLaw& progress,
                          double years) {
  const double rate = cohort.useful_peak() * operations.utilisation();
  return progress.embodied ? rate * progress.multiplier(years) : rate;
}

}  // namespace fleetrace::fleet
