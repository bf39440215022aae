#include "models/progress/progress_entries.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/random/samplers.hpp"

namespace fleetrace::models {
namespace {

// coefficients[0]: A, the level; [1]: mean time between jumps [yr]; [2], [3]: mean and standard deviation of ln J.
double value(const ProgressLaw& law, double) { return law.coefficients[0]; }
double integral(const ProgressLaw& law, double from, double to) { return law.coefficients[0] * (to - from); }
double wait(const ProgressLaw& law, core::Stream& stream) { return core::exponential(stream, law.coefficients[1]); }

// Jumps come at 1/wait a year, each by the factor E J = e^(m + sigma^2/2) on average.
double growth(const ProgressLaw& law, double) {
  const auto& c = law.coefficients;
  return core::expm1(c[2] + c[3] * c[3] / 2) / c[1];
}

double mean_log(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  return core::log(c[0]) + c[2] / c[1] * years;
}

void jump(ProgressLaw& law, core::Stream& stream) {
  law.coefficients[0] *= core::lognormal(stream, core::exp(law.coefficients[2]), law.coefficients[3]);
}

ProgressLaw resolve(const core::Spec& spec) {
  const double rate = spec.number("jumps");
  const double sigma = spec.number("sigma");
  const double alpha = spec.number("doubling") * core::kLn2;
  ProgressLaw law;
  law.value = value;
  law.integral_of = integral;
  law.rate = growth;
  law.mean_log = mean_log;
  law.wait = wait;
  law.jump = jump;
  law.steady = 0;
  law.coefficients[0] = 1;
  law.coefficients[1] = 1 / rate;
  // Matching the mean takes rate (E J - 1) = alpha with E J = e^(m + sigma^2/2); matching the log takes rate m = alpha.
  const bool mean_matched = spec.text("matched") == "mean";
  law.coefficients[2] = mean_matched ? core::log1p(alpha / rate) - sigma * sigma / 2 : alpha / rate;
  law.coefficients[3] = sigma;
  law.log_variance = (law.coefficients[2] * law.coefficients[2] + sigma * sigma) * rate;
  resolve_embodied_and_cost(spec, law);
  return law;
}

}  // namespace

const ProgressEntry kJumpProgress{
    core::Entry{
        .name = "jumps",
        .summary = "Progress by jumps: a Poisson process of lognormal factors J, A(t) = J_1 J_2 ... J_N(t).",
        .parameters = with_embodied_and_cost({
            {.name = "doubling",
             .summary = "doubling time that the jumps are matched to",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::between(0, 100),
             .preset = "8 months",
             .source = kAlgorithmSource},
            {.name = "jumps",
             .summary = "mean number of jumps a year",
             .dimension = core::Dimension::count_rate,
             .range = {0, 1e4, true, false},
             .preset = "2 /yr",
             .source = "the team's assumption",
             .verified = false},
            {.name = "sigma",
             .summary = "standard deviation of the logarithm of a jump",
             .range = core::between(0, 5),
             .preset = "0.2",
             .source = "the team's assumption",
             .verified = false},
            {.name = "matched",
             .summary = "what the doubling time is of: the mean of A, or its median path (mean of ln A)",
             .shape = core::Shape::choice,
             .preset = "mean",
             .choices = {"mean", "log"}},
        }),
        .scope =
            "Jumps are independent of each other, of the fleet and of money. Matched by the mean, most paths stay below "
            "the trend and few lie far above it; matched by the logarithm, the mean lies above the trend.",
    },
    resolve};

}  // namespace fleetrace::models
