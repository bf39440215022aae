#include "models/finance/revenue.hpp"

#include <string>

#include "fleetrace/core/time.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kRevenue{
    .name = "revenue",
    .summary = "What the fleet earns with what it does, at a price of accelerator-hours or of compute.",
    .parameters =
        {
            {.name = "price",
             .summary = "of an accelerator that works, at the start; this or compute_price",
             .dimension = Dimension::money_rate,
             .range = core::above_up_to(0, 1e9),
             .usual = core::between(0.1 * 8766, 100 * 8766),
             .usual_why = "an accelerator rents for a few USD/h"},
            {.name = "compute_price",
             .summary =
                 "of useful compute, at the start, in the place of a price of accelerators: peak FLOP/s x MFU x time, "
                 "without algorithmic progress",
             .dimension = Dimension::compute_price,
             .range = core::above_up_to(0, 1e12),
             .usual = core::between(1, 1e4),
             .usual_why = "2.5 USD an hour of an H100 at an MFU of 0.4 are some 150 USD/PF-day"},
            {.name = "decline",
             .summary = "continuous yearly decline of the price",
             .dimension = Dimension::decline,
             .range = core::between(-10, 10),
             .preset = "0 /yr",
             .usual = core::between(-1, 2),
             .usual_why = "15 % a year are 0.15 /yr"},
            {.name = "age_decline",
             .summary =
                 "continuous yearly decline of the price with the age of the hardware since it was installed, beside that",
             .dimension = Dimension::decline,
             .range = core::between(-10, 10),
             .preset = "0 /yr",
             .usual = core::between(-1, 2),
             .usual_why = "15 % a year are 0.15 /yr"},
            {.name = "on",
             .summary =
                 "what earns: what trains, what serves (operations.hand_down and the share of operations.shares), or both",
             .shape = Shape::choice,
             .preset = "both",
             .choices = {"both", "training", "serving"}},
            {.name = "sold",
             .summary = "share of what earns that is sold; of serving, a demand says it where the scenario states one",
             .range = core::above_up_to(0, 1),
             .why = "nobody sells more than there is",
             .preset = "1"},
        },
    .scope =
        "p(t, age) = p0 e^(-decline t - age_decline age). Accelerators earn by the hour while they work: in service or serving, "
        "not in repair, standing by or waiting; where failures act as a factor, by their availability. What trains earns as far as "
        "it belongs to a run, by the hour also while a job restarts, by compute as far as compute is useful. Where the scenario has a "
        "demand, serving earns in proportion to the load that it carries. Rented hardware earns like one's own. Integrated exactly "
        "between events, booked by the month and paid to the owner: it buys nothing. No taxes, no bad debts, no price that answers "
        "to how much is sold.",
};
constexpr const core::Entry* kRevenueEntries[] = {&kRevenue};

}  // namespace

double RevenueLaw::weight(double born) const { return age_decline == 0 ? 1 : core::exp(age_decline * born); }

double RevenueLaw::seconds(double from, double to) const {
  const double begin = pace() == 0 ? 1 : core::exp(-pace() * from);
  return begin * core::integral_of_exp(-pace(), to - from) * core::kYear.seconds();
}

const core::Family& revenue_family() {
  static constexpr core::Family kFamily{
      .name = "revenue", .summary = {}, .selector = {}, .entries = kRevenueEntries, .preset = {}};
  return kFamily;
}

RevenueLaw resolve_revenue(const core::Spec& spec, std::string_view path, core::Diagnostics& diagnostics) {
  RevenueLaw law;
  const bool has_price = spec.has("price");
  const bool has_compute_price = spec.has("compute_price");
  if (has_price == has_compute_price) {
    const core::Location where = has_price ? spec.value("compute_price").where : spec.where;
    diagnostics.add({where, std::string(path),
                     has_price ? "there are two prices, of accelerators and of compute" : "there is no price",
                     "revenue is one or the other",
                     has_price ? "Leave out price or compute_price."
                               : "Add one, such as price: 2.5 USD/h or compute_price: 60 USD/PF-day."});
  }
  if (has_price) law.usd_per_accelerator_second = spec.number("price") / core::kYear.seconds();
  if (has_compute_price) law.usd_per_flop = spec.number("compute_price") / kPetaflopDay;
  law.decline = spec.number("decline");
  law.age_decline = spec.number("age_decline");
  const std::string on = spec.text("on");
  law.by_training = on != "serving";
  law.by_serving = on != "training";
  law.sold = spec.number("sold");
  return law;
}

}  // namespace fleetrace::models
