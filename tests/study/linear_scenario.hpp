#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include "sim/study/solve/goal.hpp"

/// A scenario whose answers have closed forms, for tests of solve.
namespace fleetrace::test {

inline constexpr double kLinearSeconds = 4 * 365.25 * 86400;
inline constexpr double kLinearFlopsPerUsd = 3e10;

/// A file of that name with four years of constant capacity at kLinearFlopsPerUsd: effective compute is linear in the budget.
inline std::string linear_scenario(const std::string& name, const std::string& strategies,
                                   const std::string& more = "") {
  const std::string path = (std::filesystem::temp_directory_path() / ("fleetrace-" + name + ".yaml")).string();
  std::ofstream(path) << "fleetrace: 1\nname: linear\nhorizon: {start: 2026-01-01, length: 4 yr}\n"
                         "hardware: {model: trend, price_performance: 3e10 FLOP/s/USD, "
                         "price_performance_doubling: 4 yr, power_per_flops: 1 W/(TFLOP/s),\n"
                         "  energy_efficiency_doubling: none}\n"
                         "loss: {reference: 1e26 FLOP, targets: [0.9]}\n"
                      << more << "strategies: {" << strategies << "}\n";
  return path;
}

inline study::Goal goal_of(const std::string& text) {
  return std::get<study::Goal>(study::parse_goal(text, std::vector<std::string>{}, {}));
}

}  // namespace fleetrace::test
