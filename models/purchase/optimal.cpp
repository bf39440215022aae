#include <array>

#include "models/purchase/optimised.hpp"
#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

/// More dates make programmes that take minutes, and hardly better plans.
constexpr std::int64_t kMostDates = 1'000;

/// Follows the plan that the policy was given: money on dates for trend hardware, else orders.
Decision review(const PurchasePolicy& policy, const Observation& seen) {
  return policy.installments.empty() ? place_orders_due(policy, seen) : release_money_due(policy, seen);
}

}  // namespace

PurchasePolicy resolve_optimised(const core::Spec& spec, const PurchaseRequest& request,
                                 core::Diagnostics& diagnostics) {
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics, kMostDates);
  policy.coefficients[0] = spec.text("objective") == "mean_loss" ? 1 : 0;
  static constexpr std::array<IgnoredKey, 3> kIgnored = {{
      {"rented", "a plan is of hardware to own", "Leave it out."},
      {"choose", "the plan says which accelerator is bought", "Leave it out."},
      {"power_limits", "at each review it orders only what will find room by what is seen then", "Leave it out."},
  }};
  const bool sees_room = optimises(*spec.entry) == Optimises::at_each_review;
  refuse_ignored(spec, request, std::span(kIgnored).first(sees_room ? 3 : 2), diagnostics);
  return policy;
}

std::vector<core::Parameter> optimised_parameters() {
  return with_beliefs({
      {.name = "objective",
       .summary = "which loss the plan makes the least: that at the end, or its mean over the horizon",
       .shape = core::Shape::choice,
       .preset = "final_loss",
       .choices = {"final_loss", "mean_loss"}},
      review_interval("3 months", "convention: a quarter, the rhythm of company accounts"),
  });
}

Optimises optimises(const core::Entry& entry) {
  if (&entry == &kOptimal) return Optimises::in_advance;
  return &entry == &kRolling ? Optimises::at_each_review : Optimises::never;
}

PlanObjective plan_objective(const PurchasePolicy& policy) {
  return policy.coefficients[0] > 0 ? PlanObjective::mean_loss : PlanObjective::final_loss;
}

const PurchaseEntry kOptimal{
    core::Entry{
        .name = "optimal",
        .summary = "Follows the best purchase plan for what it believes, which is made once, before the start.",
        .parameters = optimised_parameters(),
        .scope =
            "The plan is that of `fleetrace optimize` for its objective, its budget and its dates (docs/derivations.md 8.5), made anew "
            "for each scenario, case, point and probe. Where inputs are uncertain it is made for what the strategy believes: their "
            "medians, or what its `believes` says, and releases at their mean cadence; then it is followed whatever is drawn. An order "
            "for what is not on sale yet, or that the budget does not cover, is lost in whole or in part. Where `optimize` proves no "
            "bound, the plan is the one that it finds all the same. Failures and lead times that are drawn, a best run, and a budget "
            "that covers energy are refused, since no plan can be optimised there.",
    },
    resolve_optimised};

}  // namespace fleetrace::models
