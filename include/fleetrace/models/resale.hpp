#pragma once

#include <limits>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// What hardware is worth that is not new any more.                                                     MODELS.md section 2
namespace fleetrace::models {

/// Resale value of a unit, as a share of what its effective FLOP/s cost new on that day:
///   V(a)/p q = (1 - h) (1 - a/T)^+ e^(-d a)         a its age [yr]
/// The market's price p of a FLOP/s falls by itself, so a used unit loses value twice: with the market and with its age.
struct ResaleLaw {
  double haircut = 0;                                     ///< h [1]: what the trade keeps, 0 <= h < 1
  double life = std::numeric_limits<double>::infinity();  ///< T [yr]
  double decay = 0;                                       ///< d [1/yr], >= 0
  bool reinvested = false;                                ///< whether the proceeds are free to spend again
  bool salvaged = false;                                  ///< whether what is left at the horizon counts in the NPV

  /// Without the haircut: what it is worth to its owner.
  [[nodiscard]] double worth(double age) const;
  [[nodiscard]] double share(double age) const { return (1 - haircut) * worth(age); }
};

/// Hardware that leaves training for serving at an age. It stays powered and on the site until its life ends.
struct HandDown {
  core::Duration age;
  double credit = 0;  ///< share of its market value that serving owes training for it [1]
};

[[nodiscard]] const core::Family& resale_family();
[[nodiscard]] ResaleLaw resolve_resale(const core::Spec& spec, core::Duration lifetime);
[[nodiscard]] const core::Family& hand_down_family();
[[nodiscard]] HandDown resolve_hand_down(const core::Spec& spec);

}  // namespace fleetrace::models
