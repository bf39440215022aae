#include <algorithm>
#include <cmath>

#include "expectation.hpp"
#include "fleetrace/core/math.hpp"
#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

// coefficients[0]: the discount rate r [1/yr] of the rule for unlimited life; 0 for the rule that counts on the horizon.
bool waits(const PurchasePlan& plan, const Observation& seen) {
  if (!(seen.offer.flops_per_usd > 0)) return true;
  const double wait = expected_wait(seen);
  const double left = (seen.end - seen.now).years();
  if (!(wait < left)) return false;
  const double jump = seen.outlook.releases->launch_flops_per_usd * seen.outlook.releases->law.jump /
                      seen.offer.flops_per_usd;
  const double discount = plan.coefficients[0];
  if (discount > 0) return jump * core::exp(-discount * wait) > 1;
  const core::Time release = seen.now + core::Duration::from_years(wait);
  return jump * expected_use(seen, release) > expected_use(seen, seen.now);
}

Decision review(const PurchasePlan& plan, const Observation& seen) {
  if (is_spent(seen)) return {seen.released};
  Decision decision{seen.released, next_regular(plan, seen)};
  if (seen.released >= seen.budget || !waits(plan, seen)) {
    decision.released = seen.budget;
    return decision;
  }
  // A release that is expected before the next regular review is looked at when it is due.
  const double wait = expected_wait(seen);
  if (wait > 0 && wait < plan.every.years()) {
    const core::Time due = seen.now + core::Duration::from_years(wait);
    if (due > seen.now) decision.next_review = due;
  }
  return decision;
}

PurchasePlan resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (!request.has_releases) {
    diagnostics.add({spec.where, request.path, "there is no release to wait for", "the hardware declares no cadence",
                     "Use generations, or a catalog with then: {cadence: 2 yr}."});
    return {};
  }
  PurchasePlan plan = regular_reviews(spec, request, review, diagnostics);
  if (spec.has("discount_rate")) plan.coefficients[0] = spec.number("discount_rate");
  return plan;
}

}  // namespace

const PurchaseEntry kLeapfrog{
    core::Entry{
        .name = "leapfrog",
        .summary = "Waits for the next release while that is expected to be worth it, then spends the whole budget.",
        .parameters = with_common_keys({
            {.name = "discount_rate",
             .summary =
                 "judges as if hardware lived for ever and money were discounted at this continuous rate r: waits while "
                 "J e^(-r L) > 1; without it the horizon decides",
             .dimension = core::Dimension::decline,
             .range = core::above_up_to(0, 20)},
            review_interval("1 months", "the team's assumption"),
        }),
        .scope =
            "Knows the cadence law, the jump J from launch to launch and the date of the last release, never the next date: L "
            "is the expected wait. Without algorithmic progress it waits while L < (1 - 1/J) x remaining horizon, otherwise by "
            "the same comparison of exact integrals. It looks one release ahead, judges by final compute alone and knows of no "
            "power limit. A fixed cadence that was missed twice is no longer waited for.",
    },
    resolve};

}  // namespace fleetrace::models
