#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/random.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/core/time.hpp"

/// Algorithmic progress: how much more a FLOP achieves than it did at the start of the horizon.
namespace fleetrace::models {

/// The algorithmic multiplier A(t) with A(0) = 1, resolved to coefficients; t in years from the start of the horizon.
/// Effective compute is the integral of physical FLOP/s times A (MODELS.md section 0).
///
/// A law may change on its way: by itself, at random dates (`wait`, `jump`), or with what research gets (`fund`). Each
/// change gives a new law that holds from then on; between changes it is smooth.
///
/// What a model gives is B(t); adoptions multiply it and a limit bends it, in this order:
///   P(t) = B(t) e^(log_level + growth (t - since))         the adoptions so far
///   A(t) = A_max^(1 - P(t)^(-1 / ln A_max))          solves d ln A = d ln P (ln A_max - ln A)/ln A_max, A(0) = 1
/// The latter is the ceiling of Davidson 2023 (full takeoff model, _update_rnd), for any P.
struct ProgressLaw {
  using Value = double (*)(const ProgressLaw&, double years);
  using Integral = double (*)(const ProgressLaw&, double from, double to);
  using Wait = double (*)(const ProgressLaw&, core::Stream&);
  using Jump = void (*)(ProgressLaw&, core::Stream&);
  using Rate = double (*)(const ProgressLaw&, double years);
  using Fund = void (*)(ProgressLaw&, double years, double input);

  Value value = nullptr;
  std::optional<double> steady;  ///< growth of B [nat/yr], of models that keep it until something changes
  Value log_value = nullptr;     ///< ln B, of models that have it without a logarithm
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
  bool is_plain = true;  ///< no adoption so far, and no limit: A = B
  double log_level = 0;
  double growth = 0;  ///< [nat/yr]
  double since = 0;
  double log_limit = std::numeric_limits<double>::infinity();  ///< ln A_max

  /// A at `years` [1].
  [[nodiscard]] double multiplier(double years) const { return is_plain ? value(*this, years) : adjusted(years); }
  /// ln A(to)/A(from), where no limit bends A; else it may be further from 0.
  [[nodiscard]] double change(double from, double to) const;
  /// Growth of A [nat/yr] where it stays what it is until something changes; nullopt where it does not.
  [[nodiscard]] std::optional<double> steady_growth() const {
    if (!steady || log_limit != std::numeric_limits<double>::infinity()) return std::nullopt;
    return *steady + growth;
  }
  /// Expected growth of A at `years` [1/yr]: jumps that may come and adoptions under way included, those to come not.
  [[nodiscard]] double expected_growth(double years) const;
  /// Integral of A over [from, to] [yr]; from <= to. By quadrature to 1e-13 where adoptions or a limit leave no closed form.
  [[nodiscard]] double integral(double from, double to) const {
    return is_plain ? integral_of(*this, from, to) : adjusted_integral(from, to);
  }

 private:
  [[nodiscard]] double adjusted(double years) const;
  /// ln P, which is ln A where the law is plain, and ln A from it where it is not.
  [[nodiscard]] double log_product(double years) const;
  [[nodiscard]] double limited(double log_product) const;
  [[nodiscard]] double adjusted_integral(double from, double to) const;
};

/// From `years` on the adoptions so far multiply A by e^log_level there, growing at `growth` [nat/yr] as their ramps go on.
struct AdoptionStep {
  double years = 0;
  double log_level = 0;
  double growth = 0;

  void apply(ProgressLaw& law) const;
};

struct ProgressEntry : core::Entry {
  ProgressLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& progress_family();
[[nodiscard]] ProgressLaw resolve_progress(const core::Spec& spec);

/// The adoptions of a scenario from `start` to `end`: each multiplies A by its gain, at once at its date or exponentially over
/// its ramp. In order of time; a gain of 1 leaves no step. Diagnoses dates outside the horizon below `path`.
[[nodiscard]] std::vector<AdoptionStep> resolve_adoptions(const core::Spec& spec, core::Time start, core::Time end,
                                                          const std::string& path, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
