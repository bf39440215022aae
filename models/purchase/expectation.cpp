#include "models/purchase/expectation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace::models {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// E[X - a | X > a] for X ~ Gamma(k, D/k):  D Q(k + 1, k a/D) / Q(k, k a/D) - a.
double mean_residual(double shape, double mean, double elapsed) {
  const double x = shape * elapsed / mean;
  const double survival = core::gamma_q(shape, x);
  // Far in the tail, the hazard is that of an exponential law of the scale D/k.
  if (!(survival > 1e-100)) return mean / shape;
  return std::max(0.0, mean * core::gamma_q(shape + 1, x) / survival - elapsed);
}

double per_watt(double watts_per_flops) { return watts_per_flops > 0 ? 1 / watts_per_flops : kInfinity; }

}  // namespace

double expected_use(const Observation& seen, core::Time when) {
  const core::Time arrival = core::saturating_add(when, seen.outlook.lead_time);
  if (arrival >= seen.end) return 0;
  const double years = std::min(seen.outlook.lifetime, seen.end - arrival).years();
  const double alpha = seen.outlook.progress;
  if (seen.outlook.embodied) return core::exp(alpha * (when - seen.now).years()) * years;
  return core::exp(alpha * (arrival - seen.now).years()) * core::integral_of_exp(alpha, years);
}

double expected_wait(const Observation& seen) {
  if (!seen.outlook.releases) return kInfinity;
  const ReleaseNews& news = *seen.outlook.releases;
  if (news.next) return *news.next == core::Time::latest() ? kInfinity : (*news.next - seen.now).years();
  const double mean = news.law.cadence.years();
  const double elapsed = (seen.now - news.last).years();
  // The incomplete gamma functions take shapes up to this; a narrower law is as good as a fixed cadence.
  if (news.law.shape < 1e6) return mean_residual(news.law.shape, mean, elapsed);
  if (elapsed >= 2 * mean) return kInfinity;
  return std::max(0.0, mean - elapsed);
}

ExpectedOffer expected_offer(const Observation& seen, core::Time when) {
  const double years = (when - seen.now).years();
  ExpectedOffer offer{seen.offer.flops_per_usd * core::exp(seen.offer.growth * years),
                      per_watt(seen.offer.watts_per_flops) * core::exp(seen.offer.efficiency * years)};
  const double wait = expected_wait(seen);
  if (!(wait <= years)) return offer;
  const ReleaseNews& news = *seen.outlook.releases;
  const double cadence = news.law.cadence.years();
  const double later = std::floor((years - wait) / cadence * (1 + 1e-12));
  const double age = years - wait - later * cadence;
  const double per_usd = news.launch_flops_per_usd * core::pow(news.law.jump, 1 + later) *
                         core::exp(seen.offer.growth * age);
  if (per_usd <= offer.flops_per_usd) return offer;
  return {per_usd, news.launch_flops_per_watt * core::pow(news.law.efficiency_jump, 1 + later)};
}

}  // namespace fleetrace::models
