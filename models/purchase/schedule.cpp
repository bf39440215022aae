#include <algorithm>
#include <iterator>

#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kInstallment{
    .name = "purchase",
    .summary = "One dated amount.",
    .parameters =
        {
            {.name = "at",
             .summary = "when: a date, or a duration from the start of the horizon",
             .shape = Shape::instant,
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .required = true},
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

Decision review(const PurchasePlan& plan, const Observation& seen) {
  const auto next = std::upper_bound(plan.installments.begin(), plan.installments.end(), seen.now,
                                     [](core::Time now, const Installment& step) { return now < step.at; });
  return {std::prev(next)->released, next == plan.installments.end() ? core::Time::latest() : next->at};
}

PurchasePlan resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePlan plan;
  plan.review = review;
  const std::string path = request.path + ".purchases";
  const std::vector<core::Spec>& rows = spec.sections("purchases");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const core::Time at = rows[i].instant("at", request.start);
    const std::string row_path = path + '.' + std::to_string(i);
    if (!check_within_horizon(at, rows[i].value("at").where, row_path, request, diagnostics)) continue;
    plan.installments.push_back({at, rows[i].money("amount")});
  }
  std::stable_sort(plan.installments.begin(), plan.installments.end(),
                   [](const Installment& a, const Installment& b) { return a.at < b.at; });
  double sum = 0;
  for (const Installment& step : plan.installments) sum += step.released.usd();
  if (sum > 9e12) {
    diagnostics.add({spec.value("purchases").where, path, "the amounts come to more than 9 trillion USD",
                     "money is counted exactly up to that", "Lower them."});
    return PurchasePlan{};
  }
  core::Money total;
  for (Installment& step : plan.installments) step.released = total += step.released;
  if (!plan.installments.empty()) {
    plan.first_review = plan.installments.front().at;
    plan.planned = total;
    plan.planned_is_firm = true;
  }
  return plan;
}

}  // namespace

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
