#include "models/hardware/releases.hpp"

#include <algorithm>

#include "models/supply/gamma_time.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/random/random.hpp"

namespace fleetrace::models {

double release_jump(const Cadence& cadence, double rate, Matched matched) {
  const double years = cadence.mean.years();
  if (cadence.is_fixed() || matched == Matched::log) return core::exp2(rate * years);
  return core::exp(cadence.shape * core::log1p(rate * core::kLn2 * years / cadence.shape));
}

double mean_growth(const Cadence& cadence, double jump) {
  const double years = cadence.mean.years();
  if (cadence.is_fixed()) return core::log(jump) / years;
  return core::expm1(core::log(jump) / cadence.shape) * cadence.shape / years;
}

core::Duration release_interval(const Cadence& cadence, std::uint32_t seed, std::uint32_t replication,
                                std::uint64_t ordinal) {
  if (cadence.is_fixed()) return cadence.mean;
  core::Stream stream(seed, replication, core::Purpose::releases, core::Entity::number(ordinal));
  return std::max(core::kMillisecond, gamma_time(cadence.mean, stream.uniform(), cadence.shape));
}

}  // namespace fleetrace::models
