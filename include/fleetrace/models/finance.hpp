#pragma once

#include <span>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Money over time, and carbon.                                                                         MODELS.md section 6
namespace fleetrace::models {

/// How money over time is compared.
struct Finance {
  double discount_rate = 0;        ///< r [1/yr], annual: a payment after t years counts (1 + r)^-t
  core::Duration accounting_life;  ///< over which books write hardware off in a straight line
};

[[nodiscard]] const core::Family& finance_family();
[[nodiscard]] Finance resolve_finance(const core::Spec& spec);

/// What a site emits.
struct Carbon {
  double intensity = 0;  ///< of its electricity [kg/kWh of carbon dioxide equivalent]
  double embodied = 0;   ///< of making one accelerator with its share of the server [kg]
};

[[nodiscard]] const core::Family& carbon_family();
[[nodiscard]] Carbon resolve_carbon(const core::Spec& spec);

/// (1 + r)^-t. rate above -1; else std::invalid_argument.
[[nodiscard]] double discount_factor(double rate, double years);

struct CashFlow {
  double years = 0;  ///< from the start
  double usd = 0;
};
/// Net present value: the sum of usd x (1 + r)^-years. rate above -1; else std::invalid_argument.
[[nodiscard]] double net_present_value(double rate, std::span<const CashFlow> flows);

/// Capital recovery factor: what a dollar borrowed for n years at the rate r costs a year, paid at each year's end.
///   CRF = r (1 + r)^n / ((1 + r)^n - 1);  1/n at r = 0, max(r, 0) for n without end  MODELS.md section 6
/// rate above -1, years above 0; else std::invalid_argument. r = .08, n = 5: .250456.
[[nodiscard]] double capital_recovery_factor(double rate, double years);

/// Share of its cost that a straight line leaves on the books at an age: max(0, 1 - age/life).
/// Throws std::invalid_argument for a life that is not above 0 or an age below 0.
[[nodiscard]] double straight_line_book_share(double age, double life);

/// What holding a dollar's worth of hardware costs a year when it can be sold at any time for what it is worth: the return r that
/// the money forgoes, plus what it loses, r + eta + delta [1/yr], all continuous.             Jorgenson 1963; MODELS.md section 2
/// eta is the decline of the price of a FLOP/s, delta that of the hardware itself. Rent at this price and buying cost the same,
/// so without friction the dates of purchases do not matter. Rates finite; else std::invalid_argument.
[[nodiscard]] double user_cost(double interest, double price_decline, double decay);

/// Rent of a dollar's worth of hardware for `years`, paid in advance, that costs what buying it and selling it afterwards does:
/// 1 - e^(-(r + eta + delta) years) [USD].
[[nodiscard]] double user_cost_in_advance(double interest, double price_decline, double decay, double years);

/// 1e15 FLOP/s for a day.
inline constexpr double kPetaflopDay = 8.64e19;

}  // namespace fleetrace::models
