#include "sim/scenario/schema/actuals_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kActual{
    .name = "actuals",
    .summary =
        "What a fleet really was on a date: a row for each date, site and accelerator. A date on which accelerators were counted "
        "has all that there are, so that a type without a row had none there.",
    .parameters =
        {
            {.name = "strategy",
             .summary =
                 "whose fleet it is, or `every` for that of each strategy; may be left out where there is only one",
             .shape = Shape::text},
            {.name = "date",
             .summary =
                 "the state is that of its first instant, 00:00 UTC, as the day before left it; after the start of the "
                 "horizon and not after its end",
             .shape = Shape::date,
             .required = true},
            {.name = "site", .summary = "its name; may be left out where there is only one", .shape = Shape::text},
            {.name = "accelerator",
             .summary = "which are counted, by a name that is on sale or in the initial fleet",
             .shape = Shape::text},
            {.name = "count",
             .summary =
                 "how many of them stand on the site, whether they work or are in repair; what is rented is left out. "
                 "A type that was counted on a site is counted there on all later dates, as 0 where none is left",
             .dimension = Dimension::count,
             .range = core::between(0, 1e12)},
            {.name = "power",
             .summary =
                 "what the site draws then with its overhead, as metered: it is set beside the plan and corrects nothing. "
                 "Rows of one date and site add up",
             .dimension = Dimension::power,
             .range = core::at_least(0)},
            {.name = "spend",
             .summary =
                 "all cash out from the start of the horizon up to that date: for hardware, sites, energy, research and "
                 "rent. Rows of one date add up",
             .dimension = Dimension::money,
             .range = core::between(0, 9e12)},
            {.name = "expected",
             .summary =
                 "when those arrive that the plan has on the site by then and that are not there. Where it is left out, as long "
                 "after the date as they are overdue, a day at least",
             .shape = Shape::date},
        },
    .scope =
        "Without horizon.from the plan runs as it is, and actuals are set beside it. With it the last state up to that date is "
        "what the race goes on from: docs/capacity.md has the rules. Rented accelerators and capacity are not corrected.",
};
constexpr const core::Entry* kActuals[] = {&kActual};

}  // namespace

const core::Family& actuals_family() {
  static constexpr core::Family kFamily = core::plain_section("actuals", kActuals);
  return kFamily;
}

}  // namespace fleetrace::scenario
