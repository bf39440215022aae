#include "sim/fleet/sites/energy_reserve.hpp"

#include <algorithm>

namespace fleetrace::fleet {
namespace {

/// What a kW costs on one site in the life of those that it may begin which costs most. As a function of its beginning that is
/// linear between the times at which its beginning or its end meets a change of the tariff, or its end that of the horizon.
double dearest_life(const Site& site, core::Time earliest, core::Time end, core::Duration life) {
  const auto cost_from = [&](core::Time begins) {
    return site.usd_per_kilowatt(begins, std::min(end, core::saturating_add(begins, life)));
  };
  double most = cost_from(earliest);
  // A life that lasts to the end of the horizon in any case costs most where it begins first.
  if (core::saturating_add(earliest, life) >= end) return most;
  const auto consider = [&](core::Time begins) {
    if (begins > earliest && begins < end) most = std::max(most, cost_from(begins));
  };
  consider(end - life);
  for (const SiteTariff& each : site.tariffs) {
    if (!each.electricity || each.from <= earliest || each.from >= end) continue;
    consider(each.from);
    consider(each.from - life);
  }
  return most;
}

}  // namespace

double dearest_kilowatt(const Plant& plant, const std::vector<std::uint32_t>& used, core::Time earliest, core::Time end,
                        core::Duration life) {
  double most = 0;
  if (earliest >= end) return most;
  for (const std::uint32_t index : used) {
    const Site& site = plant.sites[index];
    most = std::max(most, site.marginal_pue() * dearest_life(site, earliest, end, life));
  }
  return most;
}

}  // namespace fleetrace::fleet
