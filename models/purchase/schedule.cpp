#include <algorithm>
#include <iterator>

#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kInstallment{
    .name = "purchase",
    .summary = "One dated amount.",
    .parameters =
        {
            purchase_date(),
            {.name = "amount",
             .summary = "money to spend on hardware",
             .dimension = Dimension::money,
             .range = core::between(0, 9e12),
             .required = true},
        },
};
constexpr const core::Entry* kInstallmentEntries[] = {&kInstallment};
constexpr core::Family kInstallments{
    .name = "purchases", .summary = "Dated amounts.", .selector = {}, .entries = kInstallmentEntries, .preset = {}};

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePolicy policy;
  policy.review = release_money_due;
  for (const DatedRow& dated : dated_rows(spec, "purchases", request, diagnostics))
    policy.installments.push_back({dated.at, dated.row->money("amount")});
  double sum = 0;
  for (const Installment& step : policy.installments) sum += step.released.usd();
  if (sum > 9e12) {
    diagnostics.add({spec.value("purchases").where, request.path + ".purchases",
                     "the amounts come to more than 9 trillion USD", "money is counted exactly up to that",
                     "Lower them."});
    return PurchasePolicy{};
  }
  core::Money total;
  for (Installment& step : policy.installments) step.released = total += step.released;
  if (!policy.installments.empty()) {
    policy.first_review = policy.installments.front().at;
    policy.planned = total;
    policy.planned_is_firm = true;
  }
  return policy;
}

}  // namespace

Decision release_money_due(const PurchasePolicy& policy, const Observation& seen) {
  const auto next = std::upper_bound(policy.installments.begin(), policy.installments.end(), seen.now,
                                     [](core::Time now, const Installment& step) { return now < step.at; });
  return {std::prev(next)->released, next == policy.installments.end() ? core::Time::latest() : next->at};
}

const PurchaseEntry kSchedule{
    core::Entry{
        .name = "schedule",
        .summary = "Spends stated amounts at stated dates, inline or from a CSV file.",
        .parameters = with_common_keys(
            {
                {.name = "purchases",
                 .summary = "a list of {at, amount}, or the name of a CSV file with the columns at and amount_usd",
                 .shape = Shape::list,
                 .required = true,
                 .family = &kInstallments},
            },
            false),
        .scope = "Money, not parts, is scheduled. Without a budget the amounts are the budget.",
    },
    resolve};

}  // namespace fleetrace::models
