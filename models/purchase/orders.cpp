#include <algorithm>
#include <array>

#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kOrder{
    .name = "order",
    .summary = "One dated order.",
    .parameters =
        {
            purchase_date(),
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
            {.name = "unit_price",
             .summary = "all-in price of one by contract; that of the day where it is left out",
             .dimension = Dimension::money,
             .range = core::between(1e-6, 1e9),
             .usual = core::between(500, 1e6),
             .usual_why = "an accelerator with its share of the server costs some 10,000 to 100,000 USD"},
            {.name = "delivery",
             .summary = "when they arrive by contract; after burn-in and lead time where it is left out",
             .shape = Shape::instant,
             .dimension = Dimension::duration,
             .range = core::at_least(0)},
            {.name = "deposit",
             .summary = "share of the price that is paid with the order; all of it, or none where payment is stated",
             .range = core::between(0, 1),
             .why = "it is a share: 20 % is 0.2"},
            {.name = "payment",
             .summary = "when the rest is paid; on delivery where it is left out",
             .shape = Shape::instant,
             .dimension = Dimension::duration,
             .range = core::at_least(0)},
            {.name = "retire",
             .summary = "when they are taken out of service, before the end of their life",
             .shape = Shape::instant,
             .dimension = Dimension::duration,
             .range = core::at_least(0)},
        },
};
constexpr const core::Entry* kOrderEntries[] = {&kOrder};
constexpr core::Family kOrderList{
    .name = "order_list", .summary = "Dated orders.", .selector = {}, .entries = kOrderEntries, .preset = {}};

const core::Entry kRetirement{
    .name = "retirement",
    .summary = "One dated retirement of a part of the initial fleet.",
    .parameters =
        {
            purchase_date(),
            {.name = "accelerator",
             .summary = "which, as initial_fleet has it",
             .shape = Shape::text,
             .required = true},
            {.name = "count",
             .summary = "how many, of the oldest first",
             .dimension = Dimension::count,
             .range = core::between(1, 1e12),
             .required = true},
            {.name = "installed",
             .summary = "only what was installed on that date, as initial_fleet has it",
             .shape = Shape::instant,
             .dimension = Dimension::duration},
            {.name = "site", .summary = "only what initial_fleet places on that site", .shape = Shape::text},
        },
};
constexpr const core::Entry* kRetirementEntries[] = {&kRetirement};
constexpr core::Family kRetirementList{.name = "retirement_list",
                                       .summary = "Dated retirements.",
                                       .selector = {},
                                       .entries = kRetirementEntries,
                                       .preset = {}};

/// Says what the dates and terms of an order contradict. Whether it may be placed.
bool check_terms(const PlannedOrder& order, const core::Spec& row, const std::string& path,
                 const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  const auto refuse = [&](const char* key, std::string problem, std::string reason, std::string suggestion) {
    diagnostics.add(
        {row.value(key).where, path + '.' + key, std::move(problem), std::move(reason), std::move(suggestion)});
  };
  const std::string placed = "it is placed on " + core::to_date(order.signed_at);
  if (order.delivery && *order.delivery < order.signed_at)
    refuse("delivery", "it arrives before it is ordered", placed, "Correct one of the dates.");
  if (order.payment && *order.payment < order.signed_at)
    refuse("payment", "it is paid before it is ordered", placed,
           "Correct one of the dates; what is paid with the order is the deposit.");
  if (order.payment && order.deposit == 1)
    refuse("payment", "nothing is left to be paid then", "the deposit is all of the price",
           "Lower it, or leave it out.");
  if (order.taken_out <= std::max(order.signed_at, request.start))
    refuse("retire", "it is retired before it can work", placed, "Correct one of the dates.");
  if (order.signed_at >= request.start) return diagnostics.size() == before;
  if (!order.delivery) {
    diagnostics.add({row.value("at").where, path + ".at", "the order is placed before the start, without a delivery",
                     "the horizon begins on " + core::to_date(request.start),
                     "State when it arrives, or list what stands there already under initial_fleet."});
  } else if (*order.delivery < request.start && *order.delivery >= order.signed_at) {
    refuse("delivery", "it arrives before the start", "the horizon begins on " + core::to_date(request.start),
           "List what stands there already under initial_fleet.");
  }
  if (order.payment && *order.payment < request.start && *order.payment >= order.signed_at)
    refuse("payment", "it is paid before the start", "the horizon begins on " + core::to_date(request.start),
           "State it as the deposit, which was paid with the order.");
  return diagnostics.size() == before;
}

std::optional<PlannedOrder> resolve_order(const core::Spec& row, std::size_t index, const PurchaseRequest& request,
                                          core::Diagnostics& diagnostics) {
  const std::string path = request.path + ".orders." + std::to_string(index);
  const core::Time at = row.instant("at", request.start);
  PlannedOrder order;
  order.at = at;
  order.accelerator = row.text("accelerator");
  order.count = row.count("count");
  order.where = row.where;
  order.row = index;
  if (row.has("site")) {
    order.site = row.text("site");
    order.site_where = row.value("site").where;
  }
  order.signed_at = at;
  if (row.has("unit_price")) order.unit_price = core::Money::from_usd(row.number("unit_price"));
  if (row.has("delivery")) order.delivery = row.instant("delivery", request.start);
  if (row.has("payment")) order.payment = row.instant("payment", request.start);
  if (row.has("retire")) order.taken_out = row.instant("retire", request.start);
  order.deposit = row.has("deposit") ? row.number("deposit") : order.payment ? 0 : 1;
  order.is_contract = order.unit_price || order.delivery || order.payment || row.has("deposit") || at < request.start;
  const bool is_fine = check_terms(order, row, path, request, diagnostics);
  if (at < request.start) {
    order.at = request.start;
  } else if (!check_within_horizon(at, row.value("at").where, path, request, diagnostics)) {
    return std::nullopt;
  }
  return is_fine && at < request.end ? std::optional(std::move(order)) : std::nullopt;
}

void resolve_retirements(const core::Spec& spec, const PurchaseRequest& request, PurchasePolicy& policy,
                         core::Diagnostics& diagnostics) {
  if (!spec.has("retire")) return;
  for (const DatedRow& dated : dated_rows(spec, "retire", request, diagnostics)) {
    PlannedRetirement retirement;
    retirement.at = dated.at;
    retirement.accelerator = dated.row->text("accelerator");
    retirement.count = dated.row->count("count");
    if (dated.row->has("installed")) retirement.installed = dated.row->instant("installed", request.start);
    if (dated.row->has("site")) retirement.site = dated.row->text("site");
    retirement.where = dated.row->where;
    retirement.row = dated.index;
    policy.retirements.push_back(std::move(retirement));
  }
}

PurchasePolicy resolve(const core::Spec& spec, const PurchaseRequest& request, core::Diagnostics& diagnostics) {
  PurchasePolicy policy;
  policy.review = place_orders_due;
  if (!spec.has("orders") && !spec.has("retire")) {
    diagnostics.add(
        {spec.where, request.path + ".orders", "it is missing", "a list of dated orders, or a CSV file", ""});
    return policy;
  }
  for (std::size_t i = 0; spec.has("orders") && i < spec.sections("orders").size(); ++i) {
    if (auto order = resolve_order(spec.sections("orders")[i], i, request, diagnostics))
      policy.orders.push_back(*std::move(order));
  }
  std::stable_sort(policy.orders.begin(), policy.orders.end(),
                   [](const PlannedOrder& a, const PlannedOrder& b) { return a.at < b.at; });
  resolve_retirements(spec, request, policy, diagnostics);
  policy.reviews = static_cast<std::int64_t>(policy.orders.size());
  if (!policy.orders.empty()) policy.first_review = policy.orders.front().at;
  static constexpr std::array<IgnoredKey, 2> kIgnored = {{
      {"rented", "orders are of hardware to own", "Leave it out."},
      {"choose", "every order names its accelerator", "Leave it out."},
  }};
  refuse_ignored(spec, request, kIgnored, diagnostics);
  if (spec.text("budget_covers") == "all" && !spec.has("budget")) {
    diagnostics.add({spec.value("budget_covers").where, request.path + ".budget_covers",
                     "there is no budget to cover energy", "without one the orders are paid as they come",
                     "State one, such as budget: 2e9 USD."});
  }
  return policy;
}

}  // namespace

Decision place_orders_due(const PurchasePolicy& policy, const Observation& seen) {
  const auto by_date = [](const PlannedOrder& order, core::Time at) { return order.at < at; };
  const auto first = std::lower_bound(policy.orders.begin(), policy.orders.end(), seen.now, by_date);
  const auto last = std::lower_bound(first, policy.orders.end(), seen.now + core::kMillisecond, by_date);
  // What an order costs is released when it is placed.
  Decision decision{seen.released, last == policy.orders.end() ? core::Time::latest() : last->at};
  decision.first_order = static_cast<std::size_t>(first - policy.orders.begin());
  decision.last_order = static_cast<std::size_t>(last - policy.orders.begin());
  return decision;
}

void refuse_ignored(const core::Spec& spec, const PurchaseRequest& request, std::span<const IgnoredKey> keys,
                    core::Diagnostics& diagnostics) {
  for (const IgnoredKey& each : keys) {
    const core::Value& value = spec.value(each.key);
    if (value.preset || value.source_text == spec.entry->find(each.key)->preset) continue;
    diagnostics.add({value.where, request.path + '.' + each.key, each.problem, "it would be ignored", each.suggestion});
  }
}

const PurchaseEntry kOrders{
    core::Entry{
        .name = "orders",
        .summary = "Places stated orders on stated dates, inline or from a CSV file.",
        .parameters = with_common_keys(
            {
                {.name = "orders",
                 .summary =
                     "a list of {at, accelerator, count, site, unit_price, delivery, deposit, payment, retire}, or the name of a CSV "
                     "file with these columns",
                 .shape = Shape::list,
                 .family = &kOrderList},
                {.name = "retire",
                 .summary =
                     "what of the initial fleet is taken out of service early: a list of {at, accelerator, count, installed, "
                     "site}",
                 .shape = Shape::list,
                 .family = &kRetirementList},
            },
            false),
        .scope =
            "Parts, not money, are scheduled, at the price of the day, and paid when they are placed: no money waits for them. With a "
            "budget, an order that it does not cover any more is placed in part. What power, supply or price keeps from being ordered "
            "on its date is not ordered later. An order with a site takes of what is allotted to that site, then of what is "
            "allotted to none, and waits for that site alone; so does what is ordered in its place when it is cancelled. "
            "An order with terms of its own (unit_price, delivery, deposit, payment) is a contract: it is placed whole as far as the "
            "budget covers it, whatever allotments, limits of supply and expected power say, it is never cancelled, and its unit price "
            "is all-in. One from before the start is on its way: its deposit was paid before and is an asset of the first day, the "
            "rest is paid as stated. What is still owed at the end of the horizon falls due then.",
    },
    resolve};

}  // namespace fleetrace::models
