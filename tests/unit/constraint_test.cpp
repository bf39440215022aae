#include "sim/fleet/results/constraint.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace {

using namespace fleetrace;
using fleet::Constraint;

const core::Time kStart = *core::parse_iso8601("2026-01-01");

fleet::Outcome race(const std::string& strategy, const std::string& more = "") {
  const std::string yaml =
      "fleetrace: 1\nname: test\nhorizon: {start: 2026-01-01, length: 4 yr}\n"
      "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4}\nloss: {reference: 1e24 FLOP}\n" +
      more + "strategies: {s: " + strategy + "}\n";
  return fleet::simulate(scenario::resolve(reader::load_bytes(yaml, "x.yaml")).front());
}

/// "budget 0, power 1": each spell with the years from the start.
std::string timeline(const std::vector<fleet::ConstraintSpell>& spells) {
  std::string text;
  for (const fleet::ConstraintSpell& each : spells) {
    text += (text.empty() ? "" : ", ") + std::string(fleet::info(each.binding.constraint).name) + ' ' +
            core::format_real((each.from - kStart).years());
  }
  return text;
}

}  // namespace

TEST_CASE("the constraint furthest down binds, and an instant has one", "[constraint]") {
  fleet::ConstraintTimeline bindings;
  bindings.reset(kStart);
  const auto year = [](int years) { return kStart + core::kYear * years; };
  bindings.ordering(kStart, {Constraint::supply});
  bindings.ordering(kStart, {Constraint::budget});
  CHECK(timeline(bindings.spells()) == "budget 0");
  bindings.installing(year(1), {Constraint::power, 1});
  bindings.ordering(year(2), {Constraint::supply});
  CHECK(bindings.spells().back() == fleet::ConstraintSpell{year(1), {Constraint::power, 1}});
  bindings.working(year(3), {Constraint::network});
  bindings.installing(year(4), {});
  bindings.working(year(5), {});
  CHECK(timeline(bindings.spells()) == "budget 0, power 1, network 3, supply 5");
  // There and back in one instant is no change.
  bindings.ordering(year(6), {Constraint::demand});
  bindings.ordering(year(6), {Constraint::supply});
  CHECK(bindings.spells().size() == 4);
  bindings.reset(year(7));
  CHECK(bindings.spells() == std::vector<fleet::ConstraintSpell>{{year(7), {}}});
}

TEST_CASE("what binds a race, and what idles meanwhile", "[constraint]") {
  // All is spent at the start, arrives after a year and finds no power for three.
  const fleet::Outcome dark = race("{buy: front_loaded, budget: 1e7 USD, power_limits: installation}",
                                   "sites: {main: {power: 10 W}}\nsupply: {lead_time: 1 yr}\n");
  CHECK(timeline(dark.bindings) == "budget 0, power 1");
  REQUIRE(dark.cohorts.size() == 1);
  CHECK(dark.final.idle_accelerator_years == Approx(3 * static_cast<double>(dark.cohorts[0].size)).epsilon(1e-12));
  CHECK(dark.final.idle_usd_years == Approx(4 * dark.final.unspent.usd()).epsilon(1e-12));
  // Orders that power holds back leave the money idle instead, all of it for four years.
  const fleet::Outcome cautious = race("{buy: front_loaded, budget: 1e7 USD}", "sites: {main: {power: 10 W}}\n");
  CHECK(timeline(cautious.bindings) == "power 0");
  CHECK(cautious.final.idle_usd_years == Approx(4e7).epsilon(1e-12));
  CHECK(cautious.final.idle_accelerator_years == 0);
  // Half a budget a year: no more than 10 a year are allotted until each new year begins.
  const fleet::Outcome allotted = race("{buy: incremental, budget: 2e7 USD, every: 2 yr}",
                                       "supply: {yearly_limit: 10 /yr}\n");
  CHECK(timeline(allotted.bindings) == "supply 0");
  const double left = 1e7 - allotted.final.capex.usd() / 2;  // each half ordered the same, at the prices of its day
  CHECK(allotted.final.idle_usd_years == Approx(2 * left + 4 * left).epsilon(0.2));
  CHECK(timeline(race("{buy: once, budget: 1e7 USD, at: 1 yr}").bindings) == "none 0, budget 1");
  CHECK(timeline(race("{buy: once, budget: 5 USD, at: 1 yr}").bindings) == "none 0, price 1");
  CHECK(timeline(race("{buy: none}").bindings) == "none 0");
  // Once the load is met the strategy wants no more; its load grows, and the budget ends it.
  CHECK(timeline(race("{buy: capacity_triggered, load: 1 EFLOP/s, growth: 0 /yr, budget: 1e9 USD}").bindings) ==
        "demand 0");
}
