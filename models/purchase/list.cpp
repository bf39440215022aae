#include "models/purchase/purchase_entries.hpp"
#include "models/registry/growing_family.hpp"

namespace fleetrace::models {
namespace {

// One line for each model, sorted by name.
constexpr const core::Entry* kEntries[] = {
    &kCapacityTriggered,
    &kConstantBudget,
    &kConstantPower,
    &kExponentialGrowth,
    &kFrontLoaded,
    &kIncremental,
    &kLeapfrog,
    &kLookahead,
    &kLotSizing,
    &kNoPurchase,
    &kOnce,
    &kOptimal,
    &kOrders,
    &kRealOption,
    &kRefresh,
    &kRolling,
    &kSchedule,
};

}  // namespace

GrowingFamily& purchase_models() {
  static GrowingFamily models({.name = "purchase",
                               .summary = "When a strategy spends its budget on hardware.",
                               .selector = "buy",
                               .entries = kEntries,
                               .preset = {}});
  return models;
}

const core::Family& purchase_family() { return purchase_models().family(); }

PurchasePolicy resolve_purchase(const core::Spec& spec, const PurchaseRequest& request,
                                core::Diagnostics& diagnostics) {
  return static_cast<const PurchaseEntry*>(spec.entry)->resolve(spec, request, diagnostics);
}

}  // namespace fleetrace::models
