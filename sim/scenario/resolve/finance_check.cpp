#include "sim/scenario/resolve/finance_check.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/numeric/math.hpp"

namespace fleetrace::scenario {
namespace {

void check_discounting(const core::Spec& spec, const fleet::Horizon& horizon, core::Diagnostics& diagnostics) {
  const double factor = core::pow(1 + spec.number("discount_rate"), -horizon.years_at(horizon.end));
  if (factor < 1e200) return;
  diagnostics.add({spec.value("discount_rate").where, "finance.discount_rate",
                   "later spending would count more than 1e200-fold", "it would leave the range of numbers",
                   "Raise it or shorten the horizon."});
}

/// Prices stay within the range of numbers, whatever is how old.
void check_revenue(const core::Spec& spec, const models::RevenueLaw& law, const fleet::Plant& base,
                   const fleet::Horizon& horizon, core::Diagnostics& diagnostics) {
  if (base.market.trend && spec.has("price")) {
    diagnostics.add({spec.value("price").where, "finance.revenue.price", "the price is of accelerators",
                     "trend hardware has none", "State a compute_price, or choose hardware: catalog."});
  }
  constexpr double kMostFall = 300;
  double oldest = 0;
  for (const fleet::InitialCohort& each : base.initial)
    oldest = std::max(oldest, (horizon.start - each.installed).years());
  const double years = horizon.years_at(horizon.end) + oldest;
  if ((std::fabs(law.decline) + std::fabs(law.age_decline)) * years < kMostFall) return;
  diagnostics.add({spec.where, "finance.revenue", "the price would change by more than e^300",
                   "it would leave the range of numbers", "Lower decline and age_decline or shorten the horizon."});
}

}  // namespace

void check_finance(const core::Spec& root, const models::Finance& finance, const fleet::Plant& base,
                   const fleet::Horizon& horizon, core::Diagnostics& diagnostics) {
  const core::Spec& spec = *root.section("finance");
  check_discounting(spec, horizon, diagnostics);
  if (finance.revenue) check_revenue(*spec.section("revenue"), *finance.revenue, base, horizon, diagnostics);
}

}  // namespace fleetrace::scenario
