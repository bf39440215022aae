#include "models/progress/progress_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// coefficients[0]: alpha, the rate in nat/yr.
double value(const ProgressLaw& law, double years) { return core::exp(law.coefficients[0] * years); }

double log_value(const ProgressLaw& law, double years) { return law.coefficients[0] * years; }

double integral(const ProgressLaw& law, double from, double to) {
  return core::exp(law.coefficients[0] * from) * core::integral_of_exp(law.coefficients[0], to - from);
}

double rate(const ProgressLaw& law, double) { return law.coefficients[0]; }

}  // namespace

const ProgressEntry kExponentialProgress{
    core::Entry{
        .name = "exponential",
        .summary = "Compute for a fixed loss falls at a constant rate: A(t) = 2^(a t), a in doublings/yr.",
        .parameters = with_embodied_and_cost({
            {.name = "doubling",
             .summary = "time in which algorithms double what a FLOP achieves; may be negative as a rate",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::between(-100, 100),
             .preset = "8 months",
             .source = kAlgorithmSource,
             .usual = core::between(-2, 6)},
        }),
        .scope =
            "A trend fitted to 2012-2023, extrapolated. It already holds part of data scaling, mixture of experts and "
            "utilisation gains: a scenario that models those apart should lower the rate. Progress is the same at every "
            "scale and does not depend on the fleet.",
    },
    [](const core::Spec& spec) {
      ProgressLaw law;
      law.value = value;
      law.log_value = log_value;
      law.integral_of = integral;
      law.rate = rate;
      law.coefficients[0] = spec.number("doubling") * core::kLn2;
      law.steady = law.coefficients[0];
      resolve_embodied_and_cost(spec, law);
      return law;
    }};

}  // namespace fleetrace::models
