#include <algorithm>
#include <array>

#include "models/purchase/optimised.hpp"
#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

/// More dates make programmes that take minutes, and hardly better plans.
constexpr std::int64_t kMostDates = 1'000;

/// Coefficients of the rule; 0 stands for what is not stated.
constexpr std::size_t kObjective = 0;
constexpr std::size_t kTarget = 1;
constexpr std::size_t kAtEvents = 2;
constexpr std::size_t kYearlySpend = 3;
constexpr std::size_t kSmallestOrder = 4;

/// In the order of PlanObjective.
const std::vector<std::string_view> kObjectives = {"final_loss", "mean_loss", "time_to_target", "cost_to_target",
                                                   "npv"};

/// Only a loss that is to be met is a target.
void check_target(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  const std::string& objective = spec.text("objective");
  if (!spec.has("target") || (objective != "final_loss" && objective != "mean_loss")) return;
  diagnostics.add({spec.value("target").where, request.path + ".target", objective + " has no target",
                   "it is the loss itself that is to be least",
                   "Leave it out, or choose objective: time_to_target, cost_to_target or npv."});
}

/// Follows the plan that the policy was given: money on dates for trend hardware, else orders.
Decision review(const PurchasePolicy& policy, const Observation& seen) {
  return policy.installments.empty() ? place_orders_due(policy, seen) : release_money_due(policy, seen);
}

}  // namespace

PurchasePolicy resolve_optimised(const core::Spec& spec, const PurchaseRequest& request,
                                 core::Diagnostics& diagnostics) {
  PurchasePolicy policy = regular_reviews(spec, request, review, diagnostics, kMostDates);
  const auto objective = std::find(kObjectives.begin(), kObjectives.end(), spec.text("objective"));
  policy.coefficients[kObjective] = static_cast<double>(objective - kObjectives.begin());
  policy.coefficients[kAtEvents] = spec.text("dates") == "events" ? 1 : 0;
  if (spec.has("target")) policy.coefficients[kTarget] = spec.number("target");
  if (spec.has("yearly_spend")) policy.coefficients[kYearlySpend] = spec.number("yearly_spend");
  if (spec.has("smallest_order")) policy.coefficients[kSmallestOrder] = spec.number("smallest_order");
  check_target(spec, request, diagnostics);
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
       .summary = "what the plan is the best by: least final_loss or mean_loss, least time_to_target or cost_to_target "
                  "(all spending until the loss is met), or most npv",
       .shape = core::Shape::choice,
       .preset = "final_loss",
       .choices = {kObjectives.begin(), kObjectives.end()}},
      {.name = "target",
       .summary = "the relative loss that time_to_target and cost_to_target are about, else the first of loss.targets; "
                  "of npv, the final loss that the plan comes to",
       .range = core::between(0.001, 0.999999)},
      review_interval("3 months", "convention: a quarter, the rhythm of company accounts"),
      {.name = "dates",
       .summary =
           "when it orders: at that interval (calendar), or besides when something is released or allotted, and so that "
           "it arrives when a site opens or a life ends (events)",
       .shape = core::Shape::choice,
       .preset = "calendar",
       .choices = {"calendar", "events"}},
      {.name = "yearly_spend",
       .summary = "the most that is spent on hardware in each year of the horizon; no limit where it is left out",
       .dimension = core::Dimension::money,
       .range = core::above_up_to(0, 9e12),
       .usual = core::between(1e4, 1e13)},
      {.name = "smallest_order",
       .summary = "the least hardware that one order buys; a lot where it is left out",
       .dimension = core::Dimension::money,
       .range = core::above_up_to(0, 9e12)},
  });
}

Optimises optimises(const core::Entry& entry) {
  if (&entry == &kOptimal) return Optimises::in_advance;
  return &entry == &kRolling ? Optimises::at_each_review : Optimises::never;
}

PlanTerms plan_terms(const PurchasePolicy& policy) {
  const auto money = [&](std::size_t index) -> std::optional<core::Money> {
    if (!(policy.coefficients[index] > 0)) return std::nullopt;
    return core::Money::from_usd(policy.coefficients[index]);
  };
  PlanTerms terms;
  terms.objective = static_cast<PlanObjective>(policy.coefficients[kObjective]);
  if (policy.coefficients[kTarget] > 0) terms.target = policy.coefficients[kTarget];
  terms.at_events = policy.coefficients[kAtEvents] > 0;
  terms.yearly_spend = money(kYearlySpend);
  terms.smallest_order = money(kSmallestOrder);
  return terms;
}

const PurchaseEntry kOptimal{
    core::Entry{
        .name = "optimal",
        .summary = "Follows the best purchase plan for what it believes, which is made once, before the start.",
        .parameters = optimised_parameters(),
        .scope =
            "The plan is that of `fleetrace optimize` for its objective, its budget, its dates and its limits (docs/derivations.md 8.5), made "
            "anew for each scenario, case, point and probe; where no plan comes to its target it is the one with the least final loss. Where "
            "inputs are uncertain it is made for what the strategy believes: their "
            "medians, or what its `believes` says, and releases at their mean cadence; then it is followed whatever is drawn. An order "
            "for what is not on sale yet, or that the budget does not cover, is lost in whole or in part. Where no bound can be proved a "
            "warning says so, and the plan is the one for units that add up, which `optimize` improves by racing others near it. Failures and "
            "lead times that are drawn, the mean loss of a best run, and a budget that covers energy are refused, since no plan can be "
            "optimised there.",
    },
    resolve_optimised};

}  // namespace fleetrace::models
