#include "models/supply/gamma_time.hpp"
#include "models/supply/supply.hpp"

namespace fleetrace::models {

core::Duration LeadTime::drawn(std::uint32_t seed, std::uint32_t replication, core::Entity order) const {
  if (variation == 0) return mean;
  core::Stream stream(seed, replication, core::Purpose::lead_time, order);
  return gamma_time(mean, stream.uniform(), 1 / (variation * variation));
}

}  // namespace fleetrace::models
