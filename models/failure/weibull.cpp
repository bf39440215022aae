#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {

const FailureEntry kWeibullFailures{
    core::Entry{
        .name = "weibull",
        .summary = "Lives follow a Weibull law: failures come in clusters below shape 1, regularly above.",
        .parameters = with_repairs({
            {.name = "shape",
             .summary = "below 1 the hazard falls after a repair, above 1 it rises",
             .range = core::between(0.1, 20),
             .why = "towards 0 nearly all lives end at once and a few never, above 20 all end together",
             .preset = "0.75",
             .source =
                 "Schroeder and Gibson 2006, A large-scale study of failures in high-performance computing systems: 0.7 to 0.8",
             .verified = false},
            hardware_mtbf(
                "mean time between hardware failures of one accelerator, while it is up; scale Gamma(1 + 1/shape)"),
        }),
        .scope =
            "Hardware repairs only: job interruptions (restart, lost work) are another process. Accelerators are "
            "independent, crews and parts unlimited, and unless start: fresh is chosen the stationary regime holds from "
            "installation on: a new batch fails as often as an old one, so the shape moves no mean. aggregate draws the failures of a batch as one process "
            "without memory, the limit of many accelerators (Palm-Khintchine): means are exact, clusters of one accelerator "
            "are lost; device keeps them.",
    },
    [](const core::Spec& spec) { return resolve_weibull_lives(spec, spec.number("shape")); }};

}  // namespace fleetrace::models
