#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

// coefficients[0]: the fleet's nameplate IT power [W].
Decision review(const PurchasePolicy& policy, const Observation& seen) {
  Decision decision{seen.budget, next_regular(policy, seen)};
  decision.fleet_power = policy.coefficients[0];
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (!check_has_power(spec, request, diagnostics)) return {};
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics);
  policy.coefficients[0] = spec.number("power");
  return policy;
}

}  // namespace

const PurchaseEntry kConstantPower{
    core::Entry{
        .name = "constant_power",
        .summary = "Buys at each review what brings the fleet's power back to a constant: sum of P = P_max.",
        .parameters = with_common_keys({
            {.name = "power",
             .summary =
                 "nameplate IT power of the fleet, orders included (P_max); without PUE, unlike the power of a site",
             .dimension = core::Dimension::power,
             .range = core::above_up_to(0, 1e12),
             .required = true},
            review_interval("3 months", "convention: a quarter, the rhythm of company accounts"),
        }),
        .scope =
            "Replaces what has retired and nothing else: what still runs is never exchanged for better hardware (refresh does "
            "that). Power is refilled at reviews only, and what retires during a lead time leaves a gap until its "
            "replacement arrives. The budget caps it; it is required, so that a forgotten one cannot pass for unlimited "
            "money, and 9e12 USD is as good as none.",
    },
    resolve};

}  // namespace fleetrace::models
