#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {

using core::Dimension;

const FailureEntry kBathtubFailures{
    core::Entry{
        .name = "bathtub",
        .summary = "Lives end by infant mortality, chance or wear, whichever comes first.",
        .parameters = with_repairs({
            {.name = "infant_shape",
             .summary = "shape of the Weibull law of infant mortality, counted from each repair",
             .range = core::between(0.1, 1),
             .why = "above 1 the hazard rises with age, which is no infant mortality",
             .preset = "0.5",
             .source = "the team's assumption",
             .verified = false},
            {.name = "infant_mtbf",
             .summary = "mean life if there were infant mortality alone",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "200 yr",
             .source = "the team's assumption: 3 % of repaired accelerators fail again within a month",
             .verified = false},
            hardware_mtbf("mean life if there were chance alone"),
            {.name = "wear_shape",
             .summary = "shape of the Weibull law of wear",
             .range = core::between(1, 20),
             .why = "below 1 the hazard falls with age, which is no wear",
             .preset = "6",
             .source = "the team's assumption",
             .verified = false},
            {.name = "wear_mtbf",
             .summary = "mean life if there were wear alone",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "10 yr",
             .source = "the team's assumption",
             .verified = false},
        }),
        .scope =
            "Hardware repairs only: job interruptions (restart, lost work) are another process. Accelerators are "
            "independent, crews and parts unlimited, a repaired one is as new, and unless start: fresh is "
            "chosen the stationary regime holds from installation on: a batch is a mixture of ages, so a new one shows no "
            "more infant mortality than an old one and no common wear. aggregate draws the failures of a batch as one process without memory, the limit of many "
            "accelerators (Palm-Khintchine): means are exact; device keeps the memory of each.",
    },
    [](const core::Spec& spec) {
      LifeLaw life;
      life.add(spec.number("infant_shape"), spec.number("infant_mtbf"));
      life.add(1, spec.number("mtbf"));
      life.add(spec.number("wear_shape"), spec.number("wear_mtbf"));
      life.resolve_mean();
      return resolve_repairs(spec, life);
    }};

}  // namespace fleetrace::models
