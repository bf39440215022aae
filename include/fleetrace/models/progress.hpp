#pragma once

#include <array>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/random.hpp"
#include "fleetrace/core/spec.hpp"

/// Algorithmic progress: how much more a FLOP achieves than it did at the start of the horizon.
namespace fleetrace::models {

/// The algorithmic multiplier A(t) with A(0) = 1, resolved to coefficients; t in years from the start of the horizon.
/// Effective compute is the integral of physical FLOP/s times A (MODELS.md section 0).
///
/// A law may change on its way: by itself, at random dates (`wait`, `jump`), or with what research gets (`fund`). Each
/// change gives a new law that holds from then on; between changes it is smooth.
struct ProgressLaw {
  using Value = double (*)(const ProgressLaw&, double years);
  using Integral = double (*)(const ProgressLaw&, double from, double to);
  using Wait = double (*)(const ProgressLaw&, core::Stream&);
  using Jump = void (*)(ProgressLaw&, core::Stream&);
  using Rate = double (*)(const ProgressLaw&, double years);
  using Fund = void (*)(ProgressLaw&, double years, double input);

  Value value = nullptr;
  Integral integral_of = nullptr;
  Rate rate = nullptr;  ///< expected growth, d ln E[A] / dt, from what is known then; nullptr for none
  Wait wait = nullptr;  ///< years until the next jump; nullptr where there are none
  Jump jump = nullptr;
  Fund fund = nullptr;  ///< a new research input from `years` on; nullptr where progress does not depend on research
  std::array<double, 6> coefficients = {};
  double cost_per_year = 0;    ///< research that keeps the law going [USD/yr]
  double fleet_share = 0;      ///< share of the fleet that does research instead of training
  double reference_cost = 1;   ///< research spending that counts as one unit of input [USD/yr]
  double reference_share = 1;  ///< share of the reference fleet that counts as one unit of input
  /// Embodied progress helps only hardware bought after it; disembodied progress helps all that is installed.
  bool embodied = false;

  /// A at `years` [1].
  [[nodiscard]] double multiplier(double years) const { return value(*this, years); }
  /// Expected growth of A at `years` [1/yr], jumps that may come included.
  [[nodiscard]] double expected_growth(double years) const { return rate == nullptr ? 0 : rate(*this, years); }
  /// Integral of A over [from, to] [yr]; from <= to.
  [[nodiscard]] double integral(double from, double to) const { return integral_of(*this, from, to); }
};

struct ProgressEntry : core::Entry {
  ProgressLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& progress_family();
[[nodiscard]] ProgressLaw resolve_progress(const core::Spec& spec);

}  // namespace fleetrace::models
