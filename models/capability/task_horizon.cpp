#include "models/capability/capability_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {

double task_horizon(double ratio, double at_reference, double exponent) {
  return at_reference * core::pow(ratio, exponent);
}

double task_success(double length, double horizon, double slope) {
  return 1 / (1 + core::pow(length / horizon, slope));
}

// The horizon that the score takes, task (score/(1 - score))^(1/slope), by the inverse of task_horizon.
double CapabilityLaw::ratio(double score) const {
  return core::pow(task / at_reference * core::pow(score / (1 - score), 1 / slope), 1 / exponent);
}

const CapabilityEntry kTaskHorizonCapability{
    core::Entry{
        .name = "task_horizon",
        .summary =
            "Tasks of a length: 1/(1 + (task/h)^slope), where h, the length that succeeds half of the time, doubles with compute as it "
            "did in the field.",
        .parameters = with_target({
            {.name = "task",
             .summary = "how long the task takes a person who can do it",
             .dimension = core::Dimension::duration,
             .range = core::at_least(1),
             .required = true},
            {.name = "at_start",
             .summary = "h at the reference compute",
             .dimension = core::Dimension::duration,
             .range = core::at_least(1),
             .preset = "50 min",
             .source = "Kwa et al. 2025 (METR), arXiv:2503.14499, abstract: Claude 3.7 Sonnet, February 2025"},
            {.name = "doubling",
             .summary = "time in which h doubled in the field",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::above_up_to(0, 100),
             .preset = "7 months",
             .source =
                 "Kwa et al. 2025 (METR), arXiv:2503.14499, abstract: since 2019; from 2023 on 131 days, METR 2026, Time Horizon 1.1"},
            {.name = "field_doubling",
             .summary = "time in which the effective compute of the field's largest runs doubled meanwhile",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::above_up_to(0, 100),
             .preset = "3.27 months",
             .source =
                 "Sevilla and Roldan 2024 (Epoch AI): training compute x 4.5 a year, 4 to 5; times Ho et al. 2024, "
                 "arXiv:2403.05812: algorithms, a doubling in 8 months"},
            {.name = "slope",
             .summary =
                 "how fast success falls with length: 0.861 where tasks of a fifth of h succeed 80 % of the time",
             .range = core::above_up_to(0, 100),
             .preset = "0.861",
             .source =
                 "Kwa et al. 2025 (METR), arXiv:2503.14499: the 80 % horizon is 4 to 6 times shorter; read in summaries",
             .verified = false},
        }),
        .scope =
            "A trend of the best models on tasks of software, continued: who computes like the field doubles h as the field did, who "
            "computes less takes longer. One trend stands for data, size, thought and tools together, and nothing says that it holds. "
            "It reads compute and not loss: what makes answers longer or models sparser moves it by compute alone.",
    },
    [](const core::Spec& spec) {
      CapabilityLaw law;
      law.kind = CapabilityLaw::Kind::horizon;
      law.task = spec.number("task");
      law.at_reference = spec.number("at_start");
      law.exponent = spec.number("doubling") / spec.number("field_doubling");
      law.slope = spec.number("slope");
      return law;
    }};

}  // namespace fleetrace::models
