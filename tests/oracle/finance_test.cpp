#include "models/finance/finance.hpp"

#include "models/theory/growth_rates.hpp"
#include "tests/oracle/race.hpp"

// Money over time: hardware that is sold, handed down, rented and written off, by hand and against the user cost of capital.
namespace fleetrace::test {
namespace {

using core::Money;
using fleet::State;

/// All-in USD of the only accelerator, whose price is constant.
double h100_usd(const Race& run) { return run.cases[0].plant.market.types[0].cost(run.cases[0].horizon.start); }

std::int64_t at_end(const fleet::Outcome& outcome, State state) {
  return outcome.final.accelerators[static_cast<std::size_t>(state)];
}

/// H100 at a constant price.
std::string h100(double years, const std::string& operations, const std::string& rest) {
  return "horizon: {start: 2026-01-01, length: " + text(years) +
         " yr}\nhardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\noperations: {mfu: 0.4, " +
         operations + "}\nloss: {reference: 1e24 FLOP}\n" + rest;
}

}  // namespace

TEST_CASE("capital recovery, net present value and straight lines by hand") {
  CHECK(models::capital_recovery_factor(0.08, 5) == Approx(0.250456454).epsilon(1e-8));
  CHECK(models::capital_recovery_factor(0, 8) == 0.125);
  CHECK(models::capital_recovery_factor(0.07, models::theory::kInfinity) == 0.07);
  CHECK(models::capital_recovery_factor(1e-12, 8) == Approx(0.125).epsilon(1e-9));
  // A dollar that is paid back at this rate: the present value of the payments is the dollar.
  for (const double rate : {-0.2, 0.0, 0.03, 0.25}) {
    std::vector<models::CashFlow> flows;
    for (int year = 1; year <= 7; ++year)
      flows.push_back({static_cast<double>(year), models::capital_recovery_factor(rate, 7)});
    CHECK(models::net_present_value(rate, flows) == Approx(1).epsilon(1e-13));
  }
  CHECK(models::straight_line_book_share(1.5, 6) == 0.75);
  CHECK(models::straight_line_book_share(7, 6) == 0);
  CHECK(models::user_cost(0.05, 0.3, 0.1) == Approx(0.45));
  CHECK(models::user_cost_in_advance(0.05, 0.3, 0.1, 1e-9) == Approx(0.45e-9).epsilon(1e-8));
  CHECK_THROWS_AS(models::capital_recovery_factor(-1, 5), std::invalid_argument);
  CHECK_THROWS_AS(models::capital_recovery_factor(0.1, 0), std::invalid_argument);
  CHECK_THROWS_AS(models::straight_line_book_share(-1, 6), std::invalid_argument);
}

TEST_CASE("without friction, buying once, refreshing and renting at the user cost cost the same: regret 0") {
  // A fleet of 1e18 FLOP/s for 4 years while a FLOP/s gets cheaper by eta and money earns r. Whoever holds it pays
  // p (1 - e^(-(r + eta) 4)), whether he resells every year, after four, or never owns anything.
  const double eta = 0.5 * kLn2;
  const double r = std::log1p(0.1);
  const double month = 1.0 / 12;
  // Rent is booked at the end of each month.
  const double rate = (std::exp(r * month) - std::exp(-eta * month)) / month;
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: trend, price_performance: 1e9 FLOP/s/USD, "
      "price_performance_rate: 0.5 doublings/yr, power_per_flops: 1 W/(TFLOP/s), energy_efficiency_rate: 0 doublings/yr}\n"
      "operations: {resale: {haircut: 0, proceeds: owner}}\nfinance: {discount_rate: 0.1}\nloss: {reference: 1e26 FLOP}\n"
      "rental: {term: 1 months, rate: " +
      text(rate) + " /yr}\nstrategies:\n  hare: {buy: front_loaded, budget: 1e9 USD}\n" +
      "  refresher: {buy: refresh, power: 1 MW, age: 1 yr, slots: 1, budget: 9e12 USD}\n" +
      "  slots: {buy: refresh, power: 1 MW, age: 0.5 yr, slots: 1, budget: 9e12 USD}\n" +
      "  renter: {buy: capacity_triggered, load: 5e17 FLOP/s, growth: 0 /yr, up_to: 2, rented: 1, budget: 9e12 USD}\n");
  const double exact = -1e9 * -std::expm1(-(r + eta) * 4);
  for (const char* name : {"hare", "refresher", "slots", "renter"}) {
    INFO(name);
    CHECK(run[name].final.effective_flop == Approx(1e18 * 4 * kYearSeconds).epsilon(1e-9));
    CHECK(run[name].final.finance.npv_usd == Approx(exact).epsilon(1e-9));
    CHECK(run[name].final.finance.usd_per_pf_day == Approx(-exact / (4e18 * kYearSeconds / 8.64e19)).epsilon(1e-9));
  }
  CHECK(run["renter"].final.capex == Money{});
  CHECK(run["renter"].final.finance.rent == run["renter"].final.spend());
  CHECK(run["hare"].final.finance.resale == Money{});
  // What it is worth falls as the market does: economic depreciation is what the user cost says beside the interest.
  CHECK(*run["hare"].final.finance.economic_depreciation_usd == Approx(1e9 * -std::expm1(-eta * 4)).epsilon(1e-9));
}

TEST_CASE("friction breaks the tie: who trades most pays most") {
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: trend, power_per_flops: 1 W/(TFLOP/s), "
      "energy_efficiency_rate: 0 doublings/yr}\noperations: {resale: {haircut: 0.3, proceeds: owner}}\n"
      "loss: {reference: 1e26 FLOP}\nstrategies:\n"
      "  rare: {buy: refresh, power: 1 MW, age: 2 yr, slots: 1, budget: 9e12 USD}\n"
      "  often: {buy: refresh, power: 1 MW, age: 0.5 yr, slots: 1, budget: 9e12 USD}\n");
  CHECK(run["often"].final.finance.npv_usd < 1.2 * run["rare"].final.finance.npv_usd);
}

TEST_CASE("resale by hand: half of six years old, less the haircut, at a price that has not fallen") {
  const Race run = race(
      h100(4, "lifetime: 3 yr, resale: {life: 6 yr}",
           "strategies:\n  keeps: {buy: front_loaded, budget: 1e8 USD}\n"
           "  pays_out: {buy: front_loaded, budget: 1e8 USD, with: {operations: {resale: {proceeds: owner}}}}\n"
           "  trades_in: {buy: incremental, budget: 1e8 USD, every: 2 yr}\n"));
  const auto count = static_cast<std::int64_t>(1e8 / h100_usd(run));
  const fleet::Summary& keeps = run["keeps"].final;
  const Money proceeds = Money::from_usd(static_cast<double>(count) * h100_usd(run) * 0.7 * 0.5);
  CHECK(std::llabs((keeps.finance.resale - proceeds).micros()) <= 1'000);
  CHECK(keeps.unspent == Money::from_usd(1e8) - keeps.capex + keeps.finance.resale);
  CHECK(keeps.finance.npv_usd == Approx(proceeds.usd() - keeps.capex.usd()).epsilon(1e-12));
  CHECK(keeps.finance.salvage == Money{});
  CHECK(run["pays_out"].final.unspent == Money::from_usd(1e8) - keeps.capex);
  // The second half is two years old at the end: two thirds of its worth are left, 0.7 of that would be paid.
  const fleet::Summary& trader = run["trades_in"].final;
  const double half = static_cast<double>(run["trades_in"].cohorts[1].size) * h100_usd(run);
  CHECK(trader.finance.salvage.usd() == Approx(0.7 * half * 4 / 6).epsilon(1e-9));
  CHECK(*trader.finance.worth_usd == Approx(half * 4 / 6).epsilon(1e-9));
  CHECK(trader.finance.book_usd == Approx(half * 4 / 6).epsilon(1e-9));
}

TEST_CASE("refresh reinvests what its old hardware fetches") {
  const auto bought = [](const char* resale) {
    return race(h100(6, resale,
                     "strategies: {s: {buy: refresh, power: 6.375 MW, age: 2 yr, slots: 1, budget: 4e8 USD}}\n"))["s"];
  };
  // 5000 accelerators cost 340 million: a second fleet is beyond the budget unless the first one pays most of it.
  const fleet::Outcome without = bought("lifetime: 5 yr");
  const fleet::Outcome with = bought("lifetime: 5 yr, resale: {haircut: 0.1, life: 20 yr}");
  REQUIRE(without.cohorts.size() == 2);
  CHECK(without.cohorts[1].size < 1'000);
  REQUIRE(with.cohorts.size() == 3);
  CHECK(with.cohorts[1].size > 4'500);
  CHECK(with.final.capex > Money::from_usd(4e8));
}

TEST_CASE("handed down at two years, hardware serves, draws power and trains no more") {
  const Race run = race(h100(4, "lifetime: 5 yr, hand_down: {age: 2 yr, credit: 0.5}",
                             "sites: {main: {pue: 1.25, carbon: {intensity: 0.4 kg/kWh, embodied: 200 kg}}}\n"
                             "strategies: {s: {buy: front_loaded, budget: 1e8 USD}}\n"));
  const fleet::Outcome& outcome = run["s"];
  const auto count = static_cast<double>(outcome.cohorts[0].size);
  CHECK(at_end(outcome, State::serving) == outcome.cohorts[0].size);
  CHECK(at_end(outcome, State::in_service) == 0);
  const models::AcceleratorType& type = run.cases[0].plant.market.types[0];
  CHECK(outcome.final.physical_flop == Approx(count * type.peak * 0.4 * 2 * kYearSeconds).epsilon(1e-12));
  CHECK(outcome.final.energy_kwh == Approx(count * type.average_power / 1e3 * 1.25 * 4 * 8766).epsilon(1e-12));
  CHECK(*outcome.final.finance.operational_kg == Approx(0.4 * outcome.final.energy_kwh).epsilon(1e-15));
  CHECK(*outcome.final.finance.embodied_kg == 200 * count);
  CHECK(outcome.final.finance.credit.usd() == Approx(count * h100_usd(run) * (1 - 2.0 / 5) * 0.5).epsilon(1e-9));
  CHECK(outcome.final.finance.npv_usd ==
        Approx(outcome.final.finance.credit.usd() - outcome.final.spend().usd()).epsilon(1e-12));
  CHECK(outcome.final.unspent == Money::from_usd(1e8) - outcome.final.capex);  // a credit buys nothing
  // With a spare tenth and drawn failures, everything serves in the end, and nothing is lost.
  const Race failing = race(h100(4,
                                 "lifetime: 5 yr, hand_down: {age: 2 yr}, failures: {law: exponential, mtbf: 5000 h, "
                                 "repair: 500 h, fidelity: aggregate, spares: 0.1}",
                                 "strategies: {s: {buy: front_loaded, budget: 2e7 USD}}\n"));
  CHECK(at_end(failing["s"], State::serving) + at_end(failing["s"], State::in_repair) == failing["s"].cohorts[0].size);
}

TEST_CASE("an initial fleet past the age of hand-down serves from the start and is no reference") {
  const Race run = race(h100(4, "lifetime: 5 yr, hand_down: {age: 1 yr}",
                             "initial_fleet: [{accelerator: H100, count: 100, installed: 2024-01-01}]\n"
                             "strategies: {s: {buy: none}}\n"));
  CHECK(run["s"].final.effective_flop == 0);
  CHECK(run["s"].series.front().accelerators[static_cast<std::size_t>(State::serving)] == 100);
}

TEST_CASE("two depreciations of one fleet: books over six years, the market by price and age") {
  const Race run = race(
      "horizon: {start: 2026-01-01, length: 3 yr}\nhardware: {model: catalog, accelerators: [H100], price_decline: 0.2 /yr}\n"
      "operations: {mfu: 0.4, lifetime: 5 yr}\nfinance: {discount_rate: 0.08, accounting_life: 6 yr}\n"
      "loss: {reference: 1e24 FLOP}\nstrategies: {s: {buy: front_loaded, budget: 1e8 USD}}\n");
  const fleet::Summary& final = run["s"].final;
  CHECK(final.finance.book_usd == Approx(final.capex.usd() / 2).epsilon(1e-9));
  CHECK(final.finance.depreciation_usd == Approx(final.capex.usd() / 2).epsilon(1e-9));
  const double worth = final.capex.usd() * std::exp(-0.2 * 3) * (1 - 3.0 / 5);
  CHECK(*final.finance.worth_usd == Approx(worth).epsilon(1e-9));
  CHECK(*final.finance.economic_depreciation_usd == Approx(final.capex.usd() - worth).epsilon(1e-9));
  CHECK(final.finance.capital_usd_per_year == Approx(0.250456454 * final.capex.usd()).epsilon(1e-8));
  CHECK(final.finance.npv_usd == Approx(-final.capex.usd()).epsilon(1e-14));  // nobody sells: no salvage
}

TEST_CASE("embodied software makes old hardware worth less") {
  const auto worth = [](const char* embodied) {
    return *race(std::string("progress: {model: exponential, rate: 1 doublings/yr, embodied: ") + embodied + "}\n" +
                 h100(2, "lifetime: unlimited", "strategies: {s: {buy: front_loaded, budget: 1e8 USD}}\n"))["s"]
                .final.finance.worth_usd;
  };
  CHECK(worth("true") == Approx(worth("false") / 4).epsilon(1e-9));
}

TEST_CASE("rent by the price of an hour follows its path, and a commitment is owed beyond the horizon") {
  const Race run = race(
      h100(3, "lifetime: 5 yr",
           "rental: {term: 1 yr, price: 2.4 USD/h, accelerator: H100, price_decline: 0.2 /yr}\nstrategies:\n"
           "  hour: {buy: once, at: 1 yr, rented: 1, budget: 1e8 USD}\n"
           "  pledge: {buy: front_loaded, rented: 1, budget: 1e8 USD, with: {rental: {term: 6 yr}}}\n"
           "  both: {buy: front_loaded, rented: 0.25, budget: 1e8 USD}\n"));
  const double hour = 2.4 * 8766 * std::exp(-0.2);
  const fleet::Outcome& renter = run["hour"];
  CHECK(renter.cohorts.at(0).size == static_cast<std::int64_t>(1e8 / hour));
  CHECK(renter.final.finance.rent.usd() == Approx(static_cast<double>(renter.cohorts[0].size) * hour).epsilon(1e-9));
  CHECK(renter.cohorts[0].count(State::retired) == renter.cohorts[0].size);  // given back after a year
  CHECK(renter.cohorts[0].working_seconds == Approx(static_cast<double>(renter.cohorts[0].size) * kYearSeconds));
  CHECK(renter.final.energy_kwh == 0);
  CHECK(renter.final.finance.worth_usd == 0.0);
  // Half of the rent is due by the middle of the term.
  for (const fleet::Sample& sample : renter.series) {
    const double years = run.cases[0].horizon.years_at(sample.time);
    const double due = renter.final.finance.rent.usd() * std::min(1.0, std::max(0.0, years - 1));
    CHECK(sample.rent.usd() == Approx(due).epsilon(1e-8).margin(1e-5));
  }
  const fleet::Outcome& pledge = run["pledge"];
  CHECK(pledge.final.finance.rent.usd() ==
        Approx(static_cast<double>(pledge.cohorts[0].size) * 6 * 2.4 * 8766).epsilon(1e-9));
  CHECK((pledge.series.end() - 2)->rent.usd() < 0.51 * pledge.final.finance.rent.usd());
  const fleet::Outcome& both = run["both"];
  REQUIRE(both.cohorts.size() == 2);
  CHECK(both.cohorts[0].rented);
  CHECK(both.final.finance.rent.usd() == Approx(2.5e7).epsilon(1e-3));
  CHECK(both.final.capex.usd() == Approx(7.5e7).epsilon(1e-3));
}

TEST_CASE("orders come in lots and cost what an order costs") {
  const Race run = race(h100(4, "lifetime: 5 yr",
                             "supply: {lot: 100, order_cost: 1e6 USD}\n"
                             "strategies: {s: {buy: incremental, budget: 1e8 USD, every: 1 yr}}\n"));
  const fleet::Outcome& outcome = run["s"];
  REQUIRE(outcome.cohorts.size() == 4);
  Money capex;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    CHECK(cohort.size % 100 == 0);
    capex += Money::from_usd(cohort.cost_usd) * cohort.size + Money::from_usd(1e6);
  }
  CHECK(outcome.final.capex == capex);
}

}  // namespace fleetrace::test
