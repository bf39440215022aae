#include "models/progress/catch_up.hpp"
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

std::vector<core::Parameter> with_frontier(std::vector<core::Parameter> own) {
  for (core::Parameter& each : frontier_parameters("doubling time of the frontier, at most that of own progress"))
    own.push_back(std::move(each));
  return own;
}

}  // namespace

const ProgressEntry kSpilloverProgress{
    core::Entry{
        .name = "spillover",
        .summary =
            "Own progress and what spills over from a frontier ahead: dA/dt = alpha A + sigma (F - A)/tau, F(t) = lead "
            "2^(f t).",
        .parameters = with_embodied_and_cost(with_frontier({
            {.name = "doubling",
             .summary = "doubling time of own progress, which goes on beside what spills over",
             .shape = core::Shape::growth,
             .dimension = core::Dimension::growth,
             .range = core::between(-100, 100),
             .preset = "none",
             .usual = core::between(-2, 6)},
        })),
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
