#pragma once

#include <array>
#include <memory>
#include <optional>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// What compute buys: loss relative to the reference, as a function of compute relative to the reference.
namespace fleetrace::models {

class RepeatedFrontier;

/// A term A C^-x: of an absolute loss A >= 0, x > 0, C in FLOP; of a relative one C is a ratio.
struct PowerTerm {
  double scale = 0;
  double exponent = 1;
};

/// A loss law, resolved to coefficients. `ratio` is C/C0, the compute behind the loss over the reference compute, at
/// least 1; the loss falls with it. What is relative to is the loss of dense training on fresh data at the reference compute,
/// without test-time compute: laws of just that are 1 at ratio 1. Time enters as years since the start of the horizon, where
/// a law is `timed`, and loss falls with it, too.
struct LossLaw {
  using LossFunction = double (*)(const LossLaw&, double ratio, double years);
  using RatioFunction = double (*)(const LossLaw&, double relative_loss, double years);
  using KinkFunction = double (*)(const LossLaw&, double ratio, double years);
  using TableFunction = void (*)(LossLaw&, const LossLaw* before);

  LossFunction loss_at = nullptr;
  RatioFunction ratio_at = nullptr;
  std::array<double, 14> coefficients = {};
  /// Of laws that are powers of the ratio: the loss is `floor` and these. The first is 0 where a law is something else.
  std::array<PowerTerm, 2> terms = {};
  double reference_loss = 0;   ///< absolute loss at the reference compute [nats/token]; 0 where the law has no scale
  double floor = 0;            ///< irreducible part of relative loss, in [0, 1)
  double latency = 1;          ///< of an answer, over that without test-time compute
  double test_time_worth = 1;  ///< training compute that test-time compute stands for
  bool timed = false;          ///< whether time enters, or the loss has a kink
  KinkFunction kink =
      nullptr;      ///< changes sign where the loss has its one kink; nullptr where a timed law bends sharply
  double pace = 0;  ///< of what time changes [1/yr]
  TableFunction make_table = nullptr;
  std::shared_ptr<const RepeatedFrontier> frontier;  ///< where data are repeated and it was tabulated

  /// Makes the table of a law that has one and is slow without, or shares that of a law with the same.
  void tabulate(const LossLaw* before = nullptr) {
    if (make_table != nullptr) make_table(*this, before);
  }
  /// Loss relative to the reference, above 0.
  [[nodiscard]] double loss(double ratio, double years = 0) const { return loss_at(*this, ratio, years); }
  /// The inverse: the compute ratio of at least 1 that a relative loss takes. May be infinite.
  [[nodiscard]] double ratio(double relative_loss, double years = 0) const {
    return ratio_at(*this, relative_loss, years);
  }
  /// Whether it is `floor` and `terms` alone.
  [[nodiscard]] bool is_powers() const { return terms.front().scale > 0; }
  /// What is left of the part of the loss that compute can remove, in [0, 1]: 1 at the reference.
  [[nodiscard]] double reducible(double relative_loss) const { return (relative_loss - floor) / (1 - floor); }
};

/// Time average of a law of powers over an interval in which the ratio is c + b e^(g t) and does not fall: `first` at its
/// beginning, `last` at its end, `change` = g x length >= 0 (0 for a straight line). To 1e-14; nullopt where the interval is
/// too long for the power series below, which then is to be halved.
///   With w = g x (time from the middle) and u = tanh(w/2)/y, y = tanh(change/4), from -1 to 1,
///   C = middle (1 + p u)/(1 - y u)  and  dw = 2 y du/(1 - y^2 u^2), so that
///   mean C^-x = middle^-x y/(change/4) times the mean of f(u) = (1 + p u)^-x (1 - y u)^(x-1)/(1 + y u),
///   whose coefficients follow from f' (1 + p u)(1 - y^2 u^2) = f (-x (p + y) + ((2 - x) y - x p) y u + 2 p y^2 u^2)
/// It converges as 1/max(|p|, y) to the power of the number of terms, and |p| is no more than y where C grows no faster than A.
[[nodiscard]] std::optional<double> mean_of_powers(const LossLaw& law, double first, double last, double change);

struct LossEntry : core::Entry {
  /// The reference compute [FLOP] places a law with an absolute scale; others ignore it.
  LossLaw (*resolve)(const core::Spec&, double reference_flop) = nullptr;
  /// Combinations of the law's own keys, where there are any; the path is that of the section.
  void (*check)(const core::Spec&, const std::string& path, core::Diagnostics&) = nullptr;
};

[[nodiscard]] const core::Family& loss_family();
[[nodiscard]] LossLaw resolve_loss(const core::Spec& spec, double reference_flop);
/// `entry` with its defaults, but with the fit E + A/N^alpha + B/D^beta of `spec` where both laws have one.
[[nodiscard]] core::Spec loss_with_fit_of(const core::Spec& spec, const core::Entry& entry);
/// Adds diagnostics for combinations that make no sense.
void check_loss(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics);

/// R(C) = (C/C0)^-kappa, kappa in (0, 1].                 Lu 2025, arXiv:2501.02156; Kaplan et al. 2020, arXiv:2001.08361
[[nodiscard]] LossLaw relative_loss(double kappa);

/// L(C) = E + a(C) + b(C), as relative loss L(C)/L(C0). `reference_flop` > 0; the terms add up to more than zero there.
[[nodiscard]] LossLaw absolute_loss(double floor, const PowerTerm& a, const PowerTerm& b, double reference_flop);

/// `law` with another loss as the one it is relative to [nats/token].
[[nodiscard]] LossLaw relative_to(LossLaw law, double reference_loss);

/// How compute is split between model and data: N parameters on D tokens, C = 6 N D, and the loss [nats/token].
struct Allocation {
  double parameters = 0;
  double tokens = 0;
  double loss = 0;
};

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
  /// The point of the compute-efficient frontier at `flop`: no other split of it has a lower loss.
  [[nodiscard]] Allocation frontier(double flop) const;
  /// -d ln L/d ln C along the frontier: what a plain power law fitted there would have for its exponent.
  [[nodiscard]] double local_exponent(double flop) const;
};

inline constexpr Chinchilla kHoffmann{1.69, 406.4, 410.7, 0.34, 0.28};            ///< Hoffmann et al. 2022
inline constexpr Chinchilla kBesiroglu{1.8172, 482.01, 2085.43, 0.3478, 0.3658};  ///< arXiv:2404.10102, the refit

/// N = (C/(6k))^(1/(1+s)), D = k N^s: data in proportion to a power s of the parameters, k tokens for one parameter. The loss
/// is that of `fit`.     s = 1 Hoffmann et al. 2022; .74 Kaplan et al. 2020
[[nodiscard]] Allocation ruled_allocation(const Chinchilla& fit, double flop, double k, double s);

/// A Chinchilla law on so much unique data: what is repeated, and parameters beyond what the data can use, are worth less.
///   D' = U + U RD (1 - e^(-(D/U - 1)/RD)) for D > U, and N' likewise beyond the N that is optimal for U tokens
///                                                                         Muennighoff et al. 2023, arXiv:2305.16264
struct RepeatedData {
  Chinchilla fit;
  double data_decay = 0;       ///< RD
  double parameter_decay = 0;  ///< RN

  /// What D tokens are worth where U are unique.
  [[nodiscard]] double effective_tokens(double tokens, double unique) const;
  [[nodiscard]] double effective_parameters(double parameters, double unique) const;
  /// The N that is optimal for so many fresh tokens.
  [[nodiscard]] double optimal_parameters(double unique) const;
  [[nodiscard]] double loss(double parameters, double tokens, double unique) const;
  /// The split of `flop` with the lowest loss.
  [[nodiscard]] Allocation best(double flop, double unique) const;
  /// The compute from which its optimum takes more tokens than there are.
  [[nodiscard]] double wall(double unique) const;
};

/// Muennighoff et al. 2023, arXiv:2305.16264, as in the authors' repository: E, A and B are e^.6254804, e^6.255414, e^7.3049974.
[[nodiscard]] RepeatedData muennighoff();

/// Parameters of a dense model as good as a mixture of experts: N_active^(1-w) N_total^w.
[[nodiscard]] double effective_parameters(double active, double total, double weight);

/// Training compute that `inference` times the compute of an answer stands for: min(inference, 10^cap)^(1/exchange).
/// `exchange` are the decades of inference that one decade of training takes.     Villalobos and Atkinson 2023, Epoch AI
[[nodiscard]] double test_time_worth(double inference, double exchange, double cap);

/// Mean field of Lu 2025 at constant power: C(t)/C0 = 1 + (2^(gamma t) - 1) / (gamma ln 2 * 1 yr), exactly 1 + t at
/// gamma = 0. `gamma` [doublings/yr], `years` >= 0.
[[nodiscard]] double mean_field_ratio(double gamma, double years);

/// The inverse: years until C/C0 = ratio >= 1. Infinite where a negative gamma never gets there.
[[nodiscard]] double mean_field_years(double gamma, double ratio);

}  // namespace fleetrace::models
