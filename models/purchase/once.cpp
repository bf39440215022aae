#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

Decision review(const PurchasePolicy&, const Observation& seen) { return {seen.budget, core::Time::latest()}; }

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  const core::Time at = spec.instant("at", request.start);
  PurchasePolicy policy;
  if (!check_within_horizon(at, spec.value("at").where, request.path, request, diagnostics)) return policy;
  policy.review = review;
  policy.first_review = at;
  return policy;
}

}  // namespace

const PurchaseEntry kOnce{core::Entry{
                              .name = "once",
                              .summary = "Waits, then spends the whole budget at one date.",
                              .parameters = with_common_keys({
                                  purchase_date(),
                              }),
                              .scope = "The date is fixed beforehand: it does not react to what happens until then.",
                          },
                          resolve};

}  // namespace fleetrace::models
