#include <algorithm>

#include "fleetrace/core/math.hpp"
#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

constexpr double kMostUsd = 9e12;

// coefficients[0]: first, the rate at the start [USD/yr]. The rate grows at plan.growth.
double spent_usd(const PurchasePlan& plan, core::Duration until) {
  return plan.coefficients[0] * core::integral_of_exp(plan.growth, until.years());
}

/// At each review the money of the interval that it begins, the last one cut at the end of the horizon.
Decision review(const PurchasePlan& plan, const Observation& seen) {
  const core::Time until = std::min(seen.end, core::saturating_add(seen.now, plan.every));
  const double usd = std::min(spent_usd(plan, until - seen.start), kMostUsd);
  return {std::min(seen.budget, core::Money::from_usd(usd)), until};
}

}  // namespace

PurchasePlan growing_spend(const core::Spec& spec, const PurchaseRequest& request, double first, double growth,
                           core::Diagnostics& diagnostics) {
  PurchasePlan plan = regular_reviews(spec, request, review, diagnostics);
  if (plan.review == nullptr) return plan;
  plan.coefficients[0] = first;
  plan.growth = growth;
  const double total = spent_usd(plan, request.end - request.start);
  if (!(total <= kMostUsd) && !spec.has("budget")) {
    diagnostics.add({spec.where, request.path, "it would come to spend more than 9 trillion USD",
                     "money is counted exactly up to that", "Spend less, slow its growth, or cap it with a budget."});
    return PurchasePlan{};
  }
  // Where it is more, a budget caps it.
  plan.planned = core::Money::from_usd(total <= kMostUsd ? total : kMostUsd);
  return plan;
}

}  // namespace fleetrace::models
