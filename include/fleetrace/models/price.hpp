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

/// Prices that were quoted on dates, relative to the first. Between two of them the price changes at a constant rate; after the
/// last it declines by `decline`, before the first it is the first.
struct PriceQuotes {
  std::vector<double> years;  ///< since the first, ascending from 0
  std::vector<double> logs;   ///< of the price over the first
  double decline = 0;         ///< [1/yr]

  [[nodiscard]] double factor(double at) const;
};

/// How the price of an accelerator falls after the date of its price, as a factor of it; t in years since that date.
///   age:       p(t) = e^(-d t)
///   by_date:   as quoted, see PriceQuotes
///   learning:  p(t) = (Q(t)/Q(0))^(-b), b = -log2(1 - learning rate)      Wright 1936, J. Aeronaut. Sci. 3:122
/// Q is the cumulative volume, which grows as e^(g t) by itself, so that p(t) = e^(-b g t) (Sahal 1979, Technol. Forecast.
/// Soc. Change 14:17), plus the buyer's own purchases where a volume is stated.
/// Scope: a price of its own for each accelerator; nothing is learned from one for another; no floor of cost.
struct PriceLaw {
  double decline = 0;                              ///< with time alone [1/yr]: d, or b g
  double exponent = 0;                             ///< b [1], 0 <= b < 1; 0 where price falls with age
  double growth = 0;                               ///< g [1/yr], >= 0
  double volume = 0;                               ///< Q(0) [accelerators], > 0 where own purchases add to it, else 0
  std::shared_ptr<const PriceQuotes> quotes = {};  ///< where they say it; then the rest but `decline` is 0

  [[nodiscard]] bool learns_from_own() const { return volume > 0; }
  /// Price of the next one over the price at its date, after `own` purchases.
  [[nodiscard]] double factor(double years, double own = 0) const;
  /// The same summed over the next `units`, as an integral along the curve: where Q(0) = 1 and t = own = 0 it is
  /// ((1 + n)^(1-b) - 1)/(1 - b).
  [[nodiscard]] double batch(double years, double own, double units) const;
  /// The inverse: for how many units such a sum is enough.
  [[nodiscard]] double units(double years, double own, double sum) const;
};

[[nodiscard]] const core::Family& price_family();
/// The law of a hardware section with a `price` and a `price_decline`.
[[nodiscard]] PriceLaw resolve_price(const core::Spec& hardware);

/// The quotes of one accelerator in such a section.
struct QuotedPrice {
  double usd = 0;  ///< the first
  core::Time at;   ///< of the first
  std::shared_ptr<const PriceQuotes> quotes;
};
/// nullopt where none is of that accelerator. `path` is the section's.
[[nodiscard]] std::optional<QuotedPrice> resolve_quotes(const core::Spec& hardware, std::string_view accelerator,
                                                        const std::string& path, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
