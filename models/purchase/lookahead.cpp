#include <algorithm>

#include "models/purchase/expectation.hpp"
#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

constexpr std::int64_t kMostPlans = 2'000;

/// Expected compute by the end of the horizon if all money that is left is spent at `when`, in units of today's algorithms.
double expected_compute(const Observation& seen, double usd, core::Time when) {
  const double use = expected_use(seen, when);
  if (use <= 0) return 0;
  const ExpectedOffer offer = expected_offer(seen, when);
  const double power = std::max(0.0, seen.outlook.power_limit - seen.fleet.power);
  const double fitting = power * offer.flops_per_watt;
  // Without a power limit or without power, `fitting` is infinite, or NaN as infinity times 0.
  return std::min(usd * offer.flops_per_usd, fitting == fitting ? fitting : 0.0) * use;
}

Decision review(const PurchasePolicy& policy, const Observation& seen) {
  if (is_spent(seen)) return {seen.released};
  Decision decision{seen.released, next_regular(policy, seen)};
  const double usd = (seen.budget - seen.released + seen.cash).usd();
  core::Time best = seen.now;
  double most = expected_compute(seen, usd, seen.now);
  for (core::Time when = decision.next_review; when < seen.end; when = core::saturating_add(when, policy.every)) {
    const double compute = expected_compute(seen, usd, when);
    // A later date must be better by more than rounding, so that among equals the earlier one is chosen.
    if (compute > most * (1 + 1e-12)) {
      most = compute;
      best = when;
    }
  }
  if (best == seen.now && seen.offer.flops_per_usd > 0) decision.released = seen.budget;
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  return regular_reviews(spec, request, review, diagnostics, kMostPlans);
}

}  // namespace

const PurchaseEntry kLookahead{
    core::Entry{
        .name = "lookahead",
        .summary = "Plans anew at each review with what is known then, and takes the first step of the best plan.",
        .parameters = with_beliefs({
            review_interval("3 months", "convention: a quarter, the rhythm of company accounts"),
        }),
        .scope =
            "Its plans are to spend all that is left at one of the reviews to come, which is optimal for final compute while "
            "that is linear in money (docs/derivations.md 8.1); of dates that promise the same, to one part in 1e12, it takes the "
            "earliest. It is not optimal for average loss or for best_run. It counts on "
            "the rates of prices, efficiency, releases and algorithms that it believes in, on its lead time, its lifetime and the "
            "site's power that is free today, and on nothing else: no supply limit, no failure, no cost of energy. It cannot see "
            "what a world has drawn, and plans as if what it believes were sure.",
    },
    resolve};

}  // namespace fleetrace::models
