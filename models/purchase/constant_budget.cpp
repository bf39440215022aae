#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {

const PurchaseEntry kConstantBudget{
    core::Entry{
        .name = "constant_budget",
        .summary = "Spends the same amount of money each year, in equal parts at the start of each interval.",
        .parameters = with_common_keys(
            {
                {.name = "per_year",
                 .summary = "money for hardware",
                 .dimension = core::Dimension::money_rate,
                 .range = core::between(0, 9e12),
                 .required = true},
                review_interval("3 months", "convention: a quarter, the rhythm of company accounts"),
            },
            false),
        .scope =
            "The rate is given and the sum follows; `incremental` is given the sum. A budget, where there is one, caps the "
            "sum. Money does not react to prices, to demand or to the end of the horizon.",
    },
    [](const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
      return growing_spend(spec, request, spec.number("per_year"), 0, diagnostics);
    }};

}  // namespace fleetrace::models
