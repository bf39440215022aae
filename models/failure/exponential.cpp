#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {

const FailureEntry kExponentialFailures{
    core::Entry{
        .name = "exponential",
        .summary = "Accelerators fail at a constant rate and are repaired: availability = MTBF / (MTBF + repair).",
        .parameters = with_repairs({
            hardware_mtbf("mean time between hardware failures of one accelerator, while it is up"),
        }),
        .scope =
            "Hardware repairs only: job interruptions (restart, lost work) are another process. Accelerators are "
            "independent, crews and parts unlimited. A constant rate knows neither infant mortality nor wear-out, so that a fresh start shows in repairs alone.",
    },
    [](const core::Spec& spec) { return resolve_weibull_lives(spec, 1); }};

}  // namespace fleetrace::models
