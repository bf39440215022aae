#include "failure_entries.hpp"

namespace fleetrace::models {

using core::Dimension;

const FailureEntry kExponentialFailures{
    core::Entry{
        .name = "exponential",
        .summary = "Accelerators fail at a constant rate and are repaired: availability = MTBF / (MTBF + repair).",
        .parameters = with_repairs({
            {.name = "mtbf",
             .summary = "mean time between hardware failures of one accelerator, while it is up",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "96517 h",
             .source = kHardwareFailureSource},
        }),
        .scope =
            "Hardware repairs only: job interruptions (restart, lost work) are another process. Accelerators are "
            "independent, crews and parts unlimited. A constant rate knows neither infant mortality nor wear-out, so that a fresh start shows in repairs alone.",
    },
    [](const core::Spec& spec) {
      LifeLaw life;
      life.add(1, spec.number("mtbf"));
      life.resolve_mean();
      return resolve_repairs(spec, life);
    }};

}  // namespace fleetrace::models
