#include "models/progress/catch_up.hpp"
#include "models/progress/progress_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// Between changes of the research input R, A(t) = (a + b (t - t0))^r, and what comes from the field multiplies it by e^(f t).
constexpr std::size_t kBase = 0;      // a
constexpr std::size_t kSlope = 1;     // b
constexpr std::size_t kSince = 2;     // t0
constexpr std::size_t kReturns = 3;   // r
constexpr std::size_t kSpeed = 4;     // theta
constexpr std::size_t kParallel = 5;  // lambda
constexpr std::size_t kField = 6;     // f

double value(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  return core::pow(c[kBase] + c[kSlope] * (years - c[kSince]), c[kReturns]);
}

double integral(const ProgressLaw& law, double from, double to) {
  const auto& c = law.coefficients;
  const double first = c[kBase] + c[kSlope] * (from - c[kSince]);
  // The integral ((first + b d)^(r+1) - first^(r+1)) / (b (r+1)), by expm1 so that slow progress keeps its digits.
  const double growth = core::log1p(c[kSlope] * (to - from) / first) * (c[kReturns] + 1);
  const double level = core::pow(first, c[kReturns]);
  if (growth < 1e-16) return level * (to - from);
  return level * first * core::expm1(growth) / (c[kSlope] * (c[kReturns] + 1));
}

// d ln A / dt at the present research input.
double rate(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  return c[kReturns] * c[kSlope] / (c[kBase] + c[kSlope] * (years - c[kSince]));
}

double log_with_field(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  return c[kReturns] * core::log(c[kBase] + c[kSlope] * (years - c[kSince])) + c[kField] * years;
}

double value_with_field(const ProgressLaw& law, double years) { return core::exp(log_with_field(law, years)); }

double integral_with_field(const ProgressLaw& law, double from, double to) {
  return integral_by_panels(value_with_field, law, from, to, log_with_field(law, to) - log_with_field(law, from));
}

double rate_with_field(const ProgressLaw& law, double years) { return rate(law, years) + law.coefficients[kField]; }

void fund(ProgressLaw& law, double years, double input) {
  settle_catch_up(law, years);
  auto& c = law.coefficients;
  c[kBase] += c[kSlope] * (years - c[kSince]);
  c[kSince] = years;
  c[kSlope] = input > 0 ? c[kSpeed] / c[kReturns] * core::pow(input, c[kParallel]) : 0;
  plan_catch_up(law);
}

ProgressLaw resolve(const core::Spec& spec) {
  ProgressLaw law;
  law.value = value;
  law.integral_of = integral;
  law.rate = rate;
  law.fund = fund;
  law.coefficients = {
      1, 0, 0, spec.number("returns"), spec.number("doubling") * core::kLn2, spec.number("parallelisation")};
  law.fleet_share = spec.number("fleet_share");
  law.reference_cost = spec.number("reference_cost");
  law.reference_share = spec.number("reference_share");
  resolve_embodied_and_cost(spec, law);
  law.coefficients[kField] = spec.number("field_doubling") * core::kLn2;
  if (law.coefficients[kField] > 0) {
    law.value = value_with_field;
    law.log_value = log_with_field;
    law.integral_of = integral_with_field;
    law.rate = rate_with_field;
  }
  resolve_catch_up(spec, law, log_with_field, rate_with_field);
  return law;
}

}  // namespace

const ProgressEntry kResearchProgress{
    core::Entry{
        .name = "research",
        .summary =
            "Semi-endogenous progress: dA/dt = theta R^lambda A^(1 - 1/r), R what research gets in money and in chips.",
        .parameters = with_embodied_and_cost({
            {.name = "doubling",
             .summary = "doubling time at the start with the reference input",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::above_up_to(0, 100),
             .preset = "8 months",
             .source = kAlgorithmSource},
            {.name = "returns",
             .summary = "returns to research, r: growth in the long run is r lambda times that of R",
             .range = core::above_up_to(0, 20),
             .preset = "1.25",
             .source = "Davidson 2023, full takeoff model, software_returns (Epoch AI, presets.js)"},
            {.name = "parallelisation",
             .summary = "the exponent lambda: twice the research at once gains 2^lambda",
             .range = core::above_up_to(0, 1),
             .preset = "0.7",
             .source = "Davidson 2023, full takeoff model, parallelisation penalty (Epoch AI, presets.js)"},
            {.name = "reference_cost",
             .summary = "research spending that counts as one unit of R",
             .dimension = core::Dimension::money_rate,
             .range = core::above(0),
             .preset = "75e6 USD/yr",
             .source = "the team's assumption",
             .verified = false},
            {.name = "fleet_share",
             .summary = "share of the fleet that does research instead of training",
             .range = {0, 1, false, true},
             .preset = "0"},
            {.name = "reference_share",
             .summary = "share of the initial fleet that counts as one unit of R",
             .range = core::above_up_to(0, 1),
             .preset = "0.1",
             .source = "the team's assumption",
             .verified = false},
            {.name = "field_doubling",
             .summary = "time in which the field doubles A for everyone, at no cost",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::between(0, 100),
             .preset = "none",
             .usual = core::between(-2, 6)},
            spillover_section(),
        }),
        .scope =
            "R is the sum of money over reference_cost and of chips over reference_share of the reference fleet: the two "
            "are substitutes. Research is the strategy's own: what comes from the field and spills over multiplies A, and makes "
            "own research neither easier nor harder. The frontier is a given curve that copying does not slow; who is ahead of it "
            "gains nothing, and loses nothing, by `spillover`.",
    },
    resolve};

}  // namespace fleetrace::models
