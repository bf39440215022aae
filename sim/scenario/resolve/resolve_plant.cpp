#include "sim/scenario/resolve/resolve_plant.hpp"

#include <algorithm>
#include <optional>

#include "models/hardware/own_accelerators.hpp"
#include "sim/scenario/resolve/plant_parts.hpp"
#include "sim/scenario/resolve/resolve_power_tree.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"
#include "sim/scenario/schema/horizon_end.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

void check_progress(const fleet::Plant& plant, const Spec& root, const PlantRequest& request,
                    Diagnostics& diagnostics) {
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

/// What is wrong with the length or the end of a horizon that starts at `start`, if anything is.
std::optional<core::Diagnostic> wrong_end(const Spec& spec, core::Time start) {
  const auto finding = [&](const char* key, const char* problem, const char* reason, const char* suggestion) {
    return core::Diagnostic{spec.value(key).where, std::string("horizon.") + key, problem, reason, suggestion};
  };
  const bool has_length = spec.has("length");
  if (!spec.has("end")) {
    if (has_length || spec.value("length").faulty || spec.value("end").faulty) return std::nullopt;
    return finding("length", "it is missing", "the horizon has neither a length nor an end",
                   "Write length, such as 8 yr, or end, such as 2034-01-01.");
  }
  if (has_length)
    return finding("end", "it is given, and so is length", "each of them says where the horizon ends",
                   "Leave one of them out.");
  const core::Time end = spec.instant("end", {});
  if (end <= start)
    return finding("end", "it is not later than horizon.start", "the horizon would hold no time",
                   "Choose a later date.");
  if (end > core::saturating_add(start, core::kYear * 1'500'000))
    return finding("end", "the horizon would be longer than 1,500,000 years", "times have a range",
                   "Choose an earlier date.");
  return std::nullopt;
}

}  // namespace

bool found_below(const Diagnostics& diagnostics, std::string_view path) {
  const auto& found = diagnostics.found();
  return std::any_of(found.begin(), found.end(),
                     [&](const core::Diagnostic& each) { return each.path.substr(0, path.size()) == path; });
}

fleet::Horizon resolve_horizon(const Scenario& scenario, Diagnostics& diagnostics) {
  static constexpr std::int64_t kMostSamples = 100'000;
  const Spec& root = scenario.root();
  const Spec& spec = *root.section("horizon");
  fleet::Horizon horizon;
  horizon.dates_until = scenario.dates_until;
  horizon.start = spec.instant("start", {});
  const std::optional<core::Diagnostic> wrong = wrong_end(spec, horizon.start);
  if (wrong) diagnostics.add(*wrong);
  // A horizon whose end is wrong goes on for a year, so that whatever else is wrong is found, too.
  horizon.end = wrong ? core::saturating_add(horizon.start, core::kYear)
                      : horizon_end(spec).value_or(core::saturating_add(horizon.start, core::kYear));
  if (spec.has("from")) {
    horizon.from = spec.instant("from", {});
    if (*horizon.from <= horizon.start || *horizon.from >= horizon.end) {
      diagnostics.add({spec.value("from").where, "horizon.from",
                       core::to_date(*horizon.from) + " is not within the horizon",
                       "that is from " + core::to_date(horizon.start) + " to " + core::to_date(horizon.end),
                       "Choose a date after its start and before its end."});
    }
  }
  const core::Duration length = horizon.end - horizon.start;
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

void resolve_plant(const Spec& root, const PlantRequest& request, fleet::Plant& plant, Diagnostics& diagnostics) {
  const models::OwnAccelerators accelerators(root.sections("accelerators"), request.catalog);
  accelerators.check(request.prefix + "accelerators", diagnostics);
  const models::MarketRequest market_request{request.horizon.start, request.horizon.end,
                                             &accelerators,         request.prefix + "hardware",
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
  resolve_initial_fleet(root, request, market_request, plant, diagnostics);

  resolve_operations(root, request, plant, diagnostics);
  add_power_outages(root, request, plant, diagnostics);
  interrupt_by_outages(plant, {});
}

}  // namespace fleetrace::scenario
