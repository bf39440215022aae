#include <algorithm>
#include <cmath>

#include "sim/scenario/resolve/plant_parts.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {

using core::Diagnostics;
using core::Spec;

namespace {

void resolve_production(const Spec& spec, const std::string& path, bool is_trend, fleet::Supply& supply,
                        Diagnostics& diagnostics) {
  supply.production = {spec.number("rate"), spec.duration("ramp").years()};
  supply.shipped_every = spec.duration("shipped_every");
  if (is_trend) {
    diagnostics.add({spec.where, path, "production counts accelerators", "trend hardware has none",
                     "Leave it out, or choose other hardware."});
  }
}

/// Whether it is a generation to come, which another draw of random releases may bring in time.
bool is_generation(const models::Market& market, const std::string& name) {
  return market.releases && name.compare(0, market.releases->base.size() + 1, market.releases->base + '+') == 0;
}

}  // namespace

void check_shipments(const fleet::Plant& plant, const Spec& root, const PlantRequest& request,
                     Diagnostics& diagnostics) {
  static constexpr double kMostShipments = 1e7;
  const fleet::Supply& supply = plant.supply;
  if (!supply.production.is_limited()) return;
  const double each = (request.horizon.end - request.horizon.start).seconds() / supply.shipped_every.seconds();
  if (each * static_cast<double>(plant.market.on_sale) <= kMostShipments) return;
  const Spec& production = *root.section("supply")->section("production");
  diagnostics.add({production.value("shipped_every").where, request.prefix + "supply.production.shipped_every",
                   "there could be more than 10 million shipments", "the interval is too short for the horizon",
                   "Lengthen it."});
}

fleet::Supply resolve_supply(const Spec& spec, const std::string& path, bool is_trend, Diagnostics& diagnostics) {
  fleet::Supply supply;
  supply.lead_time = {spec.duration("lead_time"), spec.number("lead_time_variation")};
  supply.transit = spec.duration("transit");
  if (const Spec* production = spec.section("production"))
    resolve_production(*production, path + ".production", is_trend, supply, diagnostics);
  supply.lot = spec.count("lot");
  supply.order_cost = spec.money("order_cost");
  if (const Spec* cancel = spec.section("cancel")) {
    supply.cancellation_fee = cancel->number("fee");
    if (is_trend) {
      diagnostics.add({cancel->where, path + ".cancel", "trend hardware has no releases to cancel for",
                       "it gets better all the time", "Leave it out, or choose other hardware."});
    }
  }
  if (supply.lot > 1 && is_trend) {
    diagnostics.add({spec.value("lot").where, path + ".lot", "a lot counts accelerators", "trend hardware has none",
                     "Leave it out, or choose other hardware."});
  }
  if (supply.lead_time.variation > 0 && supply.lead_time.mean == core::Duration{}) {
    diagnostics.add({spec.value("lead_time_variation").where, path + ".lead_time_variation",
                     "there is no lead time to vary", "it is a share of the mean, which is 0",
                     "State a lead_time, such as 6 months."});
  }
  if (supply.transit > supply.lead_time.mean) {
    diagnostics.add({spec.value("transit").where, path + ".transit", "transit takes longer than the lead time",
                     "it is the last part of it", "Lengthen lead_time or shorten transit."});
  }
  if (const double limit = spec.number("yearly_limit"); std::isfinite(limit)) {
    supply.yearly_limit = static_cast<std::int64_t>(std::min(limit, 9e18));
    if (is_trend) {
      diagnostics.add({spec.value("yearly_limit").where, path + ".yearly_limit", "a yearly limit counts accelerators",
                       "trend hardware has none", "Leave it out, or choose other hardware."});
    }
  }
  return supply;
}

void resolve_allocations(const Spec& spec, const PlantRequest& request, fleet::Plant& plant, Diagnostics& diagnostics) {
  const models::Market& market = plant.market;
  const std::vector<Spec>& rows = spec.sections("allocations");
  if (rows.empty()) return;
  const std::string path = request.prefix + "supply.allocations";
  if (market.trend) {
    diagnostics.add({spec.value("allocations").where, path, "allocations count accelerators", "trend hardware has none",
                     "Leave them out, or choose other hardware."});
    return;
  }
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < market.on_sale; ++i) known.emplace_back(market.types[i].name);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string row_path = path + '.' + std::to_string(i);
    std::uint32_t site = fleet::kAnySite;
    if (rows[i].has("site")) {
      const core::Location& where = rows[i].value("site").where;
      site = named_site(rows[i].text("site"), where, row_path + ".site", plant.sites, diagnostics);
    }
    const std::string& name = rows[i].text("accelerator");
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      if (is_generation(market, name) || known.empty()) continue;
      diagnostics.add({rows[i].value("accelerator").where, row_path + ".accelerator",
                       '"' + core::printable(name) + "\" is not on sale", "there is nothing to allot",
                       core::suggest(name, known)});
      continue;
    }
    const core::Time from = rows[i].has("from") ? rows[i].instant("from", request.horizon.start)
                                                : request.horizon.start;
    const auto type = static_cast<std::size_t>(found - known.begin());
    plant.supply.allocations.push_back({from, type, rows[i].count("count"), site});
  }
}

}  // namespace fleetrace::scenario
