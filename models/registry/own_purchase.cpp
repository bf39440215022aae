#include <algorithm>

#include "models/purchase/purchase_entries.hpp"
#include "models/registry/growing_family.hpp"
#include "models/registry/own_models.hpp"

namespace fleetrace::models {
namespace {

Decision review(const PurchasePolicy& policy, const Observation& seen) {
  const PurchaseModel& model = policy.own->model;
  const ModelParameters parameters(*policy.own, std::span(policy.coefficients).first(model.keys.size()));
  Decision decision = model.review(parameters, seen);
  const core::Duration least = core::Duration::from_milliseconds((seen.end - seen.start).milliseconds() / kMostReviews);
  if (decision.next_review < core::saturating_add(seen.now, std::max(least, core::kMillisecond))) {
    throw ModelError("the purchase strategy \"" + model.name + "\" asks for a next review that is not later");
  }
  // NaN is no bound.
  if (!(decision.fleet_power >= 0 && decision.fleet_capacity >= 0 && decision.order_power >= 0)) {
    throw ModelError("the purchase strategy \"" + model.name + "\" gives a bound that is negative or no number");
  }
  decision.released = std::clamp(decision.released, seen.released, std::max(seen.released, seen.budget));
  return decision;
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics&) {
  const auto& own = *static_cast<const OwnPurchase*>(spec.entry);
  PurchasePolicy policy;
  policy.own = &own;
  policy.review = review;
  policy.first_review = request.start;
  take_values(spec, own.model.keys.size(), policy.coefficients);
  return policy;
}

}  // namespace

void register_purchase(PurchaseModel model) {
  if (!model.review) throw std::invalid_argument("the purchase strategy \"" + model.name + "\" has no review");
  core::Entry entry = own_entry(purchase_family(), model.name, model.summary, model.keys, model.scope);
  entry.parameters = with_beliefs(std::move(entry.parameters));
  require_unique_keys(entry);
  static std::deque<OwnPurchase> models;
  models.push_back({{std::move(entry), resolve}, std::move(model)});
  purchase_models().add(models.back());
}

}  // namespace fleetrace::models
