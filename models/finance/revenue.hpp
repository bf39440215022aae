#pragma once

#include <string_view>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// What a fleet earns with what it does.                                                        docs/derivations.md 6h
namespace fleetrace::models {

/// Compute of 1e15 FLOP/s for one day [FLOP].
inline constexpr double kPetaflopDay = 8.64e19;

/// A price of accelerator-hours or of useful compute that falls with time and with the age of what earns it:
///   p(t, age) = p0 e^(-decline t - age_decline age)
struct RevenueLaw {
  double usd_per_accelerator_second = 0;  ///< p0 of accelerators that work, where it is not of compute [USD/s]
  double usd_per_flop = 0;                ///< p0 of useful compute; 0 where it is of accelerators [USD/FLOP]
  double decline = 0;                     ///< with time [1/yr]
  double age_decline = 0;                 ///< with the age of the hardware, beside that [1/yr]
  bool by_training = true;                ///< whether what trains earns
  bool by_serving = true;                 ///< whether what serves earns
  double sold = 1;                        ///< share of it that is sold, where no demand says

  [[nodiscard]] bool is_by_compute() const { return usd_per_flop > 0; }
  /// How fast the price of one and the same accelerator falls [1/yr].
  [[nodiscard]] double pace() const { return decline + age_decline; }
  /// What hardware earns that was new `born` years after the start, over what hardware earns that was new at the start.
  [[nodiscard]] double weight(double born) const;
  /// The integral of e^(-pace t) between two times [yr], in seconds.
  [[nodiscard]] double seconds(double from, double to) const;
};

[[nodiscard]] const core::Family& revenue_family();
/// What is wrong with it is said at `path`, which is "finance.revenue".
[[nodiscard]] RevenueLaw resolve_revenue(const core::Spec& spec, std::string_view path, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
