#include <algorithm>

#include "models/theory/final_compute.hpp"
#include "models/theory/frontier.hpp"
#include "models/theory/kernel.hpp"
#include "models/theory/mean_loss.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/oracle/race.hpp"

// What the first lines of each shipped scenario claim.
namespace fleetrace::test {
namespace {

namespace theory = models::theory;

scenario::Scenario shipped(const std::string& name) {
  return reader::load(std::string(FLEETRACE_SOURCE_DIR) + "/scenarios/" + name + ".yaml");
}

Race race_of(const scenario::Scenario& scenario) {
  Race race;
  race.cases = scenario::resolve(scenario);
  for (const fleet::StrategySetup& one : race.cases) race.outcomes.push_back(fleet::simulate(one));
  return race;
}

double final_loss(const Race& run, const std::string& name) { return run[name].final.relative_loss; }

}  // namespace

TEST_CASE("who-waits-wins: simulated losses are the closed forms") {
  const Race run = race_of(shipped("who-waits-wins"));
  const theory::GrowthRates growth_rates{kLn2 / 2.07, 1.5 * kLn2, 5, 0};
  const double best = theory::best_purchase(growth_rates, 8);
  CHECK(best == Approx(6.642).margin(5e-4));
  const auto loss = [](double compute) { return std::pow(1 + compute, -0.05); };
  CHECK(final_loss(run, "hare") == Approx(loss(theory::front_loaded_compute(growth_rates, 8))).epsilon(1e-9));
  CHECK(final_loss(run, "heron") == Approx(loss(theory::kernel(growth_rates, 6.642, 8))).epsilon(1e-9));
  CHECK(final_loss(run, "heron") == Approx(loss(theory::kernel(growth_rates, best, 8))).epsilon(1e-9));
  // 400 purchases instead of infinitely many.
  CHECK(final_loss(run, "turtle") == Approx(loss(theory::uniform_compute(growth_rates, 8))).epsilon(1e-4));
  CHECK(run["hare"].final.mean_relative_loss * 8 ==
        Approx(theory::front_loaded_loss(growth_rates, {}, 8)).epsilon(1e-9));
  CHECK(run["heron"].final.mean_relative_loss * 8 ==
        Approx(theory::single_purchase_loss(growth_rates, {}, 8, 6.642)).epsilon(1e-9));
  // docs/derivations.md 8.4, to the digits it gives.
  CHECK(final_loss(run, "hare") == Approx(0.773).margin(5e-4));
  CHECK(final_loss(run, "turtle") == Approx(0.622).margin(5e-4));
  CHECK(final_loss(run, "heron") == Approx(0.600).margin(5e-4));
  CHECK(run["turtle"].final.mean_relative_loss == Approx(0.829).margin(5e-4));
  // Who waits wins on final loss and loses on average loss; lookahead finds the date within its month.
  const core::Duration off = run["lookahead"].cohorts[0].ordered - run["heron"].cohorts[0].ordered;
  CHECK(std::abs(off.milliseconds()) <= core::kMonth.milliseconds());
  CHECK(final_loss(run, "lookahead") >= final_loss(run, "heron"));
  CHECK(final_loss(run, "lookahead") < final_loss(run, "turtle"));
  CHECK(run["heron"].final.mean_relative_loss > run["turtle"].final.mean_relative_loss);
  CHECK(run["heron"].final.mean_relative_loss > run["hare"].final.mean_relative_loss);
}

TEST_CASE("leapfrog: buys at the release of 2030, beats hare and turtle, and patience without a horizon does not pay") {
  const Race run = race_of(shipped("leapfrog"));
  const models::Market& market = run.cases[0].plant.market;
  const core::Time bought = run["leapfrog"].cohorts.at(1).ordered;
  CHECK(
      std::any_of(market.types.begin(), market.types.end(), [&](const auto& type) { return type.released == bought; }));
  CHECK(core::to_date(bought).substr(0, 4) == "2030");
  CHECK(final_loss(run, "leapfrog") < final_loss(run, "turtle"));
  CHECK(final_loss(run, "leapfrog") < final_loss(run, "hare"));
  CHECK(final_loss(run, "leapfrog") < final_loss(run, "patient"));
  CHECK(run["patient"].cohorts.at(1).ordered > bought);
  CHECK(run["lookahead"].cohorts.at(1).ordered - bought <= core::kMonth);
  CHECK(run["lookahead"].cohorts.at(1).ordered >= bought);
}

TEST_CASE("chips-or-research: the best share of chips is 1/(1 + returns)") {
  scenario::Scenario scenario = shipped("chips-or-research");
  const Race run = race_of(scenario);
  const std::string best_name = "chips 44 %";
  for (const fleet::Outcome& outcome : run.outcomes) {
    CAPTURE(outcome.strategy);
    CHECK((outcome.strategy == best_name || outcome.final.relative_loss > final_loss(run, best_name)));
    CHECK(outcome.final.spend() == core::Money::from_usd(1e10));
  }
  CHECK(final_loss(run, "all-chips") > final_loss(run, "chips 80 %"));
  // Over all shares: C = s ((1 + k H)^(r + 1) - 1)/(k (r + 1)), k proportional to 1 - s, which tends to s (1 - s)^r as research
  // gets large. The optimum lies above 1/(1 + r) by about r/(1 + r)/(k H) and less, and approaches it.
  const auto best_share = [&](const char* reference_cost) {
    scenario::set(scenario, "progress.reference_cost", reference_cost);
    double best = 0;
    double least = 2;
    for (int percent = 300; percent <= 700; percent += 2) {
      const double share = percent / 1000.0;
      scenario::set(scenario, "strategies.chips 44 %.with.progress.cost", text(1.25e9 * (1 - share)) + " USD/yr");
      const Race varied = race_of(scenario);
      if (final_loss(varied, best_name) < least) {
        least = final_loss(varied, best_name);
        best = share;
      }
    }
    return best;
  };
  const double exact = theory::best_chip_share(1.25);
  CHECK(exact == Approx(1 / 2.25));
  CHECK(std::fabs(best_share("75e6 USD/yr") - exact) < 0.012);
  CHECK(std::fabs(best_share("75e3 USD/yr") - exact) <= 0.0021);
}

TEST_CASE("research-race: chips alone lead at first, are overtaken within half a year and end last") {
  const Race run = race_of(shipped("research-race"));
  const core::Time half_a_year = run.cases[0].horizon.start + core::kMonth * 6;
  CHECK(final_loss(run, "user") < final_loss(run, "both"));
  CHECK(final_loss(run, "both") < final_loss(run, "thinker"));
  for (const char* name : {"thinker", "user", "both"}) {
    CAPTURE(name);
    CHECK(final_loss(run, name) < final_loss(run, "builder"));
    CHECK(run[name].series[1].relative_loss > run["builder"].series[1].relative_loss);
    CHECK(run[name].trajectory.effective_at(half_a_year) > run["builder"].trajectory.effective_at(half_a_year));
  }
}

TEST_CASE("rent-or-buy: keeping computes cheapest, renting has the lowest average loss, the pledge pays most") {
  const Race run = race_of(shipped("rent-or-buy"));
  for (const fleet::Outcome& outcome : run.outcomes) {
    INFO(outcome.strategy);
    CHECK(outcome.final.finance.usd_per_pf_day >= run["keeper"].final.finance.usd_per_pf_day);
    CHECK(outcome.final.finance.usd_per_pf_day <= run["pledge"].final.finance.usd_per_pf_day);
    CHECK(outcome.final.relative_loss >= run["keeper"].final.relative_loss);
    CHECK(outcome.final.mean_relative_loss >= run["renter"].final.mean_relative_loss);
  }
  CHECK(run["renter"].final.capex == core::Money{});
}

TEST_CASE("power-wall: demand meets the wall where the exponential does, and the energy bill stops growing") {
  const Race run = race_of(shipped("power-wall"));
  const auto full = [&run](const char* name) {
    for (const fleet::Sample& sample : run[name].series) {
      if (sample.average_site_power > 0.99 * 40e6) return run.cases[0].horizon.years_at(sample.time);
    }
    return 99.0;
  };
  // A month between samples; orders are up to 5 % ahead of demand.
  CHECK(full("wall") < std::log(4.0) / 0.5 + 1.0 / 12);
  CHECK(full("wall") > std::log(4.0 / 1.05) / 0.5 - 1.0 / 12);
  CHECK(full("better-chips") > full("wall") + 1);
  CHECK(run["refresh"].final.capex.usd() > 3 * run["wall"].final.spend().usd());
}

TEST_CASE("hand-me-down: on a full site selling ends lower than keeping, and keeping lower than handing down") {
  const Race run = race_of(shipped("hand-me-down"));
  for (const char* seller : {"sell", "refresh"}) {
    CHECK(final_loss(run, seller) < final_loss(run, "keep"));
    CHECK(*run[seller].final.finance.operational_kg < 1.001 * *run["keep"].final.finance.operational_kg);
    CHECK(run[seller].final.finance.usd_per_pf_day < run["keep"].final.finance.usd_per_pf_day);
  }
  CHECK(final_loss(run, "sell") == Approx(final_loss(run, "second-site")).epsilon(2e-3));
  CHECK(run["second-site"].final.peak_site_power > 3 * run["sell"].final.peak_site_power);
  CHECK(run["keep"].final.capex.usd() < 0.28e9);
  CHECK(final_loss(run, "keep") < final_loss(run, "hand-down"));
  CHECK(run["hand-down"].final.energy_kwh == run["keep"].final.energy_kwh);
}

TEST_CASE("lumpy-orders: 62, 5 and 8 orders, of which the planned ones cost least; the option waits two years") {
  const Race run = race_of(shipped("lumpy-orders"));
  CHECK(run["monthly"].cohorts.size() == 62);
  CHECK(run["s-S"].cohorts.size() == 5);
  CHECK(run["planned"].cohorts.size() == 8);
  CHECK(run["planned"].final.capex < run["s-S"].final.capex);
  CHECK(run["planned"].final.capex.usd() == Approx(0.968e9).epsilon(1e-3));
  CHECK(run["monthly"].final.capex.usd() == Approx(1.451e9).epsilon(1e-3));
  REQUIRE(run["option"].cohorts.size() == 1);
  // 1.1 x 1.8074 times the price-performance of the start, at the next review.
  const double due = std::log2(1.1 * 1.8074) * 2.07;
  const double bought = run.cases[0].horizon.years_at(run["option"].cohorts[0].ordered);
  CHECK(bought >= due - 1e-3);
  CHECK(bought < due + 1.0 / 12);
}

TEST_CASE("gigawatt: up front what Epoch AI counts per MW, within 5 %") {
  const Race run = race_of(shipped("gigawatt"));
  const fleet::Summary& campus = run["campus"].final;
  // Million USD per MW of site power: 37.883 in all, 11.433 + 0.172 + 0.164 of it facility, land and utility works.
  CHECK(campus.facility.usd() / 1e9 == Approx(11.433 + 0.172 + 0.164).epsilon(1e-3));
  CHECK((campus.facility + campus.capex).usd() / 1e9 == Approx(37.883).epsilon(0.05));
  CHECK(campus.peak_site_power <= 1e9);
  CHECK(campus.peak_site_power > 0.999e9);
  CHECK(run["half-empty"].final.facility == campus.facility);
}

TEST_CASE("grid-delay: 40 thousand accelerators wait for a year; the first target comes six months later") {
  const Race run = race_of(shipped("grid-delay"));
  CHECK(run["on-time"].final.idle_accelerator_years == 0);
  CHECK(run["slips"].final.idle_accelerator_years == Approx(40'020).epsilon(0.01));
  const auto later = [&](std::size_t target) {
    return (*run["slips"].targets[target].reached - *run["on-time"].targets[target].reached).years() * 12;
  };
  CHECK(later(0) == Approx(6).margin(0.25));
  CHECK(later(1) == Approx(0.75).margin(0.25));
  CHECK(final_loss(run, "waits") < final_loss(run, "on-time"));
  CHECK(final_loss(run, "on-time") < final_loss(run, "slips"));
}

TEST_CASE("two-sites: the far site wins by its power; its price moves the bill") {
  const Race run = race_of(shipped("two-sites"));
  CHECK(final_loss(run, "far") < final_loss(run, "near"));
  CHECK(run["both"].final.mean_relative_loss < run["near"].final.mean_relative_loss);
  CHECK(run["both"].final.mean_relative_loss < run["far"].final.mean_relative_loss);
  CHECK(run["far-first"].final.energy_cost < run["both"].final.energy_cost);
  CHECK(final_loss(run, "far-first") == Approx(final_loss(run, "both")).epsilon(1e-6));
}

TEST_CASE("three-year-chips: short lives cost something where money is short, and help where power is") {
  const Race run = race_of(shipped("three-year-chips"));
  const double rich = final_loss(run, "three") - final_loss(run, "six");
  const double poor = final_loss(run, "poor-three") - final_loss(run, "poor-six");
  CHECK(rich == Approx(-0.00626).epsilon(0.01));
  CHECK(poor == Approx(0.00809).epsilon(0.01));
}

TEST_CASE("hall-extension: the critical path of every draw is the longest chain, worked by hand") {
  const scenario::Scenario scenario = shipped("hall-extension");
  int by_grid = 0;
  for (std::uint32_t draw = 0; draw < 100; ++draw) {
    const std::vector<fleet::StrategySetup> cases = scenario::resolve(scenario, {1, draw, fleet::InputDraw::drawn});
    const fleet::Project& hall = cases[0].plant.sites[0].projects[0];
    const auto days = [&](const char* name) {
      for (const models::Task& task : hall.tasks) {
        if (task.name == name) return task.duration.hours() / 24;
      }
      return 0.0;
    };
    const double built = std::max(days("shell"), days("switchgear")) + days("fit-out");
    const double longest = std::max({days("grid"), days("transformer"), built});
    CHECK(hall.path.length.hours() / 24 == Approx(days("permit") + longest + 60).epsilon(1e-12));
    by_grid += longest == days("grid") ? 1 : 0;
  }
  CHECK(by_grid > 60);
  CHECK(by_grid < 100);
  const Race run = race_of(scenario::drawn(scenario, {}));
  CHECK(run["counts-on-it"].final.idle_accelerator_years > 0);
  CHECK(run["extends"].final.idle_accelerator_years == 0);
  CHECK(run["stays"].final.facility == core::Money{});
}

}  // namespace fleetrace::test
