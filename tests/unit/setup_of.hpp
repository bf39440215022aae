#pragma once

#include <string>

#include "sim/fleet/setup.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::test {

/// What the first strategy of a scenario is set up with that has `more` sections and lasts four years from a date on.
inline fleet::StrategySetup setup_of(const std::string& more, const std::string& strategy = "{buy: none}",
                                     const std::string& start = "2026-01-01") {
  const std::string yaml = "fleetrace: 1\nname: test\nhorizon: {start: " + start +
                           ", length: 4 yr}\nloss: {reference: 1e24 FLOP}\n" + more + "strategies: {s: " + strategy +
                           "}\n";
  return scenario::resolve(reader::load_bytes(yaml, "x.yaml")).front();
}

}  // namespace fleetrace::test
