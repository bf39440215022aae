#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/reader/load.hpp"

/// What the fuzzers share. Each defines LLVMFuzzerTestOneInput and ends the process where something does not hold.
namespace fleetrace::fuzz {

inline void require(bool condition) {
  if (!condition) std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// The lines of a text, without their ends.
inline std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines(1);
  for (const char each : text) {
    if (each == '\n')
      lines.emplace_back();
    else
      lines.back() += each;
  }
  return lines;
}

/// Everything that is found has a place and says what is wrong.
inline void check(const core::InputError& error) {
  require(!error.diagnostics().empty());
  for (const core::Diagnostic& found : error.diagnostics()) require(!found.problem.empty());
}

/// A race of two that takes little time, with something of most sections.
inline constexpr std::string_view kSmall = R"(fleetrace: 1
name: small
horizon: {start: 2026-01-01, length: 1 yr}
money: {currency: EUR, usd: 1.08}
hardware: {model: trend, price_performance_doubling: {lognormal: {low: 1.54 yr, high: 3.13 yr, mass: 0.95}}}
progress: {model: exponential, doubling: 8 months}
operations: {lifetime: 4 yr}
supply: {lead_time: {triangular: {low: 3 months, mode: 6 months, high: 9 months}}}
sites: {main: {power: 100 MW, pue: 1.2, electricity: 0.08 USD/kWh}}
loss: {model: relative, kappa: 0.05, targets: [0.9]}
initial_fleet:
  - {capacity: 1e19 FLOP/s}
strategies:
  hare: {buy: front_loaded, budget: 2e8 USD}
  turtle: {buy: incremental, budget: 2e8 USD, every: 6 months}
study: {replications: 4}
cases:
  slow: {summary: deliveries take a year, set: [supply.lead_time=1 yr]}
)";

inline const scenario::Scenario& small_scenario() {
  static const scenario::Scenario loaded = reader::load_bytes(kSmall, "fuzz/small.yaml");
  return loaded;
}

}  // namespace fleetrace::fuzz
