#include <algorithm>
#include <array>

#include "purchase_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kOrder{
    .name = "order",
    .summary = "One dated order.",
    .parameters =
        {
            {.name = "at",
             .summary = "when: a date, or a duration from the start of the horizon",
             .shape = Shape::instant,
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .required = true},
            {.name = "accelerator", .summary = "which, by its name on sale", .shape = Shape::text, .required = true},
            {.name = "count",
             .summary = "how many",
             .dimension = Dimension::count,
             .range = core::between(1, 1e12),
             .required = true},
            {.name = "site",
             .summary = "the only one of the strategy's sites that they are installed on; the first with room where it "
                        "is left out",
             .shape = Shape::text},
        },
};
constexpr const core::Entry* kOrderEntries[] = {&kOrder};
constexpr core::Family kOrderList{
    .name = "order_list", .summary = "Dated orders.", .selector = {}, .entries = kOrderEntries, .preset = {}};

Decision review(const PurchasePlan& plan, const Observation& seen) {
  const auto by_date = [](const PlannedOrder& order, core::Time at) { return order.at < at; };
  const auto first = std::lower_bound(plan.orders.begin(), plan.orders.end(), seen.now, by_date);
  const auto last = std::lower_bound(first, plan.orders.end(), seen.now + core::kMillisecond, by_date);
  Decision decision{seen.budget, last == plan.orders.end() ? core::Time::latest() : last->at};
  decision.first_order = static_cast<std::size_t>(first - plan.orders.begin());
  decision.last_order = static_cast<std::size_t>(last - plan.orders.begin());
  return decision;
}

PurchasePlan resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePlan plan;
  plan.review = review;
  const std::vector<core::Spec>& rows = spec.sections("orders");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const core::Time at = rows[i].instant("at", request.start);
    const std::string path = request.path + ".orders." + std::to_string(i);
    if (!check_within_horizon(at, rows[i].value("at").where, path, request, diagnostics)) continue;
    PlannedOrder order{at, rows[i].text("accelerator"), rows[i].count("count"), rows[i].where, {}, {}, i};
    if (rows[i].has("site")) {
      order.site = rows[i].text("site");
      order.site_where = rows[i].value("site").where;
    }
    plan.orders.push_back(std::move(order));
  }
  std::stable_sort(plan.orders.begin(), plan.orders.end(),
                   [](const PlannedOrder& a, const PlannedOrder& b) { return a.at < b.at; });
  plan.reviews = static_cast<std::int64_t>(plan.orders.size());
  if (!plan.orders.empty()) plan.first_review = plan.orders.front().at;
  for (const auto& [key, problem, suggestion] :
       {std::array<const char*, 3>{"rented", "orders are of hardware to own", "Leave it out."},
        std::array<const char*, 3>{"choose", "every order names its accelerator", "Leave it out."}}) {
    const core::Value& value = spec.value(key);
    if (value.preset || value.written == spec.entry->find(key)->preset) continue;
    diagnostics.add({value.where, request.path + '.' + key, problem, "it would be ignored", suggestion});
  }
  if (spec.text("budget_covers") == "all" && !spec.has("budget")) {
    diagnostics.add({spec.value("budget_covers").where, request.path + ".budget_covers",
                     "there is no budget to cover energy", "without one the orders are paid as they come",
                     "State one, such as budget: 2e9 USD."});
  }
  return plan;
}

}  // namespace

const PurchaseEntry kOrders{
    core::Entry{
        .name = "orders",
        .summary = "Places stated orders on stated dates, inline or from a CSV file.",
        .parameters = with_common_keys(
            {
                {.name = "orders",
                 .summary = "a list of {at, accelerator, count, site}, or the name of a CSV file with these columns",
                 .shape = Shape::list,
                 .required = true,
                 .family = &kOrderList},
            },
            false),
        .scope =
            "Parts, not money, are scheduled, at the price of the day. Without a budget the orders are paid as they come; with "
            "one, an order that it does not cover any more is placed in part. What power, supply or price keeps from being ordered "
            "on its date is not ordered later. An order with a site takes of what is allotted to that site, then of what is "
            "allotted to none, and waits for that site alone; so does what is ordered in its place when it is cancelled.",
    },
    resolve};

}  // namespace fleetrace::models
