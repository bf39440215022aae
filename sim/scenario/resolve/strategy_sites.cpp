#include <algorithm>
#include <numeric>

#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {

double fixed_energy_usd(const fleet::Plant& plant, const std::vector<std::uint32_t>& used,
                        const fleet::Horizon& horizon) {
  double usd = 0;
  for (const std::uint32_t index : used) {
    usd += plant.sites[index].fixed_energy_usd(horizon.start, horizon.end);
  }
  return usd > 0 ? usd * (1 + 1e-12) + 2e-6 : 0;
}

core::Money facility_cost(const fleet::Plant& plant, const std::vector<std::uint32_t>& used,
                          const fleet::Horizon& horizon) {
  core::Money cost;
  for (const std::uint32_t index : used) cost += plant.sites[index].facility_cost(horizon.end - core::kMillisecond);
  return cost;
}

std::uint32_t named_site(const std::string& name, const core::Location& where, const std::string& path,
                         const std::vector<fleet::Site>& sites, core::Diagnostics& diagnostics) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    if (sites[i].name.empty()) continue;  // the one of a scenario without a section
    if (sites[i].name == name) return static_cast<std::uint32_t>(i);
    known.emplace_back(sites[i].name);
  }
  diagnostics.add({where, path, "there is no site \"" + core::printable(name) + '"',
                   known.empty() ? "the scenario has no sites section" : "sites go by their names there",
                   known.empty() ? "Add one, such as sites: {main: {power: 100 MW}}." : core::suggest(name, known)});
  return fleet::kAnySite;
}

void resolve_strategy_sites(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                            std::vector<std::uint32_t>& used, core::Diagnostics& diagnostics) {
  const auto use_all = [&] {
    used.resize(plant.sites.size());
    std::iota(used.begin(), used.end(), 0U);
  };
  if (!spec.has("sites")) return use_all();
  used.clear();
  const core::Location& where = spec.value("sites").where;
  for (const std::string& name : spec.texts("sites")) {
    const std::uint32_t index = named_site(name, where, path + ".sites", plant.sites, diagnostics);
    if (index == fleet::kAnySite) continue;
    if (std::find(used.begin(), used.end(), index) != used.end()) {
      diagnostics.add({where, path + ".sites", core::printable(name) + " is there already", "each site is filled once",
                       "Leave it out."});
    } else {
      used.push_back(index);
    }
  }
  if (used.empty()) use_all();
}

}  // namespace fleetrace::scenario
