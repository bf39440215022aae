#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

Decision review(const PurchasePlan&, const Observation& seen) { return {seen.budget, core::Time::latest()}; }

}  // namespace

const PurchaseEntry kFrontLoaded{
    core::Entry{
        .name = "front_loaded",
        .summary = "The hare: spends the whole budget at the start of the horizon.",
        .parameters = with_common_keys({}),
        .scope = "One order. What power, supply or change keep from being spent stays in cash: there is no second try.",
    },
    [](const core::Spec&, const PurchaseRequest& request, core::Diagnostics&) {
      PurchasePlan plan;
      plan.review = review;
      plan.first_review = request.start;
      return plan;
    }};

}  // namespace fleetrace::models
