#include <algorithm>
#include <cmath>

#include "models/purchase/expectation.hpp"
#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// coefficients[0]: the discount rate r [1/yr] of the rule for unlimited use; 0 for the rule by the remaining horizon.
bool waits(const PurchasePolicy& policy, const Observation& seen) {
  if (!(seen.offer.flops_per_usd > 0)) return true;
  const double wait = expected_wait(seen);
  const double left = (seen.end - seen.now).years();
  if (!(wait < left)) return false;
  const double jump = seen.outlook.releases->launch_flops_per_usd * seen.outlook.releases->law.jump /
                      seen.offer.flops_per_usd;
  const double discount = policy.coefficients[0];
  if (discount > 0) return jump * core::exp(-discount * wait) > 1;
  const core::Time release = seen.now + core::Duration::from_years(wait);
  return jump * expected_use(seen, release) > expected_use(seen, seen.now);
}

Decision review(const PurchasePolicy& policy, const Observation& seen) {
  if (is_spent(seen)) return {seen.released};
  Decision decision{seen.released, next_regular(policy, seen)};
  if (seen.released >= seen.budget || !waits(policy, seen)) {
    decision.released = seen.budget;
    return decision;
  }
  // If a release is expected before the next regular review, the next review is when it is due.
  const double wait = expected_wait(seen);
  if (wait > 0 && wait < policy.every.years()) {
    const core::Time due = seen.now + core::Duration::from_years(wait);
    if (due > seen.now) decision.next_review = due;
  }
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  if (!request.has_releases) {
    diagnostics.add({spec.where, request.path, "there is no release to wait for", "the hardware declares no cadence",
                     "Use generations, or a catalog with then: {cadence: 2 yr}."});
    return {};
  }
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics);
  if (spec.has("discount_rate")) policy.coefficients[0] = spec.number("discount_rate");
  return policy;
}

}  // namespace

const PurchaseEntry kLeapfrog{
    core::Entry{
        .name = "leapfrog",
        .summary = "Waits for the next release while that is expected to be worth it, then spends the whole budget.",
        .parameters = with_beliefs({
            {.name = "discount_rate",
             .summary =
                 "judges as if hardware lived for ever and money were discounted at this continuous rate r: waits while "
                 "J e^(-r L) > 1; without it the horizon decides",
             .dimension = core::Dimension::decline,
             .range = core::above_up_to(0, 20)},
            review_interval("1 months", "the team's assumption"),
        }),
        .scope =
            "Believes in a cadence law and a jump from launch to launch, and knows the date of the last release, never the next date: L "
            "is the expected wait. J is FLOP/s per USD of the last release at its own launch, times the jump, over what its choice buys "
            "today, so that a price that has fallen since its launch lowers J. Without algorithmic progress it waits while "
            "L < (1 - 1/J) x remaining horizon, otherwise by the same comparison of exact integrals, with algorithms that go on growing "
            "at the rate of the day, or, where they are embodied, a factor e^(alpha L). discount_rate looks at J alone: neither "
            "algorithms nor the horizon. A release that is expected beyond the horizon is not waited for. It looks one release ahead, "
            "judges by final compute alone and knows of no power limit. It is asked at each interval, and on the date on which a "
            "release is due, from which the interval starts anew. At a fixed cadence a release that is late counts as due now; when a "
            "second one is missed, it buys. Resale proceeds are spent while it waits. It is no longer asked once all money is released "
            "and what is left does not buy one unit.",
    },
    resolve, believe_coefficients};

}  // namespace fleetrace::models
