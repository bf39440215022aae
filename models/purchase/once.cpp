#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

Decision review(const PurchasePlan&, const Observation& seen) { return {seen.budget, core::Time::latest()}; }

PurchasePlan resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  const core::Time at = spec.instant("at", request.start);
  PurchasePlan plan;
  if (!check_within_horizon(at, spec.value("at").where, request.path, request, diagnostics)) return plan;
  plan.review = review;
  plan.first_review = at;
  return plan;
}

}  // namespace

const PurchaseEntry kOnce{core::Entry{
                              .name = "once",
                              .summary = "Waits, then spends the whole budget at one date.",
                              .parameters = with_common_keys({
                                  {.name = "at",
                                   .summary = "when: a date, or a duration from the start of the horizon",
                                   .shape = core::Shape::instant,
                                   .dimension = core::Dimension::duration,
                                   .range = core::at_least(0),
                                   .required = true},
                              }),
                              .scope = "The date is fixed beforehand: it does not react to what happens until then.",
                          },
                          resolve};

}  // namespace fleetrace::models
