#include "models/progress/progress_entries.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

// dA/dt = alpha A + k (F - A), F = F0 e^(phi t), k = sigma/tau; so A = (1 - c) e^((alpha - k) t) + c e^(phi t) with
// c = k F0 / (phi - alpha + k), and A <= F throughout since phi >= alpha and F0 >= 1.
constexpr std::size_t kOwn = 0;       // alpha - k
constexpr std::size_t kFrontier = 1;  // phi
constexpr std::size_t kShare = 2;     // c
constexpr std::size_t kAlpha = 3;
constexpr std::size_t kFlow = 4;  // k
constexpr std::size_t kLead = 5;  // F0

double value(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  return (1 - c[kShare]) * core::exp(c[kOwn] * years) + c[kShare] * core::exp(c[kFrontier] * years);
}

double integral(const ProgressLaw& law, double from, double to) {
  const auto& c = law.coefficients;
  const auto of = [&](double rate) { return core::exp(rate * from) * core::integral_of_exp(rate, to - from); };
  return (1 - c[kShare]) * of(c[kOwn]) + c[kShare] * of(c[kFrontier]);
}

double rate(const ProgressLaw& law, double years) {
  const auto& c = law.coefficients;
  return c[kAlpha] + c[kFlow] * (c[kLead] * core::exp(c[kFrontier] * years) / value(law, years) - 1);
}

}  // namespace

const ProgressEntry kSpilloverProgress{
    core::Entry{
        .name = "spillover",
        .summary =
            "Own progress and what spills over from a frontier ahead: dA/dt = alpha A + sigma (F - A)/tau, F(t) = lead "
            "2^(f t).",
        .parameters = with_embodied_and_cost({
            {.name = "doubling",
             .summary = "doubling time of own progress, which goes on beside what spills over",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::between(-100, 100),
             .preset = "none",
             .usual = core::between(-2, 6)},
            {.name = "frontier_doubling",
             .summary = "doubling time of the frontier, at most that of own progress",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::between(0, 100),
             .preset = "8 months",
             .source = kAlgorithmSource,
             .usual = core::between(-2, 6)},
            {.name = "lead",
             .summary = "the frontier's A at the start, where the follower's is 1",
             .range = core::between(1, 1e6),
             .why = "a frontier behind the follower is none",
             .preset = "3",
             .source = "the team's assumption: a year behind at the frontier's pace",
             .verified = false},
            {.name = "share",
             .summary = "sigma, the share of the gap that can be copied",
             .range = core::between(0, 1),
             .why = "no more than the whole gap can be copied",
             .preset = "1"},
            {.name = "delay",
             .summary = "tau, the time in which a gap that stands still falls to 1/e",
             .dimension = core::Dimension::duration,
             .range = core::at_least(1),
             .preset = "1 yr",
             .source = "a value of the literature that was not read again",
             .verified = false},
        }),
        .scope =
            "The frontier is a given curve, not one of the strategies that race: it neither slows down nor falls behind, "
            "and nothing spills back. A follower never passes it. Behind a frontier that grows at f the gap settles at "
            "F/A = 1 + tau (f - alpha)/sigma in natural units. Copying costs nothing beyond `cost`.",
    },
    [](const core::Spec& spec) {
      ProgressLaw law;
      law.value = value;
      law.integral_of = integral;
      law.rate = rate;
      const double alpha = spec.number("doubling") * core::kLn2;
      const double phi = spec.number("frontier_doubling") * core::kLn2;
      const double flow = spec.number("share") / spec.duration("delay").years();
      const double lead = spec.number("lead");
      const double closing = phi - alpha + flow;
      law.coefficients = {alpha - flow, phi, closing > 0 ? flow * lead / closing : 0, alpha, flow, lead};
      resolve_embodied_and_cost(spec, law);
      return law;
    }};

}  // namespace fleetrace::models
