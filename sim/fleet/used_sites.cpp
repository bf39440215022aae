#include <algorithm>
#include <numeric>

#include "resolve_sites.hpp"

namespace fleetrace::fleet {

double fixed_energy_usd(const Plant& plant, const std::vector<std::uint32_t>& used, const Horizon& horizon) {
  double usd = 0;
  for (const std::uint32_t index : used) {
    const Site& site = plant.sites[index];
    const double watts = site.fixed_watts(site.capacity_at(horizon.end));
    usd += watts / 1e3 * (horizon.end - horizon.start).hours() * site.dearest_electricity();
  }
  return usd > 0 ? usd * (1 + 1e-12) + 2e-6 : 0;
}

core::Money facility_cost(const Plant& plant, const std::vector<std::uint32_t>& used, const Horizon& horizon) {
  core::Money cost;
  for (const std::uint32_t index : used) cost += plant.sites[index].facility_cost(horizon.end - core::kMillisecond);
  return cost;
}

std::vector<std::uint32_t> used_sites(const core::Spec& spec, const std::string& path, const Plant& plant,
                                      core::Diagnostics& diagnostics) {
  std::vector<std::uint32_t> all(plant.sites.size());
  std::iota(all.begin(), all.end(), 0U);
  if (!spec.has("sites")) return all;
  const core::Location& where = spec.value("sites").where;
  std::vector<std::string_view> known;
  known.reserve(plant.sites.size());
  for (const Site& site : plant.sites) {
    if (!site.name.empty()) known.emplace_back(site.name);
  }
  std::vector<std::uint32_t> used;
  for (const std::string& name : spec.texts("sites")) {
    const auto index = static_cast<std::uint32_t>(std::find(known.begin(), known.end(), name) - known.begin());
    if (index == known.size()) {
      diagnostics.add(
          {where, path + ".sites", "there is no site \"" + core::printable(name) + '"',
           known.empty() ? "the scenario has no sites section" : "sites go by their names there",
           known.empty() ? "Add one, such as sites: {main: {power: 100 MW}}." : core::suggest(name, known)});
    } else if (std::find(used.begin(), used.end(), index) != used.end()) {
      diagnostics.add({where, path + ".sites", core::printable(name) + " is there already", "each site is filled once",
                       "Leave it out."});
    } else {
      used.push_back(index);
    }
  }
  return used.empty() ? all : used;
}

}  // namespace fleetrace::fleet
