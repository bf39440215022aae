#include "models/failure/observed.hpp"

#include <algorithm>

#include "models/failure/failure_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kLife{
    .name = "lives",
    .summary = "A device that was watched.",
    .parameters = {
        {.name = "age",
         .summary = "its age when it failed or was last seen",
         .dimension = Dimension::duration,
         .range = core::at_least(1),
         .required = true},
        {.name = "failed",
         .summary =
             "whether it failed at that age; false for one that still ran when it was last seen, or left for another reason",
         .shape = Shape::flag,
         .preset = "true"},
        {.name = "entered",
         .summary = "its age when it was first watched; what failed younger is in no record",
         .dimension = Dimension::duration,
         .range = core::at_least(0),
         .preset = "0 s"},
    }};
constexpr const core::Entry* kLifeEntries[] = {&kLife};
constexpr core::Family kLives{.name = "lives", .summary = {}, .selector = {}, .entries = kLifeEntries, .preset = {}};

/// Time that all were at risk between two ages [ms].
double time_at_risk(const std::vector<ObservedLife>& lives, double from, double to) {
  double sum = 0;
  for (const ObservedLife& each : lives) sum += std::max(0.0, std::min(each.age, to) - std::max(each.entered, from));
  return sum;
}

}  // namespace

// One pass over the ages, oldest first: with each age the devices that got that old, and were seen by then, are at risk.
std::vector<SurvivalStep> kaplan_meier(const std::vector<ObservedLife>& lives) {
  std::vector<double> entries;
  std::vector<double> ends;
  std::vector<double> failures;
  for (const ObservedLife& each : lives) {
    entries.push_back(each.entered);
    ends.push_back(each.age);
    if (each.failed) failures.push_back(each.age);
  }
  for (std::vector<double>* const all : {&entries, &ends, &failures}) std::sort(all->begin(), all->end());
  std::vector<SurvivalStep> steps;
  double survival = 1;
  for (std::size_t i = 0; i < failures.size();) {
    const double age = failures[i];
    std::size_t next = i;
    while (next < failures.size() && failures[next] == age) ++next;
    // Watched from a younger age on, and not gone before.
    const auto entered = std::lower_bound(entries.begin(), entries.end(), age) - entries.begin();
    const auto gone = std::lower_bound(ends.begin(), ends.end(), age) - ends.begin();
    const auto at_risk = static_cast<double>(entered - gone);
    const auto failed = static_cast<double>(next - i);
    survival *= 1 - failed / at_risk;
    steps.push_back({age, survival, at_risk, failed});
    i = next;
  }
  return steps;
}

HazardSteps hazard_of(const std::vector<ObservedLife>& lives) {
  std::vector<HazardSteps::Step> hazard;
  double from = 0;
  double failures = 0;
  double oldest = 0;
  for (const ObservedLife& each : lives) oldest = std::max(oldest, each.age);
  for (const SurvivalStep& step : kaplan_meier(lives)) {
    const double rate = step.failures < step.at_risk ? -core::log1p(-step.failures / step.at_risk) / (step.age - from)
                                                     : step.failures / time_at_risk(lives, from, step.age);
    hazard.push_back({from, rate});
    from = step.age;
    failures += step.failures;
  }
  hazard.push_back({from, failures / time_at_risk(lives, 0, oldest)});
  return HazardSteps(std::move(hazard));
}

namespace {

void check_observed(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  const std::vector<core::Spec>& rows = spec.sections("lives");
  bool has_failure = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    has_failure = has_failure || rows[i].flag("failed");
    if (rows[i].number("entered") < rows[i].number("age")) continue;
    diagnostics.add({rows[i].value("entered").where, path + ".failures.lives." + std::to_string(i) + ".entered",
                     "it was first watched at " + rows[i].shown("entered"),
                     "it was last seen at " + rows[i].shown("age"), "State a younger age, or leave it out."});
  }
  if (has_failure) return;
  diagnostics.add({spec.value("lives").where, path + ".failures.lives", "no life has ended",
                   "lives that still go on say how old a device may get, and nothing of when it fails",
                   "Add devices that have failed, or choose law: exponential with an mtbf."});
}

std::vector<double> numbers_of(const core::Spec& spec) {
  std::vector<double> numbers;
  for (const core::Spec& each : spec.sections("lives")) {
    numbers.push_back(each.number("entered"));
    numbers.push_back(each.number("age"));
    numbers.push_back(each.flag("failed") ? 1 : 0);
  }
  return numbers;
}

HazardSteps steps_of(std::span<const double> numbers) {
  std::vector<ObservedLife> lives;
  for (std::size_t i = 0; i < numbers.size(); i += 3)
    lives.push_back({numbers[i], numbers[i + 1], numbers[i + 2] == 1});
  return hazard_of(lives);
}

constexpr LifeRows kRows{check_observed, numbers_of, steps_of};

}  // namespace

const FailureEntry kObservedFailures{
    core::Entry{
        .name = "observed",
        .summary = "Lives as they were watched, device by device, those that still go on included (Kaplan and Meier).",
        .parameters = with_repairs({
            {.name = "lives",
             .summary =
                 "the devices that were watched, a list of {age, failed, entered} or a CSV file with these columns (age_yr, failed, "
                 "entered_yr)",
             .shape = Shape::list,
             .required = true,
             .family = &kLives},
        }),
        .scope =
            "P(life > x) is Kaplan and Meier's product-limit estimate at each age at which a device failed, and falls exponentially in "
            "between. Beyond the last failure devices fail at the rate of all failures over all time at risk, as nothing better is "
            "known: watch until the ages that matter. Devices must have left the record for reasons that have nothing to do with "
            "failing soon. The estimate is taken as it stands: its error is no part of the result. Ages count from the last repair. What "
            "steps mean at each fidelity, see stepped.",
    },
    nullptr, &kRows};

}  // namespace fleetrace::models
