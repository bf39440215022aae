#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/core/time.hpp"

namespace fleetrace::models {

/// Prices that were quoted on dates, relative to the first quote. Each holds until the next, since nobody knows that one before
/// its date; after the last one the price declines at the rate `decline`; before the first one it is that of the first.
struct PriceQuotes {
  std::vector<double> years;  ///< time of each quote since the first, ascending from 0 [yr]
  std::vector<double> logs;   ///< logarithm of each price over the first
  double decline = 0;         ///< decline after the last quote [1/yr]

  /// Price at `at` years since the first quote, over the price of the first quote.
  [[nodiscard]] double factor(double at) const;
};

/// How the price of an accelerator falls: a factor on its stated price, with t in years since the date of that price. Before
/// that date it is the stated price, t = 0.
///   age:       p(t) = e^(-d t)
///   by_date:   quoted prices, see PriceQuotes
///   learning:  p(t) = (Q(t)/Q(0))^(-b), b = -log2(1 - learning rate)      Wright 1936, J. Aeronaut. Sci. 3:122
/// Q is the cumulative volume, which grows as e^(g t) by itself, so that p(t) = e^(-b g t) (Sahal 1979, Technol. Forecast.
/// Soc. Change 14:17), plus the buyer's own purchases where a volume is stated.
/// Scope: each accelerator has a price of its own; experience with one does not lower the price of another; costs have
/// no floor.
struct PriceLaw {
  double decline = 0;   ///< decline with time alone [1/yr]: d, or b g
  double exponent = 0;  ///< b [1], 0 <= b < 1; 0 where price falls with age
  double growth = 0;    ///< g [1/yr], >= 0
  double volume = 0;    ///< Q(0) [accelerators], > 0 where own purchases add to it, else 0
  /// Quotes for by_date, where only `decline` is set besides; else null.
  std::shared_ptr<const PriceQuotes> quotes = {};

  [[nodiscard]] bool learns_from_own() const { return volume > 0; }
  /// Price of the next accelerator at t = `years`, after `own` purchases, over the stated price.
  [[nodiscard]] double factor(double years, double own = 0) const;
  /// The sum of factor() over the next n = `units` accelerators, as an integral along the curve: for Q(0) = 1 and
  /// t = own = 0 it is ((1 + n)^(1-b) - 1)/(1 - b).
  [[nodiscard]] double batch(double years, double own, double units) const;
  /// The inverse of batch(): the number of units for which `sum` is enough.
  [[nodiscard]] double units(double years, double own, double sum) const;
};

[[nodiscard]] const core::Family& price_family();
/// The law of a hardware section with a `price` and a `price_decline`.
[[nodiscard]] PriceLaw resolve_price(const core::Spec& hardware);

/// The quoted prices of one accelerator in a hardware section.
struct QuotedPrice {
  double usd = 0;  ///< price of the first quote [USD]
  core::Time at;   ///< date of the first quote
  std::shared_ptr<const PriceQuotes> quotes;
};
/// The quotes of `accelerator`, or nullopt if it has none. `path` is that of the section.
[[nodiscard]] std::optional<QuotedPrice> resolve_quotes(const core::Spec& hardware, std::string_view accelerator,
                                                        const std::string& path, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
