#include "sim/scenario/resolve/resolve_grid.hpp"

#include <algorithm>
#include <optional>

#include "sim/core/schema/read_log.hpp"

namespace fleetrace::scenario {
namespace {

using core::Spec;

/// A phase: when it takes effect, and the power after it and before it, where all phases before it have.
struct Phase {
  core::Time opens;
  double power = 0;
  double before = 0;

  [[nodiscard]] bool adds() const { return power >= before; }
};

/// Where a phase is late, another may take power away before it has come: there is no more than that one leaves then, and what
/// comes late brings no more than it allows. Strategies count on the phases as they are announced.
void settle_late_phases(const std::vector<Phase>& phases, fleet::Site& site) {
  const auto power_with = [&](const auto& has_come) {
    double power = site.base.power;
    for (std::size_t i = 0; i < phases.size(); ++i) {
      if (!has_come(i)) continue;
      power = phases[i].adds() ? power + phases[i].power - phases[i].before : std::min(power, phases[i].power);
    }
    return power;
  };
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const auto came_before = [&](std::size_t k) {
      return phases[k].opens < phases[i].opens || (phases[k].opens == phases[i].opens && k < i);
    };
    const double with = power_with([&](std::size_t k) { return k == i || came_before(k); });
    fleet::SiteAddition& addition = site.additions[i];
    const double announced = addition.adds.power;
    addition.adds.power = with - power_with(came_before);
    if (addition.adds.power != announced) addition.announces = fleet::SiteResources{announced, 0, 0, 0};
  }
}

}  // namespace

void resolve_grid(const Spec& spec, const PlantRequest& request, const std::string& path, fleet::Site& site,
                  core::Diagnostics& diagnostics) {
  const std::vector<Spec>& rows = spec.sections("grid");
  const core::Duration delay = spec.duration("grid_delay");
  if (rows.empty() && delay > core::Duration{}) {
    diagnostics.add({spec.value("grid_delay").where, path + ".grid_delay", "there is no phase that could come late",
                     "the site has no grid phases", "State them, such as grid: [{from: 2028-01-01, power: 100 MW}]."});
  }
  bool shrinks = false;
  double level = site.base.power;
  core::Time last = core::Time::earliest();
  std::vector<Phase> phases;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const core::Time from = rows[i].instant("from", request.horizon.start);
    const double power = rows[i].number("power");
    if (from <= last) {
      diagnostics.add({rows[i].value("from").where, path + ".grid." + std::to_string(i) + ".from",
                       "phases are out of order",
                       core::to_date(from) + " is not after " + core::to_date(last) + ", the phase before",
                       "Write phases by date."});
    }
    fleet::SiteAddition addition;
    addition.part = static_cast<std::uint32_t>(site.additions.size());
    addition.announced = from;
    // A delay is of what is built: power is taken away on its day.
    addition.opens = power >= level ? core::saturating_add(from, delay) : from;
    addition.adds.power = power - level;
    addition.cost_per_watt = site.cost_per_watt;
    site.additions.push_back(addition);
    phases.push_back({addition.opens, power, level});
    shrinks = shrinks || power < level;
    level = power;
    last = std::max(last, from);
  }
  if (shrinks && delay > core::Duration{}) settle_late_phases(phases, site);
  // What becomes of displaced hardware matters where there can be any.
  std::optional<core::ReadLog::Pause> pause;
  if (!shrinks) pause.emplace();
  site.retires_displaced = spec.text("displaced") == "retires";
}

}  // namespace fleetrace::scenario
