#pragma once

#include <array>
#include <memory>
#include <optional>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Loss laws: loss relative to a reference, as a function of compute relative to the reference.
namespace fleetrace::models {

class RepeatedFrontier;
struct OwnLoss;

/// A term A C^-x of a loss, A >= 0, x > 0. C is compute in FLOP for an absolute loss, and a ratio for a relative one.
struct PowerTerm {
  double scale = 0;     ///< A
  double exponent = 1;  ///< x
};

/// A loss law, resolved to coefficients. `ratio` is C/C0, the compute behind the loss over the reference compute, at
/// least 1; the loss falls as it rises. Loss is relative to that of dense training on fresh data at the reference
/// compute, without test-time compute, so that laws of just that are 1 at ratio 1. A law may also depend on time, in
/// years since the start of the horizon (see `timed`); loss falls with time, too.
struct LossLaw {
  using LossFunction = double (*)(const LossLaw&, double ratio, double years);
  using RatioFunction = double (*)(const LossLaw&, double relative_loss, double years);
  using KinkFunction = double (*)(const LossLaw&, double ratio, double years);
  using TableFunction = void (*)(LossLaw&, const LossLaw* before);

  LossFunction loss_at = nullptr;
  RatioFunction ratio_at = nullptr;
  std::array<double, 14> coefficients = {};
  /// For laws that are sums of powers, the loss is `floor` plus these terms of the ratio. For other laws the first is 0.
  std::array<PowerTerm, 2> terms = {};
  double reference_loss = 0;    ///< absolute loss at the reference compute [nats/token]; 0 where the law has no scale
  double floor = 0;             ///< irreducible part of relative loss, in [0, 1)
  double latency = 1;           ///< latency of an answer over that without test-time compute
  double test_time_worth = 1;   ///< factor on training compute that would lower the loss as much as test-time compute
  bool timed = false;           ///< whether the loss depends on time or has a kink
  KinkFunction kink = nullptr;  ///< changes sign at the only kink of the loss; nullptr where a timed law bends sharply
  double pace = 0;              ///< growth rate of what changes with time [1/yr]
  TableFunction make_table = nullptr;
  const OwnLoss* own = nullptr;                      ///< the registered model, where it is one
  std::shared_ptr<const RepeatedFrontier> frontier;  ///< table of a law with repeated data, else null

  /// Makes the table of a law that is slow without one, or shares that of `before` if it would be the same.
  void tabulate(const LossLaw* before = nullptr) {
    if (make_table != nullptr) make_table(*this, before);
  }
  /// Loss relative to the reference, above 0.
  [[nodiscard]] double loss(double ratio, double years = 0) const { return loss_at(*this, ratio, years); }
  /// The inverse of loss(): the compute ratio, at least 1, that a relative loss takes. It may be infinite.
  [[nodiscard]] double ratio(double relative_loss, double years = 0) const {
    return ratio_at(*this, relative_loss, years);
  }
  /// Whether the loss is the sum of `floor` and `terms`.
  [[nodiscard]] bool is_powers() const { return terms.front().scale > 0; }
  /// The share that is left of the loss that compute can remove, in [0, 1]: 1 at the reference, 0 at the floor.
  [[nodiscard]] double reducible(double relative_loss) const { return (relative_loss - floor) / (1 - floor); }
};

/// Time average, to 1e-14, of the loss of a sum of powers (see is_powers) over an interval in which the ratio is
/// c + b e^(g t) and does not fall: `first` at its beginning, `last` at its end, `change` = g x length >= 0 (0 for a
/// straight line). nullopt where the interval is too long for the power series below; the caller then halves it.
///   With w = g x (time from the middle) and u = tanh(w/2)/y, y = tanh(change/4), from -1 to 1,
///   C = middle (1 + p u)/(1 - y u)  and  dw = 2 y du/(1 - y^2 u^2), so that
///   mean C^-x = middle^-x y/(change/4) times the mean of f(u) = (1 + p u)^-x (1 - y u)^(x-1)/(1 + y u),
///   whose coefficients follow from f' (1 + p u)(1 - y^2 u^2) = f (-x (p + y) + ((2 - x) y - x p) y u + 2 p y^2 u^2)
/// The error of the series falls as max(|p|, y)^n with n terms, and |p| <= y where C grows no faster than A.
[[nodiscard]] std::optional<double> mean_of_powers(const LossLaw& law, double first, double last, double change);

struct LossEntry : core::Entry {
  /// `reference_flop`, the reference compute, places a law with an absolute scale; other laws ignore it.
  LossLaw (*resolve)(const core::Spec&, double reference_flop) = nullptr;
  /// Checks combinations of the law's own keys; nullptr if there is nothing to check. `path` is that of the section.
  void (*check)(const core::Spec&, const std::string& path, core::Diagnostics&) = nullptr;
};

[[nodiscard]] const core::Family& loss_family();
[[nodiscard]] LossLaw resolve_loss(const core::Spec& spec, double reference_flop);
/// A section of `entry` with its defaults, but with the fit E + A/N^alpha + B/D^beta of `spec` where both laws have a fit.
[[nodiscard]] core::Spec loss_with_fit_of(const core::Spec& spec, const core::Entry& entry);
/// Adds diagnostics for combinations that make no sense.
void check_loss(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics);

/// R(C) = (C/C0)^-kappa, kappa in (0, 1].                 Lu 2025, arXiv:2501.02156; Kaplan et al. 2020, arXiv:2001.08361
[[nodiscard]] LossLaw relative_loss(double kappa);

/// Relative loss L(C)/L(C0) of L(C) = E + a(C) + b(C) [nats/token]. C0 = `reference_flop` > 0, and L(C0) > 0.
[[nodiscard]] LossLaw absolute_loss(double floor, const PowerTerm& a, const PowerTerm& b, double reference_flop);

/// `law` with `reference_loss` [nats/token] as the absolute loss that it is relative to.
[[nodiscard]] LossLaw relative_to(LossLaw law, double reference_loss);

/// A split of compute C = 6 N D between model and data.
struct ComputeSplit {
  double parameters = 0;  ///< N
  double tokens = 0;      ///< D
  double loss = 0;        ///< loss of the trained model [nats/token]
};

/// Loss of a dense model of N parameters on D tokens [nats/token]: L(N, D) = E + A/N^alpha + B/D^beta.
///                                                                       Hoffmann et al. 2022, arXiv:2203.15556
struct Chinchilla {
  double floor = 0;            ///< E [nats/token]
  double parameter_scale = 0;  ///< A
  double token_scale = 0;      ///< B
  double alpha = 0;
  double beta = 0;

  /// The N with the lowest loss at C = 6 N D: G (C/6)^(beta/(alpha+beta)), G = (alpha A / (beta B))^(1/(alpha+beta)).
  [[nodiscard]] double optimal_parameters(double flop) const;
  [[nodiscard]] double loss(double parameters, double tokens) const;
  /// The split of `flop` with the lowest loss, a point of the compute-efficient frontier.
  [[nodiscard]] ComputeSplit frontier(double flop) const;
  /// -d ln L/d ln C along the frontier: the exponent of a plain power law fitted at that point.
  [[nodiscard]] double local_exponent(double flop) const;
};

inline constexpr Chinchilla kHoffmann{1.69, 406.4, 410.7, 0.34, 0.28};            ///< Hoffmann et al. 2022
inline constexpr Chinchilla kBesiroglu{1.8172, 482.01, 2085.43, 0.3478, 0.3658};  ///< the refit of arXiv:2404.10102

/// The split by the rule D = k N^s, data in proportion to a power s of the parameters: N = (C/(6k))^(1/(1+s)). The loss
/// is that of `fit`.     s = 1: Hoffmann et al. 2022; s = .74: Kaplan et al. 2020
[[nodiscard]] ComputeSplit ruled_split(const Chinchilla& fit, double flop, double k, double s);

/// A Chinchilla law with U unique tokens: repeated tokens, and parameters beyond what the data can use, are worth less.
///   L(N', D'),  D' = U + U RD (1 - e^(-(D/U - 1)/RD)) for D > U,  N' likewise, with RN, beyond the N that is optimal for U
///                                                                         Muennighoff et al. 2023, arXiv:2305.16264
struct RepeatedData {
  Chinchilla fit;
  double data_decay = 0;  ///< RD, repetitions after which another one is worth 1/e as much
  double parameter_decay =
      0;  ///< RN, multiples of the useful parameters after which more of them are worth 1/e as much

  /// D', the number of fresh tokens that are worth as much as `tokens` of which `unique` are unique.
  [[nodiscard]] double effective_tokens(double tokens, double unique) const;
  /// N', the number of parameters that are worth as much as `parameters`, of which some are more than the data can use.
  [[nodiscard]] double effective_parameters(double parameters, double unique) const;
  /// The N that is optimal for `unique` fresh tokens.
  [[nodiscard]] double optimal_parameters(double unique) const;
  [[nodiscard]] double loss(double parameters, double tokens, double unique) const;
  /// The split of `flop` with the lowest loss.
  [[nodiscard]] ComputeSplit best(double flop, double unique) const;
  /// The compute beyond which the best split of fresh data would take more than `unique` tokens [FLOP].
  [[nodiscard]] double wall(double unique) const;
};

/// The fit of Muennighoff et al. 2023, arXiv:2305.16264, with the digits of the authors' repository: E = e^.6254804,
/// A = e^6.255414, B = e^7.3049974.
[[nodiscard]] RepeatedData muennighoff();

/// Parameters of a dense model that is as good as a mixture of experts: N_active^(1-w) N_total^w, w = `weight`.
[[nodiscard]] double effective_parameters(double active, double total, double weight);

/// Factor on training compute that lowers the loss as much as `inference` times the compute for each answer:
/// min(inference, 10^cap)^(1/exchange). `exchange` decades of inference compute are worth one decade of training compute.
///                                                                       Villalobos and Atkinson 2023, Epoch AI
[[nodiscard]] double test_time_worth(double inference, double exchange, double cap);

/// Mean field of Lu 2025 at constant power: C(t)/C0 = 1 + (2^(gamma t) - 1) / (gamma ln 2 * 1 yr), exactly 1 + t at
/// gamma = 0. `gamma` [doublings/yr], `years` >= 0.
[[nodiscard]] double mean_field_ratio(double gamma, double years);

/// The inverse of mean_field_ratio: years until C/C0 = ratio >= 1. Infinite where a negative gamma never gets there.
[[nodiscard]] double mean_field_years(double gamma, double ratio);

}  // namespace fleetrace::models
