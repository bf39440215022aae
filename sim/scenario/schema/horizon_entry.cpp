#include "sim/scenario/schema/horizon_entry.hpp"

#include "fleetrace/core/time.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

const Entry kHorizon{
    .name = "horizon",
    .summary = "When the race starts and how long it lasts.",
    .parameters = {
        {.name = "start", .summary = "first instant, 00:00 UTC", .shape = Shape::date, .required = true},
        {.name = "length",
         .summary = "how long the race lasts; nothing happens at its end or later. Either this is given or end",
         .dimension = Dimension::duration,
         .range = core::between(1, 1.5e6 * static_cast<double>(core::kYear.milliseconds())),
         .usual = core::between(static_cast<double>(core::kDay.milliseconds()),
                                100 * static_cast<double>(core::kYear.milliseconds()))},
        {.name = "end",
         .summary =
             "the first date that no longer belongs to the race, in place of its length: 2031-01-01 ends five whole "
             "years that start with 2026-01-01, where 5 yr are 1826.25 days",
         .shape = Shape::date},
        {.name = "from",
         .summary =
             "where the race branches off its plan: periods of --by begin there, and with actuals the last state up to then is what "
             "it goes on from. The plan as a whole where it is left out",
         .shape = Shape::date},
        {.name = "sample_every",
         .summary = "interval of the series, on which no figure depends; a 96th of the length where it is left out",
         .dimension = Dimension::duration,
         .range = core::at_least(1)},
    }};
constexpr const Entry* kHorizonEntries[] = {&kHorizon};
constexpr Family kHorizonFamily = core::plain_section("horizon", kHorizonEntries);

}  // namespace

const core::Family& horizon_family() { return kHorizonFamily; }

}  // namespace fleetrace::scenario
