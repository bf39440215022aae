#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

// Sorted by name. One line a model.
constexpr const core::Entry* kEntries[] = {
    &kCapacityTriggered, &kConstantBudget, &kConstantPower, &kExponentialGrowth, &kFrontLoaded, &kIncremental,
    &kLeapfrog,          &kLookahead,      &kLotSizing,     &kNoPurchase,        &kOnce,        &kOrders,
    &kRealOption,        &kRefresh,        &kSchedule,
};

}  // namespace

const core::Family& purchase_family() {
  static constexpr core::Family kFamily{.name = "purchase",
                                        .summary = "When a strategy spends its budget on hardware.",
                                        .selector = "buy",
                                        .entries = kEntries,
                                        .preset = {}};
  return kFamily;
}

PurchasePlan resolve_purchase(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  return static_cast<const PurchaseEntry*>(spec.entry)->resolve(spec, request, diagnostics);
}

}  // namespace fleetrace::models
