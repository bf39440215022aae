#pragma once

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Accelerators that are rented for fixed terms.
namespace fleetrace::models {

/// The price of renting. It is fixed when a term begins and owed to its end (take-or-pay); power is included.
struct RentalLaw {
  double rate = 0;  ///< yearly rent over the price of the same hardware new at that time [1/yr]; 0 if by `per_flops`
  double per_flops = 0;  ///< rent of a FLOP/s at the start of the horizon [USD/yr]; 0 if by `rate`
  double decline = 0;    ///< decline of `per_flops` [1/yr]
  core::Duration term;   ///< length of a term

  /// Yearly rent [USD] of a unit of `peak` FLOP/s that costs `new_usd` new, for a term that begins `years` after the start.
  [[nodiscard]] double yearly(double peak, double new_usd, double years) const;
};

[[nodiscard]] const core::Family& rental_family();

}  // namespace fleetrace::models
