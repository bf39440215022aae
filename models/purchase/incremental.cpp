#include <algorithm>
#include <cmath>

#include "fleetrace/core/math.hpp"
#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

/// Released by the end of installment k of n. Exact in micro-dollars when installments are equal; the last one always
/// completes the budget.
core::Money released_after(const PurchasePlan& plan, core::Money budget, std::int64_t k) {
  if (k >= plan.reviews) return budget;
  const double step = plan.growth * plan.every.years();
  // Installments grow as e^(step i): a share of (e^(step k) - 1) / (e^(step n) - 1), with the larger exponential divided
  // out so that neither overflows.
  const auto n = static_cast<double>(plan.reviews);
  if (std::fabs(step) * n < 1e-16) return core::fraction(budget, k, plan.reviews);
  const auto done = static_cast<double>(k);
  const double share = step > 0 ? core::exp(step * (done - n)) * core::expm1(-step * done) / core::expm1(-step * n)
                                : core::expm1(step * done) / core::expm1(step * n);
  // A double holds large budgets to a few hundred micro-dollars only, and must not release more than there is.
  return std::min(budget, core::Money::from_usd(budget.usd() * share));
}

Decision review(const PurchasePlan& plan, const Observation& seen) {
  const std::int64_t done = (seen.now - seen.start) / plan.every + 1;
  return {released_after(plan, seen.budget, done), done < plan.reviews ? seen.now + plan.every : core::Time::latest()};
}

PurchasePlan resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePlan plan;
  plan.every = spec.duration("every");
  plan.growth = spec.number("growth");
  plan.reviews = (request.end - request.start) / plan.every;
  const auto refuse = [&](std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add({spec.value("every").where, request.path + ".every", std::move(problem), std::move(reason),
                     std::move(suggestion)});
    return PurchasePlan{};
  };
  if (plan.reviews == 0) {
    return refuse("the interval is longer than the horizon", "no whole interval fits, so nothing would be bought",
                  "Shorten it, or buy once.");
  }
  if (plan.reviews > kMostReviews) {
    return refuse("there would be " + std::to_string(plan.reviews) + " reviews", "more than a million are not run",
                  "Lengthen the interval or shorten the horizon.");
  }
  plan.review = review;
  plan.first_review = request.start;
  return plan;
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
