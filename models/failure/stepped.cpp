#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kStep{
    .name = "hazard",
    .summary = "A failure rate from an age on.",
    .parameters = {
        {.name = "from",
         .summary = "age since the life began",
         .dimension = Dimension::duration,
         .range = core::at_least(0),
         .required = true},
        {.name = "rate",
         .summary = "failures of one accelerator a year, while it is up; 9 % of them a year are 0.09 /yr",
         .dimension = Dimension::decline,
         .range = core::between(0, 1e9),
         .required = true,
         .usual = core::between(0, 10),
         .usual_why = "9 % a year are 0.09 /yr"},
    }};
constexpr const core::Entry* kStepEntries[] = {&kStep};
constexpr core::Family kSteps{.name = "hazard", .summary = {}, .selector = {}, .entries = kStepEntries, .preset = {}};

void check_stepped(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  const std::vector<core::Spec>& rows = spec.sections("hazard");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
      diagnostics.add({rows[i].value(key).where, path + ".failures.hazard." + std::to_string(i) + '.' + key,
                       std::move(problem), std::move(reason), std::move(suggestion)});
    };
    const double from = rows[i].number("from");
    if (i == 0 && from != 0) {
      refuse("from", "the first rate holds from " + rows[i].shown("from"), "nothing is said of younger ages",
             "Begin with from: 0 s.");
    }
    if (i > 0 && from <= rows[i - 1].number("from")) {
      refuse("from", rows[i].shown("from") + " is no later age than " + rows[i - 1].shown("from"),
             "rates come in the order of ages", "Sort them, and leave out what is there twice.");
    }
    if (i + 1 == rows.size() && rows[i].number("rate") == 0) {
      refuse("rate", "the last rate is 0", "what has got that old would never fail, and no mean life would be finite",
             "State a small one, such as 0.001 /yr.");
    }
  }
}

std::vector<double> numbers_of(const core::Spec& spec) {
  std::vector<double> numbers;
  for (const core::Spec& each : spec.sections("hazard")) {
    numbers.push_back(each.number("from"));
    numbers.push_back(each.number("rate"));
  }
  return numbers;
}

HazardSteps steps_of(std::span<const double> numbers) {
  std::vector<HazardSteps::Step> steps;
  for (std::size_t i = 0; i < numbers.size(); i += 2)
    steps.push_back({numbers[i], numbers[i + 1] / static_cast<double>(core::kYear.milliseconds())});
  return HazardSteps(std::move(steps));
}

constexpr LifeRows kRows{check_stepped, numbers_of, steps_of};

}  // namespace

const FailureEntry kSteppedFailures{
    core::Entry{
        .name = "stepped",
        .summary = "The failure rate changes in steps with age, as reports of field failures state it.",
        .parameters = with_repairs({
            {.name = "hazard",
             .summary =
                 "failure rates by age, a list of {from, rate} or a CSV file with these columns (from_yr, rate_/yr); the last one "
                 "holds for ever",
             .shape = Shape::list,
             .required = true,
             .family = &kSteps},
        }),
        .scope =
            "S(x) = e^(-H(x)) with a cumulative hazard H that is linear between the ages. Ages count from the last repair, after "
            "which an accelerator is as new. Steps show in the means where start is fresh; where it is stationary a batch is a mixture "
            "of all ages, of which the mean life alone matters. All three fidelities have the same means: expected and aggregate by the "
            "renewal equation in a table of 512 steps to the longest age, device by drawing each life from the hazard. aggregate loses "
            "what failures of one accelerator have to do with each other.",
    },
    nullptr, &kRows};

}  // namespace fleetrace::models
