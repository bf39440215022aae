// libFuzzer harness of the whole loader: any bytes give a scenario or findings, and a small scenario can be raced. Built by
// the preset fuzz; start it with the embedded scenarios and tests/hostile/wrong as its corpus.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

using namespace fleetrace;

void require(bool condition) {
  if (!condition) std::abort();
}

/// Few enough events that thousands of races fit into a second.
bool is_small(const fleet::StrategySetup& one) {
  const core::Duration length = one.horizon.end - one.horizon.start;
  return length / one.horizon.sample_every < 2'000 && length / core::kMonth < 2'000 &&
         one.strategy.policy.reviews < 2'000 && one.plant.market.types.size() < 200;
}

void check(const fleet::Summary& final) {
  require(final.relative_loss > 0 && final.relative_loss <= 1);
  require(final.mean_relative_loss > 0 && final.mean_relative_loss <= 1 + 1e-9);
  for (const double figure : {final.effective_flop, final.physical_flop, final.energy_kwh, final.peak_site_power,
                              final.failures, final.capacity}) {
    require(std::isfinite(figure) && figure >= 0);
  }
  require(std::isfinite(final.discounted_spend_usd) && std::isfinite(final.split.total));
  require(final.unspent >= core::Money{});
}

void race(const scenario::Scenario& scenario) {
  static fleet::World world;
  static fleet::Outcome outcome;
  for (const fleet::StrategySetup& one : scenario::resolve(scenario)) {
    if (!is_small(one)) continue;
    try {
      fleet::simulate(world, one, outcome);
      check(outcome.final);
    } catch (const core::MoneyOverflow&) {  // what is paid beside the budget has no bound beforehand
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    race(reader::load_bytes({reinterpret_cast<const char*>(data), size}, "fuzz/x.yaml"));
  } catch (const core::InputError& error) {
    for (const core::Diagnostic& found : error.diagnostics()) {
      require(!found.problem.empty() && found.where.line >= 1 && found.where.column >= 1);
    }
  }
  return 0;
}
