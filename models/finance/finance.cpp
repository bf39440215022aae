#include "models/finance/finance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/finance/revenue.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

using core::Dimension;
using core::Shape;

const core::Entry kFinance{
    .name = "finance",
    .summary = "How money over time is compared.",
    .parameters =
        {
            {.name = "discount_rate",
             .summary = "yearly rate at which later money counts less",
             .range = core::between(-0.5, 10),
             .preset = "0",
             .usual = core::between(-0.1, 0.5),
             .usual_why = "9 % a year is 0.09"},
            {.name = "accounting_life",
             .summary = "over which the books write hardware off in a straight line; apart from its service life",
             .dimension = Dimension::duration,
             .range = core::at_least(8.64e7),
             .preset = "6 yr",
             .source =
                 "Microsoft and Alphabet, annual reports (10-K): servers over 6 years; Meta 5.5, Amazon 5 for some",
             .unbounded = "unlimited"},
            {.name = "revenue",
             .summary =
                 "what the fleet earns; nothing where it is left out, and the net present value counts costs alone",
             .shape = Shape::section,
             .family = &revenue_family()},
            {.name = "compute_value",
             .summary =
                 "what a PF-day of effective compute is worth to its owner, which is no cash; algorithmic progress counts",
             .dimension = Dimension::compute_price,
             .range = core::between(0, 1e12),
             .preset = "0 USD/PF-day",
             .usual = core::between(0, 1e4),
             .usual_why = "a PF-day costs some 100 USD"},
            {.name = "interest",
             .summary = "simple yearly interest on released money that waits to be spent, paid out by the month",
             .dimension = Dimension::decline,
             .range = core::between(-0.5, 1),
             .preset = "0 /yr",
             .usual = core::between(-0.01, 0.2),
             .usual_why = "4 % a year are 0.04 /yr"},
        },
    .scope =
        "Cash is booked exactly, by the month, and discounted to the start of the horizon. Without revenue and compute_value nothing "
        "earns, and the net present value is minus what the fleet costs, less what it fetches and what is left of it. With them "
        "there are a rate of return and payback times, too: what stands there at the start costs nothing in them, what is left at "
        "the end counts in the rate of return and not in payback. Where money changes direction several times, a rate of return is "
        "given only where no other can lie above it. The discount rate is what unspent money would earn elsewhere, so state interest only "
        "where released money waits in an account of the plan. Nominal money, one rate, no tax, no debt. Accounting depreciation is a straight line from the day on which hardware is in place, with power "
        "or without (of lots that wait together, the first); what is on its way is on the books at its price. Economic "
        "depreciation is the loss of market value; neither is cash.",
};
constexpr const core::Entry* kFinanceEntries[] = {&kFinance};

const core::Entry kCarbon{
    .name = "carbon",
    .summary = "What the site emits: with its electricity, and in making what stands there.",
    .parameters =
        {
            {.name = "intensity",
             .summary = "carbon dioxide equivalent of the electricity",
             .dimension = Dimension::carbon_intensity,
             .range = core::between(0, 10),
             .preset = "0.458 kg/kWh",
             .source = "world average of 2025 over the life cycle; Ember and Our World in Data 2026",
             .verified = false,
             .usual = core::between(1e-3, 2)},
            {.name = "embodied",
             .summary = "carbon dioxide equivalent of making one accelerator with its share of the server",
             .dimension = Dimension::mass,
             .range = core::between(0, 1e6),
             .preset = "250 kg",
             .source =
                 "the team's assumption; NVIDIA's product footprint of an HGX H100 board is 164 kg an accelerator",
             .verified = false},
        },
    .scope =
        "Averages of a year: neither hours nor what one more load makes others emit. On location and not on certificates. "
        "Embodied carbon counts what is bought, wherever it goes at the figure of the first site, not "
        "what stood there before or is rented, and nothing of buildings, networks or capacity without devices. Rented hardware "
        "draws its power elsewhere, so its emissions are not in the figure.",
};
constexpr const core::Entry* kCarbonEntries[] = {&kCarbon};

void require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

}  // namespace

const core::Family& finance_family() {
  static constexpr core::Family kFamily = core::plain_section("finance", kFinanceEntries);
  return kFamily;
}

Finance resolve_finance(const core::Spec& spec, core::Diagnostics& diagnostics) {
  Finance finance;
  finance.discount_rate = spec.number("discount_rate");
  finance.accounting_life = spec.duration("accounting_life");
  if (const core::Spec* revenue = spec.section("revenue"))
    finance.revenue = resolve_revenue(*revenue, "finance.revenue", diagnostics);
  finance.compute_value = spec.number("compute_value");
  finance.interest = spec.number("interest");
  return finance;
}

const core::Family& carbon_family() {
  static constexpr core::Family kFamily = core::plain_section("carbon", kCarbonEntries, "intensity");
  return kFamily;
}

Carbon resolve_carbon(const core::Spec& spec) { return {spec.number("intensity"), spec.number("embodied")}; }

double discount_factor(double rate, double years) {
  require(rate > -1 && std::isfinite(rate), "the rate must be above -1 and finite");
  return rate == 0 ? 1 : core::pow(1 + rate, -years);
}

double net_present_value(double rate, std::span<const CashFlow> flows) {
  double value = 0;
  for (const CashFlow& flow : flows) value += flow.usd * discount_factor(rate, flow.years);
  return value;
}

double capital_recovery_factor(double rate, double years) {
  require(rate > -1 && std::isfinite(rate), "the rate must be above -1 and finite");
  require(years > 0, "the years must be above 0");
  if (std::isinf(years)) return std::max(rate, 0.0);
  const double log_growth = core::log1p(rate);
  return rate == 0 ? 1 / years : rate / -core::expm1(-years * log_growth);
}

double straight_line_book_share(double age, double life) {
  require(life > 0, "the life must be above 0");
  require(age >= 0, "the age must be at least 0");
  return std::isinf(life) ? 1 : std::max(0.0, 1 - age / life);
}

double user_cost(double interest, double price_decline, double decay) {
  const double cost = interest + price_decline + decay;
  require(std::isfinite(cost), "rates must be finite");
  return cost;
}

double user_cost_in_advance(double interest, double price_decline, double decay, double years) {
  require(years >= 0, "the years must be at least 0");
  return -core::expm1(-user_cost(interest, price_decline, decay) * years);
}

}  // namespace fleetrace::models
