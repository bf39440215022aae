#pragma once

#include <array>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Algorithmic progress: how much more a FLOP achieves than it did at the start of the horizon.
namespace fleetrace::models {

/// The algorithmic multiplier A(t) with A(0) = 1, resolved to coefficients; t in years from the start of the horizon.
/// Effective compute is the integral of physical FLOP/s times A (MODELS.md section 0).
struct ProgressLaw {
  using Value = double (*)(const ProgressLaw&, double years);
  using Integral = double (*)(const ProgressLaw&, double from, double to);

  Value value = nullptr;
  Integral integral_of = nullptr;
  std::array<double, 4> coefficients = {};
  double cost_per_year = 0;  ///< research that keeps the law going [USD/yr]
  /// Embodied progress helps only hardware bought after it; disembodied progress helps all that is installed.
  bool embodied = false;

  /// A at `years` [1].
  [[nodiscard]] double multiplier(double years) const { return value(*this, years); }
  /// Integral of A over [from, to] [yr]; from <= to.
  [[nodiscard]] double integral(double from, double to) const { return integral_of(*this, from, to); }
};

struct ProgressEntry : core::Entry {
  ProgressLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& progress_family();
[[nodiscard]] ProgressLaw resolve_progress(const core::Spec& spec);

}  // namespace fleetrace::models
