#include "models/purchase/belief.hpp"

#include <cmath>

namespace fleetrace::models {

// Written as a weight between what is believed and what was seen, so that a very sure belief does not overflow.
Belief Belief::after(double change, double years, double error) const {
  if (sd == 0 || !(years > 0)) return *this;
  const double noise = error * error / years;  // variance of the rate that was seen
  const double weight = sd * sd / (sd * sd + noise);
  return {mean + weight * (change / years - mean), sd * std::sqrt(noise / (sd * sd + noise))};
}

Belief belief_of(double low, double median, double high) { return {median, std::fabs(high - low) / 2}; }

}  // namespace fleetrace::models
