#include "models/progress/progress_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// coefficients[0]: alpha, the rate at the start far below the ceiling [nat/yr]; [1]: A_inf, the ceiling.
double value(const ProgressLaw& law, double years) {
  const double ceiling = law.coefficients[1];
  return ceiling / (1 + (ceiling - 1) * core::exp(-law.coefficients[0] * years));
}

// The integral from 0 is (A_inf/alpha) ln((e^(alpha t) + A_inf - 1)/A_inf): a difference of two such logarithms, written
// so that neither exponential overflows and short intervals keep their digits.
double integral(const ProgressLaw& law, double from, double to) {
  const double alpha = law.coefficients[0];
  const double ceiling = law.coefficients[1];
  // x below makes (e^(alpha to) - e^(alpha from)) / (e^(alpha from) + A_inf - 1), with e^(alpha from) divided out.
  const double x = alpha * (to - from);
  const double below = 1 + (ceiling - 1) * core::exp(-alpha * from);
  const double logarithm = x < 500 ? core::log1p(core::expm1(x) / below) : x - core::log(below);
  return ceiling / alpha * logarithm;
}

double rate(const ProgressLaw& law, double years) {
  return law.coefficients[0] * (1 - value(law, years) / law.coefficients[1]);
}

}  // namespace

const ProgressEntry kLogisticProgress{
    core::Entry{
        .name = "logistic",
        .summary = "Progress that saturates: A(t) = A_inf / (1 + (A_inf - 1) e^(-alpha t)).",
        .parameters = with_embodied_and_cost({
            {.name = "doubling",
             .summary = "doubling time far below the ceiling",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::above_up_to(0, 100),
             .preset = "8 months",
             .source = kAlgorithmSource,
             .usual = core::between(-2, 6)},
            {.name = "ceiling",
             .summary = "the multiplier that is approached",
             .range = {1, 1e100, true, false},
             .preset = "1e4",
             .source = "the team's assumption: no ceiling has been measured",
             .verified = false},
        }),
        .scope = "The ceiling is a guess that decides the far future and hardly matters before half of it is reached.",
    },
    [](const core::Spec& spec) {
      ProgressLaw law;
      law.value = value;
      law.integral_of = integral;
      law.rate = rate;
      law.coefficients[1] = spec.number("ceiling");
      // The logistic curve starts below its asymptotic rate by the factor 1 - 1/A_inf: docs/derivations.md 3b.
      law.coefficients[0] = spec.number("doubling") * core::kLn2;
      resolve_embodied_and_cost(spec, law);
      return law;
    }};

}  // namespace fleetrace::models
