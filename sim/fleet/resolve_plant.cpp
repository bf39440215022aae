#include "resolve_plant.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/read_value.hpp"
#include "power_tree.hpp"
#include "resolve_sites.hpp"

namespace fleetrace::fleet {
namespace {

using core::Diagnostics;
using core::Spec;

void resolve_production(const Spec& spec, const std::string& path, bool is_trend, Supply& supply,
                        Diagnostics& diagnostics) {
  supply.production = {spec.number("rate"), spec.duration("ramp").years()};
  supply.shipped_every = spec.duration("shipped_every");
  if (is_trend) {
    diagnostics.add({spec.where, path, "production counts accelerators", "trend hardware has none",
                     "Leave it out, or choose other hardware."});
  }
}

/// What is made is shipped in so many lots at most, each of them an event.
void check_shipments(const Plant& plant, const Spec& root, const PlantRequest& request, Diagnostics& diagnostics) {
  static constexpr double kMostShipments = 1e7;
  const Supply& supply = plant.supply;
  if (!supply.production.is_limited()) return;
  const double each = (request.horizon.end - request.horizon.start).seconds() / supply.shipped_every.seconds();
  if (each * static_cast<double>(plant.market.on_sale) <= kMostShipments) return;
  const Spec& production = *root.section("supply")->section("production");
  diagnostics.add({production.value("shipped_every").where, request.prefix + "supply.production.shipped_every",
                   "there could be more than 10 million shipments", "the interval is too short for the horizon",
                   "Lengthen it."});
}

Supply resolve_supply(const Spec& spec, const std::string& path, bool is_trend, Diagnostics& diagnostics) {
  Supply supply;
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

/// Whether it is a generation to come, which another draw of random releases may bring in time.
bool is_generation(const models::Market& market, const std::string& name) {
  return market.releases && name.compare(0, market.releases->base.size() + 1, market.releases->base + '+') == 0;
}

void resolve_allocations(const Spec& spec, const PlantRequest& request, Plant& plant, Diagnostics& diagnostics) {
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
    std::uint32_t site = SiteState::kAny;
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

/// Whether a key says something else than it does by default.
bool is_changed(const Spec& spec, std::string_view key) {
  const core::Value& value = spec.value(key);
  return !value.preset && value.written != spec.entry->find(key)->preset;
}

/// A rent by its price needs the accelerator that it is the price of.
std::optional<models::RentalLaw> resolve_rental(const Spec& root, const PlantRequest& request,
                                                const models::MarketRequest& market_request, const Plant& plant,
                                                Diagnostics& diagnostics) {
  const Spec* spec = root.section("rental");
  if (spec == nullptr) return std::nullopt;
  const std::string path = request.prefix + "rental";
  const Spec* hardware = root.section("hardware");
  if (hardware == nullptr) {
    diagnostics.add({spec->where, path, "there is nothing to rent", "the scenario has no hardware section",
                     "Add one, such as hardware: {model: trend}."});
    return std::nullopt;
  }
  models::RentalLaw law;
  law.term = spec->duration("term");
  if (spec->has("price") != spec->has("accelerator")) {
    const bool has_price = spec->has("price");
    diagnostics.add({spec->where, path, has_price ? "the price is of no accelerator" : "the accelerator has no price",
                     "price and accelerator belong together",
                     has_price ? "State one, such as accelerator: H100." : "State one, such as price: 2.4 USD/h."});
    return std::nullopt;
  }
  if (!spec->has("price")) {
    law.rate = spec->number("rate");
    if (is_changed(*spec, "price_decline")) {
      diagnostics.add({spec->value("price_decline").where, path + ".price_decline",
                       "there is no price that could decline", "a rate follows the price of hardware",
                       "State a price, or leave it out."});
    }
    return law;
  }
  if (is_changed(*spec, "rate")) {
    diagnostics.add({spec->value("rate").where, path + ".rate", "there is a price, too",
                     "rent follows one or the other", "Leave one of them out."});
  }
  const std::string& name = spec->text("accelerator");
  law.decline = spec->number("price_decline");
  if (const models::AcceleratorType* type = plant.market.find(name)) {
    law.per_flops = spec->number("price") / type->peak;
  } else if (const auto other = models::accelerator_type(*hardware, spec->value("accelerator"), name, market_request,
                                                         path + ".accelerator", diagnostics)) {
    law.per_flops = spec->number("price") / other->peak;
  } else {
    return std::nullopt;
  }
  return law;
}

class InitialFleet {
 public:
  InitialFleet(const Spec& root, const PlantRequest& request, const models::MarketRequest& market_request, Plant& plant,
               Diagnostics& diagnostics)
      : root_(root), request_(request), market_request_(market_request), plant_(plant), diagnostics_(diagnostics) {}

  void resolve() {
    plant_.initial.clear();
    const std::vector<Spec>& cohorts = root_.sections("initial_fleet");
    for (std::size_t i = 0; i < cohorts.size(); ++i)
      add(cohorts[i], request_.prefix + "initial_fleet." + std::to_string(i));
    const auto is_older = [](const InitialCohort& a, const InitialCohort& b) { return a.installed < b.installed; };
    // The sort takes memory even of what is sorted.
    if (!std::is_sorted(plant_.initial.begin(), plant_.initial.end(), is_older))
      std::stable_sort(plant_.initial.begin(), plant_.initial.end(), is_older);
  }

 private:
  void add(const Spec& spec, const std::string& path) {
    InitialCohort cohort;
    cohort.installed = spec.has("installed") ? spec.instant("installed", request_.horizon.start)
                                             : request_.horizon.start;
    if (cohort.installed > request_.horizon.start) {
      diagnostics_.add(
          {spec.value("installed").where, path + ".installed", core::to_date(cohort.installed) + " is after the start",
           "the initial fleet stands there when the race begins", "Buy later accelerators with a strategy."});
    }
    if (spec.has("site"))
      cohort.site = named_site(spec.text("site"), spec.value("site").where, path + ".site", plant_.sites, diagnostics_);
    if (spec.has("capacity")) {
      if (spec.has("accelerator") || spec.has("count")) {
        diagnostics_.add({spec.where, path, "it names both capacity and accelerators", "a cohort is one or the other",
                          "Split it in two."});
      }
      cohort.capacity = spec.number("capacity");
      plant_.initial.push_back(cohort);
      return;
    }
    if (!spec.has("accelerator") || !spec.has("count")) {
      diagnostics_.add({spec.where, path, "it says neither what nor how much",
                        "a cohort needs accelerator and count, or capacity", ""});
      return;
    }
    cohort.count = spec.count("count");
    if (const auto type = type_index(spec, path)) {
      cohort.type = *type;
      check_release(cohort, spec, path);
      plant_.initial.push_back(cohort);
    }
  }

  std::optional<std::size_t> type_index(const Spec& spec, const std::string& path) {
    const std::string& name = spec.text("accelerator");
    for (std::size_t i = 0; i < plant_.market.types.size(); ++i) {
      if (plant_.market.types[i].name == name) return i;
    }
    const Spec* hardware = root_.section("hardware");
    const Spec fallback = hardware == nullptr ? core::preset_spec(*models::hardware_family().find("trend")) : Spec{};
    auto type = models::accelerator_type(hardware == nullptr ? fallback : *hardware, spec.value("accelerator"), name,
                                         market_request_, path + ".accelerator", diagnostics_);
    if (!type) return std::nullopt;
    plant_.market.types.push_back(*std::move(type));
    return plant_.market.types.size() - 1;
  }

  void check_release(const InitialCohort& cohort, const Spec& spec, const std::string& path) {
    const models::AcceleratorType& type = plant_.market.types[cohort.type];
    if (cohort.installed >= type.released) return;
    diagnostics_.add({spec.where, path, type.name + " is installed on " + core::to_date(cohort.installed),
                      "it was released on " + core::to_date(type.released),
                      "Correct the date, or choose an older accelerator."});
  }

  const Spec& root_;
  const PlantRequest& request_;
  const models::MarketRequest& market_request_;
  Plant& plant_;
  Diagnostics& diagnostics_;
};

void check_progress(const Plant& plant, const Spec& root, const PlantRequest& request, Diagnostics& diagnostics) {
  const Spec& spec = *root.section("progress");
  const std::string path = request.prefix + "progress";
  // Progress is monotone, so an overflow shows at the end.
  const double years = request.horizon.years_at(request.horizon.end);
  if (spec.entry->name == "spillover" && spec.number("doubling") > spec.number("frontier_doubling")) {
    diagnostics.add({spec.value("doubling").where, path + ".doubling", "own progress is faster than the frontier's",
                     "the follower would pass it, and nothing spills over from behind",
                     "Use progress: exponential, or a faster frontier_doubling."});
    return;
  }
  const double multiplier = plant.final_multiplier(years);
  if (!(multiplier > 1e-200 && multiplier < 1e200)) {
    diagnostics.add({spec.where, path,
                     std::string("efficiency would ") + (multiplier < 1 ? "shrink" : "grow") +
                         " more than 1e200-fold within the horizon",
                     "it would leave the range of numbers", "Slow progress down or shorten the horizon."});
  }
  if (plant.progress.cost_per_year * years > kMostUsd) {
    diagnostics.add({spec.where, path + ".cost", "research would cost more than 9 trillion USD over the horizon",
                     "money is counted exactly up to that", "Lower the cost or shorten the horizon."});
  }
}

}  // namespace

bool found_below(const Diagnostics& diagnostics, std::string_view path) {
  const auto& found = diagnostics.found();
  return std::any_of(found.begin(), found.end(),
                     [&](const core::Diagnostic& each) { return each.path.substr(0, path.size()) == path; });
}

Horizon resolve_horizon(const Spec& root, Diagnostics& diagnostics) {
  static constexpr std::int64_t kMostSamples = 100'000;
  const Spec& spec = *root.section("horizon");
  Horizon horizon;
  horizon.start = spec.instant("start", {});
  const core::Duration length = spec.duration("length");
  horizon.end = core::saturating_add(horizon.start, length);
  if (spec.has("sample_every")) {
    horizon.sample_every = spec.duration("sample_every");
    if (length / horizon.sample_every > kMostSamples) {
      diagnostics.add({spec.value("sample_every").where, "horizon.sample_every",
                       "there would be more than 100 000 samples", "the interval is too short for the horizon",
                       "Lengthen it."});
    }
  } else {
    horizon.sample_every = core::Duration::from_milliseconds(std::max<std::int64_t>(1, length.milliseconds() / 96));
  }
  return horizon;
}

void resolve_plant(const Spec& root, const PlantRequest& request, Plant& plant, Diagnostics& diagnostics) {
  const models::MarketRequest market_request{request.horizon.start, request.horizon.end,
                                             request.catalog,       request.prefix + "hardware",
                                             request.draw.seed,     request.draw.replication};
  const Spec* hardware = root.section("hardware");
  plant.market = hardware == nullptr ? models::Market{}
                                     : models::resolve_hardware(*hardware, market_request, diagnostics);
  plant.supply = resolve_supply(*root.section("supply"), request.prefix + "supply", plant.market.trend.has_value(),
                                diagnostics);
  check_shipments(plant, root, request, diagnostics);
  plant.progress = models::resolve_progress(*root.section("progress"));
  plant.adoptions = models::resolve_adoptions(*root.section("progress"), request.horizon.start, request.horizon.end,
                                              request.prefix + "progress", diagnostics);
  check_progress(plant, root, request, diagnostics);
  resolve_sites(root, request, plant.sites, diagnostics);
  resolve_allocations(*root.section("supply"), request, plant, diagnostics);
  plant.rental = resolve_rental(root, request, market_request, plant, diagnostics);
  InitialFleet(root, request, market_request, plant, diagnostics).resolve();

  resolve_operations(root, request, plant, diagnostics);
  add_power_outages(root, request, plant, diagnostics);
  interrupt_by_outages(plant, {});
}

Reference resolve_reference(const Spec& loss, const Plant& plant, const Horizon& horizon, Diagnostics& diagnostics) {
  const double utilisation = expected_utilisation(plant, horizon);
  const double year_seconds = core::kYear.seconds();
  Reference reference;
  if (!plant.market.types.empty()) reference.capacity_unit = plant.market.types.front().peak;
  double units = 0;
  double peak = 0;
  for (const InitialCohort& cohort : plant.initial) {
    if (core::saturating_add(cohort.installed, plant.operations.training_life()) <= horizon.start) continue;
    const auto count = static_cast<double>(cohort.count);
    units += cohort.capacity > 0 ? cohort.capacity / reference.capacity_unit : count;
    peak += cohort.capacity > 0 ? cohort.capacity : count * plant.market.types[cohort.type].peak;
  }
  const auto check_range = [&](const Reference& found) {
    const auto [least, most] = std::minmax({found.compute, found.useful_flop, found.peak_flop, found.unit_seconds});
    if (least > 1e-100 && most < 1e200) return;
    diagnostics.add(
        {loss.value("reference").where, "loss.reference", "the reference compute leaves the range of numbers",
         "it should lie well between 1e-100 and 1e200 FLOP", "State another one, or another initial_fleet."});
  };
  if (std::holds_alternative<std::string>(loss.value("reference").data)) {  // the word initial-year
    if (units == 0) {
      const bool is_empty = plant.initial.empty();
      diagnostics.add({loss.value("reference").where, "loss.reference",
                       is_empty ? "there is no initial fleet to take a year of"
                                : "the whole initial fleet is past its training life at the start",
                       "the reference compute would be zero",
                       std::string(is_empty ? "State an initial_fleet" : "State a younger initial_fleet") +
                           ", or a reference such as 3.14e23 FLOP."});
      return reference;
    }
    reference.unit_seconds = units * year_seconds;
    reference.peak_flop = peak * year_seconds;
    reference.useful_flop = reference.peak_flop * utilisation;
    reference.compute = reference.useful_flop;
    check_range(reference);
    return reference;
  }
  reference.compute = loss.number("reference");
  reference.useful_flop = reference.compute;
  reference.peak_flop = reference.compute / utilisation;
  // Without an initial fleet the first accelerator on sale stands for the reference hardware.
  const double unit_peak = peak > 0 ? peak / units : reference.capacity_unit;
  reference.unit_seconds = reference.peak_flop / unit_peak;
  check_range(reference);
  return reference;
}

}  // namespace fleetrace::fleet
