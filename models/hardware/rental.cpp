#include "models/hardware/rental.hpp"

#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kRental{
    .name = "rental",
    .summary = "Accelerators for rent: a strategy rents with the share of its money that it calls rented.",
    .parameters =
        {
            {.name = "term",
             .summary =
                 "how long each rent runs and is owed, used or not; as long as the interval between reviews to rent by "
                 "the hour, years for a commitment",
             .dimension = Dimension::duration,
             .range = core::at_least(3.6e6),
             .required = true},
            {.name = "rate",
             .summary = "yearly rent over what the same FLOP/s cost new when the term begins; where no price is given",
             .dimension = Dimension::decline,
             .range = core::above_up_to(0, 100),
             .preset = "0.45 /yr",
             .source = "the team's assumption: 2.4 USD/h for an H100 whose all-in cost is 47 000 USD",
             .verified = false,
             .usual = core::between(0.02, 5),
             .usual_why = "45 % of the price a year are 0.45 /yr"},
            {.name = "price",
             .summary =
                 "rent of one accelerator at the start of the horizon, in the place of a rate; others in proportion to "
                 "their FLOP/s",
             .dimension = Dimension::money_rate,
             .range = core::above_up_to(0, 1e9),
             .usual = core::between(0.1 * 8766, 100 * 8766),
             .usual_why = "an accelerator rents for a few USD/h"},
            {.name = "accelerator",
             .summary = "which one a price is of; a name from the catalog, or of accelerators",
             .shape = Shape::text},
            {.name = "price_decline",
             .summary = "continuous yearly decline of a price",
             .dimension = Dimension::decline,
             .range = core::between(-10, 10),
             .preset = "0 /yr",
             .usual = core::between(-1, 2),
             .usual_why = "15 % a year are 0.15 /yr"},
        },
    .scope =
        "Rented at once and in any amount, of the kind that the strategy would buy, at a price that is fixed for the term and "
        "includes power and the site. Paid by the month; what is owed of a term beyond the horizon falls due at its end. It is "
        "out of work as often as the own hardware is on average, but no failure of it is drawn. One job runs on rented and own "
        "hardware together, and a strategy's target of power or capacity counts both. What it emits is not counted.",
};
constexpr const core::Entry* kRentalEntries[] = {&kRental};

}  // namespace

double RentalLaw::yearly(double peak, double new_usd, double years) const {
  return rate > 0 ? rate * new_usd : peak * per_flops * core::exp(-decline * years);
}

const core::Family& rental_family() {
  static constexpr core::Family kFamily{
      .name = "rental", .summary = {}, .selector = {}, .entries = kRentalEntries, .preset = {}};
  return kFamily;
}

}  // namespace fleetrace::models
