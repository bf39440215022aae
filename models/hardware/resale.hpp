#pragma once

#include <limits>
#include <optional>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// What hardware is worth that is not new any more.                                              docs/derivations.md 2n
namespace fleetrace::models {

/// Resale value V of a used unit of q effective FLOP/s at the age a [yr], where a FLOP/s costs p new on the day of the sale:
///   V(a)/(p q) = (1 - h) (1 - a/T)^+ e^(-d a)
/// A used unit loses value twice: with the market price p, which falls by itself, and with its age.
struct ResaleLaw {
  double haircut = 0;                                     ///< h [1]: share that the trade keeps, 0 <= h < 1
  double life = std::numeric_limits<double>::infinity();  ///< T [yr]
  double decay = 0;                                       ///< d [1/yr], >= 0
  bool is_stated = false;                                 ///< whether `life` is stated, or the service life
  bool reinvested = false;                                ///< whether the proceeds are free to spend again
  bool salvaged = false;  ///< whether the value at the end of the horizon counts in the NPV

  /// V/(p q) without the haircut: the value to its owner. A type may have a service life of its own [yr], which stands in the place
  /// of the fleet's, but not in that of a stated T.
  [[nodiscard]] double worth(double age, const std::optional<double>& own_life = {}) const;
  /// V/(p q).
  [[nodiscard]] double share(double age, const std::optional<double>& own_life = {}) const {
    return (1 - haircut) * worth(age, own_life);
  }
};

/// Hand-down of hardware from training to serving at an age. It stays on its site, powered, until its life ends.
struct HandDown {
  core::Duration age;
  double credit = 0;  ///< share of its market value that serving owes training for it [1]
};

[[nodiscard]] const core::Family& resale_family();
[[nodiscard]] ResaleLaw resolve_resale(const core::Spec& spec, core::Duration lifetime);
[[nodiscard]] const core::Family& hand_down_family();
[[nodiscard]] HandDown resolve_hand_down(const core::Spec& spec);

}  // namespace fleetrace::models
