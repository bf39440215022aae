#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "fleetrace/core/time.hpp"
#include "sim/core/random/random.hpp"

/// Algorithmic progress: how much more a FLOP achieves than it did at the start of the horizon.
namespace fleetrace::models {

struct OwnProgress;
struct ProgressLaw;

/// What spills over to a law from a frontier F(t) = F0 e^(phi t). With B what the law comes to by itself, it comes to B M:
///   dM/dt = k max(0, F/B - M),  M(0) = 1,   which is   d(B M)/dt = (d ln B/dt) B M + k max(0, F - B M)     docs/derivations.md 3o
/// M never falls: nothing spills over to who is ahead, or back from him. Until the law changes, F/B falls first and rises then, since
/// the growth of B only falls; so M stands still once at most, from `meets` until `passes`.
struct CatchUp {
  using Function = double (*)(const ProgressLaw&, double years);

  double flow = 0;              ///< k [1/yr]; 0 where nothing spills over
  double frontier = 0;          ///< phi [nat/yr]
  double log_lead = 0;          ///< ln F0
  Function log_own = nullptr;   ///< ln B
  Function own_rate = nullptr;  ///< d ln B/dt
  double since = 0;             ///< time from which the law holds [yr]
  double level = 1;             ///< M then
  double meets = 0;             ///< when the law comes up with the frontier; infinity for never [yr]
  double met = 1;               ///< M from `meets` until `passes`
  double passes = 0;            ///< when the frontier is ahead again; infinity for never [yr]

  friend bool operator==(const CatchUp&, const CatchUp&) = default;
};

/// The algorithmic multiplier A(t) with A(0) = 1, resolved to coefficients; t in years from the start of the horizon.
/// Effective compute is the integral of physical FLOP/s times A (docs/derivations.md 0a).
///
/// A law may change during a run: at random dates (`wait`, `jump`), or with research spending (`fund`). Each change
/// gives a new law that holds from then on; between changes A is smooth.
///
/// The model gives B(t). Adoptions of techniques multiply it, and then a limit bends it:
///   P(t) = B(t) e^(log_level + growth (t - since))         with the adoptions so far
///   A(t) = A_max^(1 - P(t)^(-1 / ln A_max))          solves d ln A = d ln P (ln A_max - ln A)/ln A_max, A(0) = 1
/// The limit is the ceiling of Davidson 2023 (full takeoff model, _update_rnd), for any P.
struct ProgressLaw {
  using Value = double (*)(const ProgressLaw&, double years);
  using Integral = double (*)(const ProgressLaw&, double from, double to);
  using Wait = double (*)(const ProgressLaw&, core::Stream&);
  using Jump = void (*)(ProgressLaw&, core::Stream&);
  using Rate = double (*)(const ProgressLaw&, double years);
  using Fund = void (*)(ProgressLaw&, double years, double input);

  Value value = nullptr;           ///< B
  std::optional<double> steady;    ///< growth of B [nat/yr] where it is constant until the law changes, else nullopt
  Value log_value = nullptr;       ///< ln B of models that compute it without a logarithm, else nullptr
  Value mean_log = nullptr;        ///< mean of ln B over all jumps to come, of models that jump; else nullptr
  double log_variance = 0;         ///< variance that chance adds to ln B in a year [1/yr], of models that jump
  Integral integral_of = nullptr;  ///< integral of B [yr]
  Rate rate = nullptr;             ///< expected growth, d ln E[A] / dt, by what is known at that time; nullptr for none
  Wait wait = nullptr;             ///< years until the next jump; nullptr where there are none
  Jump jump = nullptr;             ///< changes the law by one jump
  Fund fund = nullptr;  ///< sets the research input from `years` on; nullptr where progress does not depend on research
  std::array<double, 7> coefficients = {};
  CatchUp catch_up;                  ///< what of B has spilled over from a frontier
  const OwnProgress* own = nullptr;  ///< the registered model, where it is one
  double cost_per_year = 0;          ///< research spending that the law needs [USD/yr]
  double fleet_share = 0;            ///< share of the fleet that does research instead of training
  double reference_cost = 1;         ///< research spending that counts as one unit of input [USD/yr]
  double reference_share = 1;        ///< share of the reference fleet that counts as one unit of input
  /// Embodied progress helps only hardware that is bought after it; disembodied progress helps all installed hardware.
  bool embodied = false;
  bool is_plain = true;                                        ///< whether A = B: no adoption so far, and no limit
  double log_level = 0;                                        ///< ln of what adoptions multiply B by at `since`
  double growth = 0;                                           ///< growth of that factor after `since` [nat/yr]
  double since = 0;                                            ///< time of the last step of an adoption [yr]
  double log_limit = std::numeric_limits<double>::infinity();  ///< ln A_max

  /// A at `years` [1].
  [[nodiscard]] double multiplier(double years) const { return is_plain ? value(*this, years) : adjusted(years); }
  /// Mean of ln A at `years` over all jumps to come; ln A itself where there are none.
  [[nodiscard]] double expected_log(double years) const;
  /// ln A(to)/A(from). Where a limit bends A, the result may be further from 0 than the true value.
  [[nodiscard]] double change(double from, double to) const;
  /// Growth of A [nat/yr] where it is constant until the law changes, else nullopt.
  [[nodiscard]] std::optional<double> steady_growth() const {
    if (!steady || log_limit != std::numeric_limits<double>::infinity()) return std::nullopt;
    return *steady + growth;
  }
  /// Expected growth of A at `years` [1/yr]. It includes possible jumps and adoptions under way, but no later adoptions.
  [[nodiscard]] double expected_growth(double years) const;
  /// Integral of A over [from, to] [yr]; from <= to. By quadrature to 1e-13 where adoptions or a limit leave no closed form.
  [[nodiscard]] double integral(double from, double to) const {
    return is_plain ? integral_of(*this, from, to) : adjusted_integral(from, to);
  }

 private:
  [[nodiscard]] double adjusted(double years) const;
  /// ln P at `years`; limited() turns it into ln A.
  [[nodiscard]] double log_product(double years) const;
  [[nodiscard]] double limited(double log_product) const;
  [[nodiscard]] double adjusted_integral(double from, double to) const;
  /// A where B is its own part times `level`.
  [[nodiscard]] double adjusted_at(double years, double level) const;
};

/// A change in the adoption of techniques, which multiply A by e^(log_level + growth (t - years)) from then on.
struct AdoptionStep {
  double years = 0;      ///< time of the change [yr]
  double log_level = 0;  ///< ln of the factor of all adoptions at `years`
  double growth = 0;     ///< growth of that factor while ramps are under way [nat/yr]

  /// Makes `law` continue with this step.
  void apply(ProgressLaw& law) const;
};

struct ProgressEntry : core::Entry {
  ProgressLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& progress_family();
[[nodiscard]] ProgressLaw resolve_progress(const core::Spec& spec);

/// The adoption steps of a scenario from `start` to `end`, by time. Each adoption multiplies A by its gain, at once on
/// its date or exponentially over its ramp; a gain of 1 makes no step. Adds diagnostics, under `path`, for dates
/// outside the horizon.
[[nodiscard]] std::vector<AdoptionStep> resolve_adoptions(const core::Spec& spec, core::Time start, core::Time end,
                                                          const std::string& path, core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
