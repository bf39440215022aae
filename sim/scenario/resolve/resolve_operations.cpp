#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/schema/read_log.hpp"
#include "sim/scenario/resolve/plant_parts.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

/// Where power is short, what waits for it comes into service whenever something retires.
void check_lifetime(const fleet::Plant& plant, const Spec& operations, const PlantRequest& request,
                    Diagnostics& diagnostics) {
  const fleet::Operations& resolved = plant.operations;
  static constexpr std::int64_t kMostLives = 1'000'000;
  const core::Duration length = request.horizon.end - request.horizon.start;
  for (const models::AcceleratorType& type : plant.market.types) {
    if (!type.lifetime || length / *type.lifetime <= kMostLives) continue;
    diagnostics.add({operations.where, request.prefix + "accelerators." + type.name + ".lifetime",
                     "more than a million lifetimes would follow each other within the horizon",
                     "each of them is simulated", "Lengthen it or shorten the horizon."});
  }
  if (length / resolved.lifetime <= kMostLives) return;
  diagnostics.add({operations.value("lifetime").where, request.prefix + "operations.lifetime",
                   "more than a million lifetimes would follow each other within the horizon",
                   "each of them is simulated", "Lengthen it or shorten the horizon."});
}

bool has_capacity(const fleet::Plant& plant) {
  return plant.market.trend || std::any_of(plant.initial.begin(), plant.initial.end(),
                                           [](const fleet::InitialCohort& cohort) { return cohort.capacity > 0; });
}

void check_failures(const models::FailureLaw& law, const fleet::Plant& plant, const Spec& spec, const std::string& path,
                    Diagnostics& diagnostics) {
  if (!law.drawn() || !has_capacity(plant)) return;
  const core::Value& fidelity = spec.value("fidelity");
  diagnostics.add({fidelity.where, path + ".failures.fidelity",
                   fidelity.source_text + " draws the failures of accelerators",
                   "capacity (a trend, or an initial fleet of capacity) consists of none",
                   "Choose fidelity: expected, or hardware with accelerators."});
}

/// Of a mixture of all ages nothing would be left where nothing is repaired.
void check_repairs(const models::FailureLaw& law, const Spec& spec, const std::string& path, Diagnostics& diagnostics) {
  if (!std::isinf(law.repair.mean) || law.fresh) return;
  diagnostics.add({spec.value("repair").where, path + ".failures.repair", "nothing is ever repaired",
                   "with start: stationary a batch is a mixture of all ages, all of which would be dead",
                   "Write start: fresh beside it, or state how long a repair takes."});
}

/// Notes as read what the expectation of failures depends on. Where all ages are mixed these are means alone: neither the shape of
/// lives nor the law of repairs changes them.
void heed_failures(const Spec& spec, bool only_means) {
  for (const core::Parameter& parameter : spec.entry->parameters) {
    if (only_means && (parameter.name == "repair_law" || (parameter.name == "shape" && spec.entry->name != "bathtub")))
      continue;
    (void)spec.value(parameter.name);
    for (const Spec& each : spec.sections(parameter.name)) heed_failures(each, only_means);
  }
}

/// A burn-in that leaves next to nothing, or that nothing would show of.
void check_burn_in(const models::FailureLaw& law, const fleet::Plant& plant, const Spec& spec, const std::string& path,
                   Diagnostics& diagnostics) {
  if (law.burn_in == 0) return;
  const core::Value& burn_in = spec.value("burn_in");
  const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
    diagnostics.add({burn_in.where, path + ".failures.burn_in", problem, reason, suggestion});
  };
  if (!law.fresh) {
    refuse("a burn-in takes early failures away", "with start: stationary a batch is a mixture of all ages",
           "Write start: fresh beside it.");
  } else if (!(law.lost_in_burn_in() <= 0.5)) {
    refuse("more than half of all accelerators would fail in it", "nobody would sell what is left",
           "Shorten it, or lengthen the mean time between failures.");
  } else if (has_capacity(plant)) {
    refuse("a burn-in is of accelerators", "capacity (a trend, or an initial fleet of capacity) consists of none",
           "Leave it out, or choose hardware with accelerators.");
  }
}

/// Of an accelerator within the horizon [ms].
double longest_age(const fleet::Plant& plant, const fleet::Horizon& horizon) {
  core::Time first = horizon.start;
  for (const fleet::InitialCohort& cohort : plant.initial) first = std::min(first, cohort.installed);
  core::Duration life = plant.operations.lifetime;
  for (const models::AcceleratorType& type : plant.market.types)
    life = std::max(life, type.lifetime.value_or(plant.operations.lifetime));
  return static_cast<double>(std::min(horizon.end - first, life).milliseconds());
}

void check_job(const models::JobLaw& law, const fleet::Plant& plant, const Spec& spec, const std::string& path,
               Diagnostics& diagnostics) {
  if (law.size == 0 && has_capacity(plant)) {
    diagnostics.add({spec.value("size").where, path + ".size", "a job on the whole fleet counts accelerators",
                     "capacity (a trend, or an initial fleet of capacity) consists of none",
                     "State how many one job has, such as size: 16384, or choose hardware with accelerators."});
  }
  if (law.size > 0 && law.drawn) {
    diagnostics.add({spec.value("fidelity").where, path + ".fidelity",
                     "aggregate draws the interruptions of one job on the whole fleet",
                     "with a size the fleet is shared by many", "Choose fidelity: expected, or size: fleet."});
  }
}

void check_throughput(const models::ThroughputLaw& law, const fleet::Plant& plant, const Spec& spec,
                      const std::string& path, Diagnostics& diagnostics) {
  if (!law.active() || !has_capacity(plant)) return;
  diagnostics.add({spec.where, path + ".throughput", "what depends on scale counts accelerators",
                   "capacity (a trend, or an initial fleet of capacity) consists of none",
                   "Leave it out, or choose hardware with accelerators."});
}

void check_resale(const fleet::Plant& plant, const Spec& root, const Spec& spec, const std::string& path,
                  Diagnostics& diagnostics) {
  if (root.section("hardware") == nullptr) {
    diagnostics.add({spec.where, path, "there is no price to resell at", "the scenario has no hardware section",
                     "Add one, such as hardware: {model: trend}, or leave resale out."});
  }
  if (plant.operations.resale.life * core::kYear.seconds() < 1) {
    diagnostics.add({spec.value("life").where, path + ".life", "hardware is worthless at once",
                     "its resale life is shorter than a second", "Lengthen it, or leave resale out."});
  }
}

void check_hand_down(const fleet::Plant& plant, const Spec& root, const Spec& spec, const std::string& path,
                     Diagnostics& diagnostics) {
  const fleet::Operations& operations = plant.operations;
  for (const models::AcceleratorType& type : plant.market.types) {
    if (!type.lifetime || operations.hand_down->age < *type.lifetime) continue;
    diagnostics.add({spec.value("age").where, path + ".age", "no " + type.name + " ever gets that old",
                     "its own lifetime ends at or before it",
                     "Hand down at a younger age, or lengthen that lifetime."});
  }
  if (operations.hand_down->age >= operations.lifetime) {
    diagnostics.add({spec.value("age").where, path + ".age", "nothing ever gets that old",
                     "operations.lifetime ends at or before it",
                     "Hand down at a younger age, or lengthen the lifetime."});
  }
  if (operations.hand_down->credit > 0 && root.section("hardware") == nullptr) {
    diagnostics.add({spec.value("credit").where, path + ".credit", "there is no price to credit",
                     "the scenario has no hardware section",
                     "Add one, such as hardware: {model: trend}, or credit nothing."});
  }
}

void resolve_demand(const Spec& root, const PlantRequest& request, fleet::Plant& plant, Diagnostics& diagnostics) {
  const Spec* spec = root.section("demand");
  plant.demand.reset();
  if (spec == nullptr) return;
  const fleet::Operations& operations = plant.operations;
  plant.demand = models::resolve_demand(*spec, operations.mfu);
  const std::string path = request.prefix + "demand";
  double shares = 0;
  for (const Spec& each : spec->sections("difficulty")) shares += each.number("share");
  if (shares > 0 && std::fabs(shares - 1) > 1e-9) {
    diagnostics.add({spec->value("difficulty").where, path + ".difficulty",
                     "the shares of requests add up to " + core::format_real(shares),
                     "every request has one of the difficulties", "Let them add up to 1."});
  }
  const double last = plant.demand->load_at(request.horizon.years_at(request.horizon.end));
  if (!(last < 1e100 && last > 1e-100)) {
    diagnostics.add({spec->value("doubling").where, path + ".doubling", "the load would leave the range of numbers",
                     "it should stay between 1e-100 and 1e100 FLOP/s", "Slow its growth or shorten the horizon."});
  }
  if (plant.demand->wait > 0 && has_capacity(plant)) {
    diagnostics.add({spec->section("target")->where, path + ".target", "a queue has servers of whole accelerators",
                     "capacity (a trend, or an initial fleet of capacity) consists of none",
                     "Choose target: utilisation, or hardware with accelerators."});
  }
  const bool serves = operations.hand_down ||
                      std::any_of(operations.fleet_shares.begin(), operations.fleet_shares.end(),
                                  [](const fleet::FleetShare& each) { return each.serving > 0; });
  if (!serves) {
    diagnostics.add({spec->where, path, "nothing serves",
                     "neither operations.shares nor hand_down has it any accelerators",
                     "Give serving a share, such as operations: {shares: [{serving: 0.2}]}."});
  }
}

}  // namespace

void resolve_operations(const Spec& root, const PlantRequest& request, fleet::Plant& plant, Diagnostics& diagnostics) {
  const Spec& spec = *root.section("operations");
  const std::string path = request.prefix + "operations";
  // The law of failures may lend its tables and its hazard to the one that takes its place.
  const models::FailureLaw before = std::move(plant.operations.failures);
  fleet::Operations& operations = plant.operations = fleet::Operations{};
  operations.lifetime = spec.duration("lifetime");
  check_lifetime(plant, spec, request, diagnostics);
  resolve_fleet_shares(spec, request, root.section("demand") != nullptr, operations, diagnostics);
  // What research of progress takes does not train.
  operations.training_share *= 1 - plant.progress.fleet_share;
  const Spec& failures = *spec.section("failures");
  {
    const core::ReadLog::Pause pause;
    operations.failures = models::resolve_failures(failures, path, diagnostics, before);
  }
  heed_failures(failures, !operations.failures.drawn() && !operations.failures.fresh);
  check_failures(operations.failures, plant, failures, path, diagnostics);
  check_repairs(operations.failures, failures, path, diagnostics);
  check_burn_in(operations.failures, plant, failures, path, diagnostics);
  plant.supply.burn_in = core::Duration::from_milliseconds(std::llround(operations.failures.burn_in));
  if (operations.failures.fresh && diagnostics.empty())
    operations.failures.tabulate(longest_age(plant, request.horizon), &before);
  if (const Spec* job = spec.section("job")) {
    operations.job = models::resolve_job(*job);
    check_job(*operations.job, plant, *job, path + ".job", diagnostics);
  }
  const Spec* resale = spec.section("resale");
  if (resale != nullptr) {
    operations.resells = true;
    operations.resale = models::resolve_resale(*resale, operations.lifetime);
    check_resale(plant, root, *resale, path + ".resale", diagnostics);
  } else if (operations.lifetime != core::Duration::unlimited()) {
    operations.resale.life = operations.lifetime.years();
  }
  if (const Spec* hand_down = spec.section("hand_down")) {
    operations.hand_down = models::resolve_hand_down(*hand_down);
    check_hand_down(plant, root, *hand_down, path + ".hand_down", diagnostics);
  }
  if (spec.has("mfu")) {
    operations.mfu = spec.number("mfu");
  } else if (std::any_of(plant.market.types.begin(), plant.market.types.end(),
                         [](const models::AcceleratorType& type) { return !type.mfu; })) {
    diagnostics.add({spec.where, path + ".mfu", "it is missing", "accelerators deliver only a share of their peak",
                     "State one, such as mfu: 0.38."});
  }
  // Where all have one of their own and none is stated, it is 1, as of capacity.
  for (models::AcceleratorType& type : plant.market.types)
    type.relative_mfu = type.mfu ? *type.mfu / operations.mfu : 1;
  const Spec& throughput = *spec.section("throughput");
  operations.throughput = models::resolve_throughput(throughput, operations.mfu, path, diagnostics);
  check_throughput(operations.throughput, plant, throughput, path, diagnostics);
  resolve_demand(root, request, plant, diagnostics);
}

}  // namespace fleetrace::scenario
