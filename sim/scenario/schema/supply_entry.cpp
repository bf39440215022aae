#include "sim/scenario/schema/supply_entry.hpp"

#include "fleetrace/core/time.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

const Entry kProduction{
    .name = "production",
    .summary = "What each accelerator's maker can make for one strategy; orders queue, first come first served.",
    .parameters = {
        {.name = "rate",
         .summary = "accelerators of each type a year, at full production",
         .dimension = Dimension::count_rate,
         .range = core::above(0),
         .required = true,
         .unbounded = "unlimited"},
        {.name = "ramp",
         .summary =
             "time from a type's release until half of that rate is reached, on a logistic curve: 2 % at the release, 98 % "
             "after twice the time",
         .dimension = Dimension::duration,
         .range = core::at_least(0),
         .preset = "0 days"},
        {.name = "shipped_every",
         .summary = "what is made of an order in this time is shipped together, when the last of it is made",
         .dimension = Dimension::duration,
         .range = core::at_least(3.6e6),
         .preset = "7 days",
         .source = "the team's assumption",
         .verified = false},
    }};
constexpr const Entry* kProductionEntries[] = {&kProduction};
constexpr Family kProductionFamily = core::plain_section("production", kProductionEntries);

const Entry kAllocation{
    .name = "allocation",
    .summary = "So many accelerators of a type that may be ordered from a date on, in all.",
    .parameters = {
        {.name = "accelerator", .summary = "which, by its name on sale", .shape = Shape::text, .required = true},
        {.name = "count",
         .summary = "how many more",
         .dimension = Dimension::count,
         .range = core::between(0, 1e12),
         .required = true},
        {.name = "from",
         .summary = "a date, or a duration from the start of the horizon, which is meant where it is left out",
         .shape = Shape::instant,
         .dimension = Dimension::duration,
         .range = core::at_least(0)},
        {.name = "site",
         .summary = "the only one that they may be installed on; any of the buyer's where it is left out",
         .shape = Shape::text},
    }};
constexpr const Entry* kAllocationEntries[] = {&kAllocation};
constexpr Family kAllocationFamily = core::plain_section("allocation", kAllocationEntries);

const Entry kCancellation{
    .name = "cancel",
    .summary = "When a better accelerator comes out, orders that its maker still has are cancelled for it.",
    .parameters = {
        {.name = "fee",
         .summary = "share of the price that is not paid back",
         .range = {0, 1, false, true},
         .required = true},
    }};
constexpr const Entry* kCancellationEntries[] = {&kCancellation};
constexpr Family kCancellationFamily = core::plain_section("cancel", kCancellationEntries);

const Entry kSupply{
    .name = "supply",
    .summary = "How orders are delivered.",
    .parameters =
        {
            {.name = "lead_time",
             .summary = "from order to delivery, or its mean where it varies",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .preset = "0 days",
             .usual = core::between(0, 5 * static_cast<double>(core::kYear.milliseconds()))},
            {.name = "lead_time_variation",
             .summary = "standard deviation over mean of the lead time, which then follows a Gamma law; drawn for each "
                        "order by its date and accelerator, so that strategies which order the same on the same day "
                        "wait equally long",
             .range = core::between(0, 3),
             .preset = "0"},
            {.name = "transit",
             .summary = "the last part of the lead time, on the way",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .preset = "0 days"},
            {.name = "yearly_limit",
             .summary =
                 "accelerators that can be ordered in each year of the horizon; what makes no whole lot of it counts in the next",
             .dimension = Dimension::count_rate,
             .range = core::at_least(0),
             .preset = "unlimited",
             .unbounded = "unlimited"},
            {.name = "lot",
             .summary = "accelerators are ordered in multiples of so many",
             .dimension = Dimension::count,
             .range = core::between(1, 1e9),
             .preset = "1"},
            {.name = "order_cost",
             .summary = "cost of each order beside its hardware, whatever its size; hardware money pays for it",
             .dimension = Dimension::money,
             .range = core::between(0, 9e12),
             .preset = "0 USD"},
            {.name = "allocations",
             .summary =
                 "how many of each accelerator may be ordered: a list of {accelerator, count, from, site}, or the name of a "
                 "CSV file with these columns; any number of those that are not named",
             .shape = Shape::list,
             .family = &kAllocationFamily},
            {.name = "cancel",
             .summary = "orders that a better accelerator makes obsolete; none is cancelled where it is left out",
             .shape = Shape::section,
             .family = &kCancellationFamily},
            {.name = "production",
             .summary = "how fast accelerators are made; unlimited where it is left out",
             .shape = Shape::section,
             .family = &kProductionFamily},
        },
    .scope =
        "An order is paid when it is placed. What its maker has not sent off yet is cancelled, where cancel says so, on the day on "
        "which an accelerator comes out of which the refund buys more FLOP/s than the order has; that is ordered with it at once, "
        "and waits a lead time anew. The maker's slots are lost, not given to later orders. Allocations add up: what is not "
        "ordered in time stays, and where one type's is used up, the next best is bought. What is allotted to a site is ordered "
        "for it, as far as it will have room, before what is allotted to none, in the order of the strategy's sites; each is an "
        "order of its own. With limited production it joins the "
        "queue of its accelerator type, which holds this strategy's orders alone: what others order is part "
        "of the rate. What is not ordered is not made, so nothing is stored up for a later order. The lead "
        "time counts from when an accelerator is made. Random lead times of different orders are "
        "independent, so a later order may arrive first; strategies know their mean, and reserve energy as if "
        "an order could arrive at once."};
constexpr const Entry* kSupplyEntries[] = {&kSupply};

}  // namespace

const Family& supply_family() {
  static constexpr Family kFamily = core::plain_section("supply", kSupplyEntries);
  return kFamily;
}

}  // namespace fleetrace::scenario
