#pragma once

#include <cmath>
#include <cstdint>
#include <functional>

#include "sim/fleet/world.hpp"

namespace fleetrace::test {

/// Mean over replications and its standard error.
struct Estimate {
  double mean = 0;
  double error = 0;
};

/// Of what `read` says of the outcomes of replications 0 to before `replications`.
inline Estimate estimate(fleet::StrategySetup setup, int replications,
                         const std::function<double(const fleet::Outcome&)>& read) {
  fleet::World world;
  fleet::Outcome outcome;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < replications; ++i) {
    setup.draw.replication = static_cast<std::uint32_t>(i);
    fleet::simulate(world, setup, outcome);
    const double value = read(outcome);
    sum += value;
    squares += value * value;
  }
  const double n = replications;
  const double mean = sum / n;
  return {mean, std::sqrt((squares / n - mean * mean) / (n - 1))};
}

}  // namespace fleetrace::test
