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
  std::array<double, 5> coefficients = {};
  double reference_loss = 0;  ///< absolute loss at the reference compute [nats/token]; 0 where the law has no scale
  double floor = 0;           ///< irreducible part of relative loss, in [0, 1)

  /// Loss relative to the reference, in (0, 1].
  [[nodiscard]] double loss(double ratio) const { return loss_at(*this, ratio); }
  /// The inverse: the compute ratio that a relative loss in (0, 1] takes. May be infinite.
  [[nodiscard]] double ratio(double relative_loss) const { return ratio_at(*this, relative_loss); }
  /// What is left of the part of the loss that compute can remove, in [0, 1]: 1 at the reference.
  [[nodiscard]] double reducible(double relative_loss) const { return (relative_loss - floor) / (1 - floor); }
};

struct LossEntry : core::Entry {
  /// The reference compute [FLOP] places a law with an absolute scale; others ignore it.
  LossLaw (*resolve)(const core::Spec&, double reference_flop) = nullptr;
};

[[nodiscard]] const core::Family& loss_family();
[[nodiscard]] LossLaw resolve_loss(const core::Spec& spec, double reference_flop);

/// R(C) = (C/C0)^-kappa, kappa in (0, 1].                 Lu 2025, arXiv:2501.02156; Kaplan et al. 2020, arXiv:2001.08361
[[nodiscard]] LossLaw relative_loss(double kappa);

/// A term A C^-x of an absolute loss; A >= 0, x > 0, C in FLOP.
struct PowerTerm {
  double scale = 0;
  double exponent = 1;
};

/// L(C) = E + a(C) + b(C), as relative loss L(C)/L(C0). `reference_flop` > 0; the terms add up to more than zero there.
[[nodiscard]] LossLaw absolute_loss(double floor, const PowerTerm& a, const PowerTerm& b, double reference_flop);

/// L(N, D) = E + A/N^alpha + B/D^beta of a dense model of N parameters on D tokens.     Hoffmann et al. 2022, arXiv:2203.15556
struct Chinchilla {
  double floor = 0;
  double parameter_scale = 0;
  double token_scale = 0;
  double alpha = 0;
  double beta = 0;

  /// N with the lowest loss at C = 6 N D: G (C/6)^(beta/(alpha+beta)), G = (alpha A / (beta B))^(1/(alpha+beta)).
  [[nodiscard]] double optimal_parameters(double flop) const;
  [[nodiscard]] double loss(double parameters, double tokens) const;
};

/// Mean field of Lu 2025 at constant power: C(t)/C0 = 1 + (2^(gamma t) - 1) / (gamma ln 2 * 1 yr), exactly 1 + t at
/// gamma = 0. `gamma` [doublings/yr], `years` >= 0.
[[nodiscard]] double mean_field_ratio(double gamma, double years);

/// The inverse: years until C/C0 = ratio >= 1. Infinite where a negative gamma never gets there.
[[nodiscard]] double mean_field_years(double gamma, double ratio);

}  // namespace fleetrace::models
