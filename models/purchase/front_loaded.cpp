#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

Decision review(const PurchasePolicy&, const Observation& seen) { return {seen.budget, core::Time::latest()}; }

}  // namespace

const PurchaseEntry kFrontLoaded{
    core::Entry{
        .name = "front_loaded",
        .summary = "The hare: spends the whole budget at the start of the horizon.",
        .parameters = with_common_keys({}),
        .scope = "One order. What power, supply or change keep from being spent stays in cash: there is no second try.",
    },
    [](const core::Spec&, const PurchaseRequest& request, core::Diagnostics&) {
      PurchasePolicy policy;
      policy.review = review;
      policy.first_review = request.start;
      return policy;
    }};

}  // namespace fleetrace::models
