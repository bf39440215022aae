#pragma once

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Accelerators of someone else, by the term.
namespace fleetrace::models {

/// What a term costs. The price is fixed when the term begins and owed to its end (take-or-pay); power is included.
struct RentalLaw {
  double rate = 0;       ///< yearly rent over what the same FLOP/s cost new then [1/yr]; 0 where `per_flops` says it
  double per_flops = 0;  ///< rent of a FLOP/s at the start of the horizon [USD/yr]
  double decline = 0;    ///< of `per_flops` [1/yr]
  core::Duration term;   ///< of each rent

  /// Yearly rent of a unit of `peak` FLOP/s whose new price is `new_usd`, for a term that begins `years` after the start [USD].
  [[nodiscard]] double yearly(double peak, double new_usd, double years) const;
};

[[nodiscard]] const core::Family& rental_family();

}  // namespace fleetrace::models
