#pragma once

#include <optional>
#include <span>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "models/finance/revenue.hpp"

/// Money over time, and carbon.                                                                   docs/derivations.md 6
namespace fleetrace::models {

/// How payments and assets at different times are valued.
struct Finance {
  double discount_rate = 0;           ///< r [1/yr], annual: a payment after t years counts (1 + r)^-t
  core::Duration accounting_life;     ///< time over which books write hardware off in a straight line
  std::optional<RevenueLaw> revenue;  ///< what the fleet earns; none where it is left out
  double compute_value = 0;           ///< what a PF-day of effective compute is worth to the owner [USD]
  double interest = 0;                ///< on money that waits [1/yr], simple

  /// Whether anything comes in that a return could be worked out from.
  [[nodiscard]] bool earns() const { return revenue.has_value() || compute_value > 0; }
};

[[nodiscard]] const core::Family& finance_family();
/// `diagnostics` takes what contradicts itself.
[[nodiscard]] Finance resolve_finance(const core::Spec& spec, core::Diagnostics& diagnostics);

/// Carbon dioxide emitted by a site and by the making of its hardware.                           docs/derivations.md 6q
struct Carbon {
  double intensity = 0;  ///< emissions of electricity [kg/kWh of carbon dioxide equivalent]
  double embodied = 0;   ///< emissions of making one accelerator with its share of the server [kg]
};

[[nodiscard]] const core::Family& carbon_family();
[[nodiscard]] Carbon resolve_carbon(const core::Spec& spec);

/// (1 + r)^-t, the present value of a dollar paid after t years. `rate` must be above -1, else std::invalid_argument.
[[nodiscard]] double discount_factor(double rate, double years);

struct CashFlow {
  double years = 0;   ///< time from the start of the horizon [yr]
  double usd = 0;     ///< amount; positive when received
  bool runs = false;  ///< whether it ran up since the flow before, and was not paid at once
};
/// Net present value: the sum of usd x (1 + r)^-years. `rate` must be above -1, else std::invalid_argument.
[[nodiscard]] double net_present_value(double rate, std::span<const CashFlow> flows);

/// Capital recovery factor: what a dollar borrowed for n years at the rate r costs a year, paid at each year's end.
///   CRF = r (1 + r)^n / ((1 + r)^n - 1);  1/n at r = 0, max(r, 0) for n without end  docs/derivations.md 6b
/// `rate` must be above -1 and `years` above 0, else std::invalid_argument. Example: .250456 for r = .08, n = 5.
[[nodiscard]] double capital_recovery_factor(double rate, double years);

/// Book value of hardware at an age, as a share of its cost, under straight-line depreciation: max(0, 1 - age/life).
/// Throws std::invalid_argument for a life that is not above 0 or an age below 0.
[[nodiscard]] double straight_line_book_share(double age, double life);

/// What holding a dollar's worth of hardware costs a year when it can be sold at any time for what it is worth: the return r that
/// the money forgoes, plus what it loses, r + eta + delta [1/yr], all continuous.  Jorgenson 1963; docs/derivations.md 2o
/// eta is the decline of the price of a FLOP/s, delta that of the hardware itself. Rent at this price and buying cost the same,
/// so without friction the dates of purchases do not matter. Rates finite; else std::invalid_argument.
[[nodiscard]] double user_cost(double interest, double price_decline, double decay);

/// Rent for `years` of a dollar's worth of hardware, paid in advance, that costs as much as buying and selling it
/// afterwards: 1 - e^(-(r + eta + delta) years) [USD].
[[nodiscard]] double user_cost_in_advance(double interest, double price_decline, double decay, double years);

}  // namespace fleetrace::models
