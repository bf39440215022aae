#include "tests/oracle/race.hpp"

// A strategy that has nothing and buys nothing: what would be divided by nothing is not there.
namespace fleetrace::test {

TEST_CASE("a fleet of nothing does nothing, costs nothing, and has no figure that divides by it") {
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 3 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "operations: {mfu: 0.4}\nloss: {reference: 1e24 FLOP, targets: [0.9]}\n"
      "sites: {main: {power: 1 MW, pue: 1.2, electricity: 0.1 USD/kWh}}\nstrategies: {s: {buy: none}}\n");
  const fleet::Outcome& s = run["s"];
  CHECK(s.final.relative_loss == 1);
  CHECK(s.final.mean_relative_loss == 1);
  CHECK(s.final.effective_flop == 0);
  CHECK(s.final.physical_flop == 0);
  CHECK(s.final.spend() == core::Money{});
  CHECK(s.final.energy_kwh == 0);
  CHECK(s.final.capacity == 0);
  CHECK(s.final.peak_site_power == 0);
  CHECK_FALSE(s.final.mfu);
  CHECK_FALSE(s.final.gamma_per_joule);
  CHECK_FALSE(s.final.gamma_per_usd);
  CHECK_FALSE(s.targets.front().reached);
  CHECK(s.cohorts.empty());
  CHECK(s.bought.empty());
}

}  // namespace fleetrace::test
