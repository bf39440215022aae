#pragma once

#include <optional>
#include <span>

#include "models/finance/finance.hpp"

/// The rate of return of a series of payments, and when it has paid back.                     docs/derivations.md 6k to 6m
namespace fleetrace::models {

struct RateOfReturn {
  /// r with a net present value of 0 [1/yr], where it is certain that none other lies above it; else none.
  std::optional<double> rate;
  /// How often the payments, by time and those of one date together, change direction. Without any there is no rate of return,
  /// with one there is no other; with more there may be several.
  int sign_changes = 0;
};

/// Of payments by time. A rate is given where the partial sums of the payments, discounted at some rate down to -99.99 %, change
/// sign once: then exactly one rate of return lies above that rate (Laguerre 1883; at a rate of 0, Norstrom 1972).
[[nodiscard]] RateOfReturn rate_of_return(std::span<const CashFlow> flows);

/// The time [yr] from which the sum of all payments so far, each discounted at `rate`, is never below 0 again; 0 where it never
/// was, none where it still is in the end. A payment that ran up is spread evenly over the time since the one before.
[[nodiscard]] std::optional<double> payback_years(std::span<const CashFlow> flows, double rate);

}  // namespace fleetrace::models
