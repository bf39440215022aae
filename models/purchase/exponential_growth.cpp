#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {

const PurchaseEntry kExponentialGrowth{
    core::Entry{
        .name = "exponential_growth",
        .summary = "Spends b(t) = b0 e^(rho t) a year, each interval's money at its start.",
        .parameters = with_common_keys(
            {
                {.name = "first",
                 .summary = "money for hardware a year, at the start of the horizon (b0)",
                 .dimension = core::Dimension::money_rate,
                 .range = core::between(0, 9e12),
                 .required = true},
                {.name = "growth",
                 .summary = "continuous yearly growth of spending (rho)",
                 .dimension = core::Dimension::decline,
                 .range = core::between(-20, 20),
                 .preset = "0.5 /yr",
                 .source = "growth of the industry's capital expenditure, 0.5 to 1 a year",
                 .verified = false},
                review_interval("3 months", "convention: a quarter, the rhythm of company accounts"),
            },
            false),
        .scope =
            "Each review releases the integral of b over its interval, the last one that of what is left of the horizon; what a "
            "review does not spend it leaves to the next. No company grows like this for long: a budget caps the sum, and nothing else does. Money does not react to "
            "prices, to demand or to the end of the horizon.",
    },
    [](const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
      return growing_spend(spec, request, spec.number("first"), spec.number("growth"), diagnostics);
    }};

}  // namespace fleetrace::models
