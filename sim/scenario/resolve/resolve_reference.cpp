#include <algorithm>
#include <variant>

#include "sim/scenario/resolve/resolve_plant.hpp"

namespace fleetrace::scenario {

using core::Diagnostics;
using core::Spec;

double expected_utilisation(const fleet::Plant& plant, const fleet::Horizon& horizon) {
  const fleet::Operations& operations = plant.operations;
  const double training_share = operations.training_share *
                                (operations.fleet_shares.empty() ? 1 : operations.fleet_shares.front().training);
  const models::FailureLaw& law = operations.failures;
  double share = law.availability;
  double accelerators = 0;  // that train
  double accelerator_peak = 0;
  double peak = 0;
  double working_peak = 0;
  bool has_outages = false;
  bool differs_in_mfu = false;
  for (const fleet::InitialCohort& cohort : plant.initial) {
    if (plant.leaves_training(cohort) <= horizon.start) continue;
    const bool is_capacity = cohort.capacity > 0;
    const double units = is_capacity ? 1 : static_cast<double>(cohort.count);
    const double peak_of_unit = is_capacity ? cohort.capacity : plant.market.types[cohort.type].peak;
    const double useful_peak = is_capacity ? cohort.capacity : plant.market.types[cohort.type].useful_peak();
    differs_in_mfu = differs_in_mfu || useful_peak != peak_of_unit;
    const std::int64_t target = cohort.count - law.spares_of(cohort.count);
    const fleet::Site& site = plant.sites[cohort.site == fleet::kAnySite ? 0 : cohort.site];
    const double powered = site.outages ? site.outages->mean_share : 1;
    has_outages = has_outages || site.outages;
    const double working = law.spares == 0 ? units * law.availability * powered
                           : is_capacity   ? std::min(1 - law.spares, law.availability) * powered
                           : site.outages
                               ? site.outages->expected_working(law, cohort.count, target, law.own_availability)
                               : law.expected_working(cohort.count, target, law.own_availability);
    peak += units * peak_of_unit;
    working_peak += working * useful_peak;
    if (is_capacity) continue;
    accelerators += working * training_share;
    accelerator_peak += working * training_share * useful_peak;
  }
  if ((law.spares > 0 || has_outages || differs_in_mfu) && peak > 0) share = working_peak / peak;
  const models::ThroughputLaw& throughput = operations.throughput;
  const double goodput = operations.job
                             ? operations.job->expected_goodput(std::min(accelerators, throughput.largest_run))
                             : 1;
  double scale = 1;
  if (throughput.active() && accelerators > 0) {
    const double together = operations.together(accelerators);
    scale = throughput.efficiency({together, accelerator_peak / accelerators}) *
            operations.at_work(accelerators, together);
  }
  return operations.mfu * training_share * share * goodput * scale;
}

namespace {

/// The initial fleet at the start, without what is past its training life by then.
struct InitialFleet {
  double unit_peak = 1;  ///< FLOP/s of capacity that count as one unit
  double units = 0;
  double peak = 0;  ///< [FLOP/s]

  InitialFleet(const fleet::Plant& plant, const fleet::Horizon& horizon) {
    if (!plant.market.types.empty()) unit_peak = plant.market.types.front().peak;
    for (const fleet::InitialCohort& cohort : plant.initial) {
      if (plant.leaves_training(cohort) <= horizon.start) continue;
      const auto count = static_cast<double>(cohort.count);
      units += cohort.capacity > 0 ? cohort.capacity / unit_peak : count;
      peak += cohort.capacity > 0 ? cohort.capacity : count * plant.market.types[cohort.type].peak;
    }
  }
};

/// One year of the initial fleet, or no compute where there is none.
fleet::Reference initial_year(const Spec& loss, const fleet::Plant& plant, const fleet::Horizon& horizon,
                              Diagnostics& diagnostics) {
  const InitialFleet initial(plant, horizon);
  fleet::Reference reference;
  reference.capacity_unit = initial.unit_peak;
  if (initial.units == 0) {
    const bool is_empty = plant.initial.empty();
    diagnostics.add({loss.value("reference").where, "loss.reference",
                     is_empty ? "there is no initial fleet to take a year of"
                              : "the whole initial fleet is past its training life at the start",
                     "the reference compute would be zero",
                     std::string(is_empty ? "State an initial_fleet" : "State a younger initial_fleet") +
                         ", or a reference such as 3.14e23 FLOP."});
    return reference;
  }
  reference.unit_seconds = initial.units * core::kYear.seconds();
  reference.peak_flop = initial.peak * core::kYear.seconds();
  reference.useful_flop = reference.peak_flop * expected_utilisation(plant, horizon);
  reference.compute = reference.useful_flop;
  return reference;
}

/// A compute that the scenario states, as its initial fleet would do it.
fleet::Reference stated(double compute, const fleet::Plant& plant, const fleet::Horizon& horizon) {
  const InitialFleet initial(plant, horizon);
  // Without an initial fleet the first accelerator on sale stands for the reference hardware.
  const double unit_peak = initial.peak > 0 ? initial.peak / initial.units : initial.unit_peak;
  fleet::Reference reference;
  reference.is_stated = true;
  reference.capacity_unit = initial.unit_peak;
  reference.compute = compute;
  reference.useful_flop = compute;
  reference.peak_flop = compute / expected_utilisation(plant, horizon);
  reference.unit_seconds = reference.peak_flop / unit_peak;
  return reference;
}

/// A compute that a changed future states: so many times what it is measured against.
fleet::Reference stated(double compute, const fleet::Reference& yardstick) {
  fleet::Reference reference = yardstick;
  reference.is_stated = true;
  const double times = compute / yardstick.compute;
  if (times == 1) return reference;
  reference.compute = compute;
  reference.useful_flop = compute;
  reference.peak_flop *= times;
  reference.unit_seconds *= times;
  return reference;
}

}  // namespace

fleet::Reference resolve_reference(const Spec& loss, const fleet::Plant& plant, const fleet::Horizon& horizon,
                                   const std::optional<fleet::Reference>& yardstick, Diagnostics& diagnostics) {
  const auto* word = std::get_if<std::string>(&loss.value("reference").data);
  // A base that states a compute knows no year; a future that asks for one takes its own.
  if (yardstick && word != nullptr && *word != "own" && !yardstick->is_stated) return *yardstick;
  const fleet::Reference found = word != nullptr ? initial_year(loss, plant, horizon, diagnostics)
                                 : yardstick     ? stated(loss.number("reference"), *yardstick)
                                                 : stated(loss.number("reference"), plant, horizon);
  if (word != nullptr && found.compute == 0) return found;
  const auto [least, most] = std::minmax({found.compute, found.useful_flop, found.peak_flop, found.unit_seconds});
  if (least > 1e-100 && most < 1e200) return found;
  diagnostics.add({loss.value("reference").where, "loss.reference", "the reference compute leaves the range of numbers",
                   "it should lie well between 1e-100 and 1e200 FLOP", "State another one, or another initial_fleet."});
  return found;
}

}  // namespace fleetrace::scenario
