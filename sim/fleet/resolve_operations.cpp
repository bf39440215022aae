#include <algorithm>
#include <cmath>
#include <utility>

#include "fleetrace/core/quantity.hpp"
#include "resolve_plant.hpp"

namespace fleetrace::fleet {
namespace {

using core::Diagnostics;
using core::Spec;

/// Where power is short, what waits for it comes into service whenever something retires.
void check_lifetime(const Operations& resolved, const Spec& operations, const PlantRequest& request,
                    Diagnostics& diagnostics) {
  static constexpr std::int64_t kMostLives = 1'000'000;
  const core::Duration length = request.horizon.end - request.horizon.start;
  if (length / resolved.lifetime <= kMostLives) return;
  diagnostics.add({operations.value("lifetime").where, request.prefix + "operations.lifetime",
                   "more than a million lifetimes would follow each other within the horizon",
                   "each of them is simulated", "Lengthen it or shorten the horizon."});
}

bool has_capacity(const Plant& plant) {
  return plant.market.trend || std::any_of(plant.initial.begin(), plant.initial.end(),
                                           [](const InitialCohort& cohort) { return cohort.capacity > 0; });
}

void check_failures(const models::FailureLaw& law, const Plant& plant, const Spec& spec, const std::string& path,
                    Diagnostics& diagnostics) {
  if (!law.drawn() || !has_capacity(plant)) return;
  const core::Value& fidelity = spec.value("fidelity");
  diagnostics.add({fidelity.where, path + ".failures.fidelity",
                   fidelity.written + " draws the failures of accelerators",
                   "capacity (a trend, or an initial fleet of capacity) consists of none",
                   "Choose fidelity: expected, or hardware with accelerators."});
}

/// A burn-in that leaves next to nothing, or that nothing would show of.
void check_burn_in(const models::FailureLaw& law, const Plant& plant, const Spec& spec, const std::string& path,
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
double longest_age(const Plant& plant, const Horizon& horizon) {
  core::Time first = horizon.start;
  for (const InitialCohort& cohort : plant.initial) first = std::min(first, cohort.installed);
  return static_cast<double>(std::min(horizon.end - first, plant.operations.lifetime).milliseconds());
}

void check_job(const models::JobLaw& law, const Plant& plant, const Spec& spec, const std::string& path,
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

void check_throughput(const models::ThroughputLaw& law, const Plant& plant, const Spec& spec, const std::string& path,
                      Diagnostics& diagnostics) {
  if (!law.active() || !has_capacity(plant)) return;
  diagnostics.add({spec.where, path + ".throughput", "what depends on scale counts accelerators",
                   "capacity (a trend, or an initial fleet of capacity) consists of none",
                   "Leave it out, or choose hardware with accelerators."});
}

void check_resale(const Plant& plant, const Spec& root, const Spec& spec, const std::string& path,
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

void check_hand_down(const Operations& operations, const Spec& root, const Spec& spec, const std::string& path,
                     Diagnostics& diagnostics) {
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

/// What training has of the fleet over time, as shares of the most that it ever has.
class Shares {
 public:
  Shares(const Spec& operations, const PlantRequest& request, Diagnostics& diagnostics)
      : spec_(operations), request_(request), path_(request.prefix + "operations"), diagnostics_(diagnostics) {}

  /// Sets allotments and training_share.
  void resolve(Operations& operations, bool has_demand) {
    const std::vector<Spec>& rows = spec_.sections("shares");
    if (rows.empty()) {
      operations.training_share = spec_.number("training_share");
      if (has_demand) operations.allotments = {{request_.horizon.start, 1, 1 - operations.training_share}};
      return;
    }
    if (const core::Value& share = spec_.value("training_share"); !share.preset && share.written != "1") {
      diagnostics_.add({share.where, path_ + ".training_share", "shares say what trains, too",
                        "one of the two would be ignored", "Leave one of them out."});
    }
    double most = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
      add(rows[i], path_ + ".shares." + std::to_string(i), operations, most);
    auto& all = operations.allotments;
    std::stable_sort(all.begin(), all.end(), [](const Allotment& a, const Allotment& b) { return a.from < b.from; });
    check(operations, rows);
    if (!(most > 0)) return;
    for (Allotment& each : all) each.training /= most;
    operations.training_share = most;
  }

 private:
  void add(const Spec& row, const std::string& path, Operations& operations, double& most) {
    const double serving = row.number("serving");
    const double research = row.number("research");
    // Sums of decimal fractions miss 1 by rounding.
    const double rest = std::max(0.0, 1 - serving - research);
    const double training = row.has("training") ? row.number("training") : rest;
    if (serving + research + training > 1 + 1e-12) {
      diagnostics_.add({row.where, path, "the shares come to " + core::format_real(serving + research + training),
                        "more than all of the fleet", "Lower one of them to at most 1 in all."});
    }
    const core::Time from = row.has("from") ? row.instant("from", request_.horizon.start) : request_.horizon.start;
    if (from < request_.horizon.start || from >= request_.horizon.end) {
      diagnostics_.add({row.value("from").where, path + ".from", core::to_date(from) + " is outside the horizon",
                        "it runs from " + core::to_date(request_.horizon.start) + " until before " +
                            core::to_date(request_.horizon.end),
                        ""});
    }
    operations.allotments.push_back({from, training, serving});
    most = std::max(most, training);
  }

  void check(const Operations& operations, const std::vector<Spec>& rows) {
    const auto& all = operations.allotments;
    const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
      diagnostics_.add({rows.front().where, path_ + ".shares", problem, reason, suggestion});
    };
    if (all.front().from > request_.horizon.start) {
      refuse("nothing is said of the start", "the first shares hold later", "Leave out their from, or add a row.");
    } else if (!(all.front().training > 0)) {
      refuse("nothing trains at the start", "compute is relative to what a fleet trains then",
             "Let training have a share of it.");
    }
    const auto same = std::adjacent_find(all.begin(), all.end(),
                                         [](const Allotment& a, const Allotment& b) { return a.from == b.from; });
    if (same != all.end()) refuse("two rows hold from the same time", "one of them would be ignored", "Remove one.");
  }

  const Spec& spec_;
  const PlantRequest& request_;
  std::string path_;
  Diagnostics& diagnostics_;
};

void resolve_demand(const Spec& root, const PlantRequest& request, Plant& plant, Diagnostics& diagnostics) {
  const Spec* spec = root.section("demand");
  plant.demand.reset();
  if (spec == nullptr) return;
  const Operations& operations = plant.operations;
  plant.demand = models::resolve_demand(*spec, operations.mfu);
  const std::string path = request.prefix + "demand";
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
  const bool serves = operations.hand_down || std::any_of(operations.allotments.begin(), operations.allotments.end(),
                                                          [](const Allotment& each) { return each.serving > 0; });
  if (!serves) {
    diagnostics.add({spec->where, path, "nothing serves",
                     "neither operations.shares nor hand_down has it any accelerators",
                     "Give serving a share, such as operations: {shares: [{serving: 0.2}]}."});
  }
}

}  // namespace

void resolve_operations(const Spec& root, const PlantRequest& request, Plant& plant, Diagnostics& diagnostics) {
  const Spec& spec = *root.section("operations");
  const std::string path = request.prefix + "operations";
  // The law of failures may lend its tables to the one that takes its place.
  const models::FailureLaw before = std::move(plant.operations.failures);
  Operations& operations = plant.operations = Operations{};
  operations.lifetime = spec.duration("lifetime");
  check_lifetime(operations, spec, request, diagnostics);
  Shares(spec, request, diagnostics).resolve(operations, root.section("demand") != nullptr);
  // What research of progress takes does not train.
  operations.training_share *= 1 - plant.progress.fleet_share;
  const Spec& failures = *spec.section("failures");
  operations.failures = models::resolve_failures(failures);
  check_failures(operations.failures, plant, failures, path, diagnostics);
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
    check_hand_down(operations, root, *hand_down, path + ".hand_down", diagnostics);
  }
  if (spec.has("mfu")) {
    operations.mfu = spec.number("mfu");
  } else if (!plant.market.types.empty()) {
    diagnostics.add({spec.where, path + ".mfu", "it is missing", "accelerators deliver only a share of their peak",
                     "State one, such as mfu: 0.38."});
  }
  const Spec& throughput = *spec.section("throughput");
  operations.throughput = models::resolve_throughput(throughput, operations.mfu, path, diagnostics);
  check_throughput(operations.throughput, plant, throughput, path, diagnostics);
  resolve_demand(root, request, plant, diagnostics);
}

double expected_utilisation(const Plant& plant, const Horizon& horizon) {
  const Operations& operations = plant.operations;
  const double training_share = operations.training_share *
                                (operations.allotments.empty() ? 1 : operations.allotments.front().training);
  const models::FailureLaw& law = operations.failures;
  double share = law.availability;
  double accelerators = 0;  // that train
  double accelerator_peak = 0;
  double peak = 0;
  double working_peak = 0;
  bool has_outages = false;
  for (const InitialCohort& cohort : plant.initial) {
    if (core::saturating_add(cohort.installed, operations.training_life()) <= horizon.start) continue;
    const bool is_capacity = cohort.capacity > 0;
    const double units = is_capacity ? 1 : static_cast<double>(cohort.count);
    const double peak_of_unit = is_capacity ? cohort.capacity : plant.market.types[cohort.type].peak;
    const std::int64_t target = cohort.count - law.spares_of(cohort.count);
    const Site& site = plant.sites[cohort.site == SiteState::kAny ? 0 : cohort.site];
    const double powered = site.outages ? site.outages->mean_share : 1;
    has_outages = has_outages || site.outages;
    const double working = law.spares == 0 ? units * law.availability * powered
                           : is_capacity   ? std::min(1 - law.spares, law.availability) * powered
                           : site.outages
                               ? site.outages->expected_working(law, cohort.count, target, law.own_availability)
                               : law.expected_working(cohort.count, target, law.own_availability);
    peak += units * peak_of_unit;
    working_peak += working * peak_of_unit;
    if (is_capacity) continue;
    accelerators += working * training_share;
    accelerator_peak += working * training_share * peak_of_unit;
  }
  if ((law.spares > 0 || has_outages) && peak > 0) share = working_peak / peak;
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

}  // namespace fleetrace::fleet
