#include <algorithm>
#include <cmath>

#include "models/purchase/purchase_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

/// Money released up to and including installment k of n. It is exact in micro-dollars when installments are equal, and
/// the last one always completes the budget.
core::Money released_after(const PurchasePolicy& policy, core::Money budget, std::int64_t k) {
  if (k >= policy.reviews) return budget;
  const double step = policy.growth * policy.every.years();
  // Installments grow as e^(step i), so that the share is (e^(step k) - 1) / (e^(step n) - 1). The larger exponential
  // is divided out so that neither overflows.
  const auto n = static_cast<double>(policy.reviews);
  if (std::fabs(step) * n < 1e-16) return core::fraction(budget, k, policy.reviews);
  const auto done = static_cast<double>(k);
  const double share = step > 0 ? core::exp(step * (done - n)) * core::expm1(-step * done) / core::expm1(-step * n)
                                : core::expm1(step * done) / core::expm1(step * n);
  // A double represents large budgets only to a few hundred micro-dollars, so this could exceed the budget.
  return std::min(budget, core::Money::from_usd(budget.usd() * share));
}

Decision review(const PurchasePolicy& policy, const Observation& seen) {
  const std::int64_t done = (seen.now - seen.start) / policy.every + 1;
  return {released_after(policy, seen.budget, done),
          done < policy.reviews ? seen.now + policy.every : core::Time::latest()};
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePolicy policy;
  policy.every = spec.duration("every");
  policy.growth = spec.number("growth");
  policy.reviews = (request.end - request.start) / policy.every;
  const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value("every").where, request.path + ".every", std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePolicy{};
  };
  if (policy.reviews == 0) {
    return refuse("the interval is longer than the horizon", "no whole interval fits, so nothing would be bought",
                  "Shorten it, or buy once.");
  }
  if (policy.reviews > kMostReviews) {
    return refuse("there would be " + std::to_string(policy.reviews) + " reviews", "more than a million are not run",
                  "Lengthen the interval or shorten the horizon.");
  }
  policy.review = review;
  policy.first_review = request.start;
  return policy;
}

}  // namespace

const PurchaseEntry kIncremental{
    core::Entry{
        .name = "incremental",
        .summary = "The turtle: spends budget/n at the start of each of the n whole intervals in the horizon.",
        .parameters = with_common_keys({
            {.name = "every",
             .summary = "interval between purchases",
             .dimension = core::Dimension::duration,
             .range = core::at_least(1),
             .preset = "3 months",
             .source = "convention: a quarter, the rhythm of company accounts"},
            {.name = "growth",
             .summary = "continuous yearly growth of the amounts; their sum stays the budget",
             .dimension = core::Dimension::decline,
             .range = core::between(-20, 20),
             .preset = "0 /yr"},
        }),
        .scope =
            "Amounts follow the calendar, not the market: it buys in the last quarter, too, although that hardware will "
            "hardly run. Nothing is bought in a last interval that is not whole.",
    },
    resolve};

}  // namespace fleetrace::models
