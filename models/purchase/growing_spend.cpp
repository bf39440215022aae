#include <algorithm>

#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

constexpr double kMostUsd = 9e12;

// coefficients[0]: spending rate at the start [USD/yr], which grows at policy.growth.
double spent_usd(const PurchasePolicy& policy, core::Duration until) {
  return policy.coefficients[0] * core::integral_of_exp(policy.growth, until.years());
}

/// Each review releases the money of the interval that begins there; the last interval ends with the horizon.
Decision review(const PurchasePolicy& policy, const Observation& seen) {
  const core::Time until = std::min(seen.end, core::saturating_add(seen.now, policy.every));
  const double usd = std::min(spent_usd(policy, until - seen.start), kMostUsd);
  return {std::min(seen.budget, core::Money::from_usd(usd)), until};
}

}  // namespace

PurchasePolicy growing_spend(const core::Spec& spec, const PurchaseRequest& request, double first, double growth,
                             core::Diagnostics& diagnostics) {
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics);
  if (policy.review == nullptr) return policy;
  policy.coefficients[0] = first;
  policy.growth = growth;
  const double total = spent_usd(policy, request.end - request.start);
  if (!(total <= kMostUsd) && !spec.has("budget")) {
    diagnostics.add({spec.where, request.path, "it would come to spend more than 9 trillion USD",
                     "money is counted exactly up to that", "Spend less, slow its growth, or cap it with a budget."});
    return PurchasePolicy{};
  }
  // A total above the largest budget is capped.
  policy.planned = core::Money::from_usd(total <= kMostUsd ? total : kMostUsd);
  return policy;
}

}  // namespace fleetrace::models
