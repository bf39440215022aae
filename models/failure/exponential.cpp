#include "failure_entries.hpp"

namespace fleetrace::models {

using core::Dimension;

const FailureEntry kExponentialFailures{
    core::Entry{
        .name = "exponential",
        .summary = "Accelerators fail at a constant rate and are repaired: availability = MTBF / (MTBF + repair).",
        .parameters =
            {
                {.name = "mtbf",
                 .summary = "mean time between hardware failures of one accelerator, while it is up",
                 .dimension = Dimension::duration,
                 .range = core::at_least(1),
                 .preset = "96517 h",
                 .source =
                     "Llama Team 2024, The Llama 3 Herd of Models, table 5: 148 GPU + 72 HBM failures of 16 384 H100 in 54 days"},
                {.name = "repair",
                 .summary = "mean time out of service",
                 .dimension = Dimension::duration,
                 .range = core::at_least(0),
                 .preset = "72 h",
                 .source = "replacement takes 3 to 5 days by secondary sources; 72 h is the team's value",
                 .verified = false},
                {.name = "fidelity",
                 .summary = "how failures are simulated: expected multiplies by the availability",
                 .shape = core::Shape::choice,
                 .preset = "expected",
                 .choices = {"expected"}},
            },
        .scope =
            "Hardware repairs only: job interruptions (restart, lost work) are another process. A constant rate knows "
            "neither infant mortality nor wear-out.",
    },
    [](const core::Spec& spec) {
      const double mtbf = spec.number("mtbf");
      const double repair = spec.number("repair");
      FailureLaw law;
      law.availability = mtbf / (mtbf + repair);
      law.failures_per_up_year = static_cast<double>(core::kYear.milliseconds()) / mtbf;
      return law;
    }};

}  // namespace fleetrace::models
