#pragma once

#include <array>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// What compute buys: loss relative to the reference, as a function of compute relative to the reference.
namespace fleetrace::models {

/// A loss law, resolved to coefficients. `ratio` is C/C0, the compute behind the loss over the reference compute, at
/// least 1; the loss is 1 there and falls.
struct LossLaw {
  using Function = double (*)(const LossLaw&, double);

  Function loss_at = nullptr;
  Function ratio_at = nullptr;
  std::array<double, 4> coefficients = {};

  /// Loss relative to the reference, in (0, 1].
  [[nodiscard]] double loss(double ratio) const { return loss_at(*this, ratio); }
  /// The inverse: the compute ratio that a relative loss in (0, 1] takes. May be infinite.
  [[nodiscard]] double ratio(double relative_loss) const { return ratio_at(*this, relative_loss); }
};

struct LossEntry : core::Entry {
  LossLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& loss_family();
[[nodiscard]] LossLaw resolve_loss(const core::Spec& spec);

/// R(C) = (C/C0)^-kappa, kappa in (0, 1].                 Lu 2025, arXiv:2501.02156; Kaplan et al. 2020, arXiv:2001.08361
[[nodiscard]] LossLaw relative_loss(double kappa);

/// Mean field of Lu 2025 at constant power: C(t)/C0 = 1 + (2^(gamma t) - 1) / (gamma ln 2 * 1 yr), exactly 1 + t at
/// gamma = 0. `gamma` [doublings/yr], `years` >= 0.
[[nodiscard]] double mean_field_ratio(double gamma, double years);

/// The inverse: years until C/C0 = ratio >= 1. Infinite where a negative gamma never gets there.
[[nodiscard]] double mean_field_years(double gamma, double ratio);

}  // namespace fleetrace::models
