#include "models/finance/rate_of_return.hpp"
#include "tests/oracle/race.hpp"

// What a fleet earns, its rate of return and when it has paid back, by hand, by spreadsheet and by closed forms.
namespace fleetrace::test {
namespace {

using core::Money;
using models::CashFlow;

/// A payment a year.
std::vector<CashFlow> yearly(const std::vector<double>& amounts, bool runs = false) {
  std::vector<CashFlow> flows;
  for (std::size_t i = 0; i < amounts.size(); ++i)
    flows.push_back({static_cast<double>(i), amounts[i], runs && amounts[i] > 0});
  return flows;
}

models::RateOfReturn rate_of(const std::vector<double>& amounts) { return models::rate_of_return(yearly(amounts)); }

/// H100s at a constant price and an MFU of 0.4, four years.
std::string h100(const std::string& finance, const std::string& operations, const std::string& rest) {
  return "horizon: {start: 2026-01-01, length: 4 yr}\nhardware: {model: catalog, accelerators: [H100], price_decline: 0 "
         "/yr}\noperations: {mfu: 0.4, " +
         operations + "}\nloss: {reference: 1e24 FLOP}\nfinance: {" + finance + "}\n" + rest;
}

const std::string kOnce = "strategies: {s: {buy: front_loaded, budget: 1e8 USD}}\n";

double count_of(const Race& run) { return static_cast<double>(run["s"].cohorts.at(0).size); }

/// The integral of e^(-rate t), by hand.
double fading(double rate, double years) { return rate == 0 ? years : -std::expm1(-rate * years) / rate; }

}  // namespace

TEST_CASE("rates of return as spreadsheets have them") {
  // The examples in the documentation of Excel's IRR and of numpy_financial.irr.
  CHECK(*rate_of({-70000, 12000, 15000, 18000, 21000, 26000}).rate == Approx(0.0866309480).epsilon(1e-9));
  CHECK(*rate_of({-70000, 12000, 15000, 18000, 21000}).rate == Approx(-0.0212448483).epsilon(1e-8));
  CHECK(*rate_of({-100, 39, 59, 55, 20}).rate == Approx(0.2809484212).epsilon(1e-9));
  CHECK(*rate_of({-100, 0, 0, 74}).rate == Approx(-0.0954958304).epsilon(1e-8));
  // -1000 and 1200 a year later.
  CHECK(*rate_of({-1000, 1200}).rate == Approx(0.2).epsilon(1e-14));
  CHECK(rate_of({-1000, 1200}).sign_changes == 1);
  // Years need not be whole: sqrt(1.21).
  CHECK(*models::rate_of_return(std::vector<CashFlow>{{0, -100}, {0.5, 110}}).rate == Approx(0.21).epsilon(1e-13));
  // What is paid on one date is one payment: 100, of which 20 come back at once, and 96.8 two years later.
  const models::RateOfReturn joined = models::rate_of_return(
      std::vector<CashFlow>{{0, -100}, {0, 20}, {2, 50}, {2, 46.8}});
  CHECK(*joined.rate == Approx(0.1).epsilon(1e-13));
  CHECK(joined.sign_changes == 1);
}

TEST_CASE("where money changes direction never or often, a rate of return is said to be none, not guessed") {
  CHECK_FALSE(rate_of({-100, -50}).rate);
  CHECK(rate_of({-100, -50}).sign_changes == 0);
  CHECK_FALSE(rate_of({}).rate);
  // Two rates, 25 % and 400 %: the pump of Lorie and Savage 1955.
  const models::RateOfReturn pump = rate_of({-1600, 10000, -10000});
  CHECK_FALSE(pump.rate);
  CHECK(pump.sign_changes == 2);
  CHECK(models::net_present_value(0.25, yearly({-1600, 10000, -10000})) == Approx(0).margin(1e-9));
  CHECK(models::net_present_value(4, yearly({-1600, 10000, -10000})) == Approx(0).margin(1e-9));
  // None at all.
  CHECK_FALSE(rate_of({-100, 150, -100}).rate);
  // Three changes, but what was earned never falls behind again: one rate above 0 (Norstrom).
  const models::RateOfReturn again = rate_of({-100, 60, -20, 60, 60});
  CHECK(*again.rate == Approx(0.1988550594).epsilon(1e-9));
  CHECK(again.sign_changes == 3);
  CHECK(*rate_of({-1000, 500, -200, 300, 300}).rate == Approx(-0.0414763822).epsilon(1e-8));
  // What comes in and goes out on one date is one payment.
  CHECK(models::rate_of_return(std::vector<CashFlow>{{0, -100}, {1, 300}, {1, -180}}).sign_changes == 1);
}

TEST_CASE("payback by hand, simple and discounted") {
  const std::vector<double> amounts{-1000, 400, 400, 400, 400};
  CHECK(*models::payback_years(yearly(amounts, true), 0) == Approx(2.5).epsilon(1e-14));
  CHECK(*models::payback_years(yearly(amounts), 0) == 3);
  // At 10 %: 363.636, 330.579, 300.526 leave 5.259 of 273.205.
  CHECK(*models::payback_years(yearly(amounts, true), 0.1) == Approx(3.0192).epsilon(1e-4));
  CHECK_FALSE(models::payback_years(yearly({-1000, 400, 400}), 0));
  CHECK(*models::payback_years(yearly({100, -50}), 0) == 0);
  // Money that is spent again is earned again: for good only in year 4.
  CHECK(*models::payback_years(yearly({-100, 150, -100, 20, 40}), 0) == 4);
}

TEST_CASE("an hour of an accelerator earns its price, which falls with time and with age") {
  const Race steady = race(h100("revenue: {price: 2.5 USD/h}", "lifetime: 5 yr", kOnce));
  const double yearly_usd = count_of(steady) * 2.5 * 8766;
  const fleet::FinanceReport& plain = steady["s"].final.finance;
  CHECK(plain.revenue.usd() == Approx(4 * yearly_usd).epsilon(1e-12));
  CHECK(plain.npv_usd == Approx(4 * yearly_usd - steady["s"].final.spend().usd()).epsilon(1e-12));
  // Earned evenly, so that it has paid back after cost over yearly revenue.
  const double cost = steady["s"].final.capex.usd();
  CHECK(*plain.payback_years == Approx(cost / yearly_usd).epsilon(1e-9));
  // Rate of return: 48 payments at the ends of months, v = (1 + r)^(-1/12), cost = m (1 - v^48) v/(1 - v).
  const double v = std::pow(1 + *plain.irr_per_year, -1.0 / 12);
  CHECK(yearly_usd / 12 * v * (1 - std::pow(v, 48)) / (1 - v) == Approx(cost).epsilon(1e-9));
  CHECK(plain.cash_flow_sign_changes == 1);
  for (const fleet::Sample& sample : steady["s"].series) {
    const double years = steady.cases[0].horizon.years_at(sample.time);
    CHECK(sample.revenue.usd() == Approx(yearly_usd * years).epsilon(1e-12).margin(1e-6));
  }
  const Race falling = race(
      h100("revenue: {price: 2.5 USD/h, decline: 0.2 /yr, age_decline: 0.1 /yr, sold: 0.8}", "lifetime: 5 yr", kOnce));
  CHECK(falling["s"].final.finance.revenue.usd() == Approx(0.8 * yearly_usd * fading(0.3, 4)).epsilon(1e-12));
  // Half of the money two years later: new hardware earns by its own age.
  const Race halves = race(h100("revenue: {price: 2.5 USD/h, decline: 0.2 /yr, age_decline: 0.1 /yr}", "lifetime: 5 yr",
                                "strategies: {s: {buy: incremental, budget: 1e8 USD, every: 2 yr}}\n"));
  REQUIRE(halves["s"].cohorts.size() == 2);
  const double first = static_cast<double>(halves["s"].cohorts[0].size) * fading(0.3, 4);
  const double second = static_cast<double>(halves["s"].cohorts[1].size) * std::exp(-0.4) * fading(0.3, 2);
  CHECK(halves["s"].final.finance.revenue.usd() == Approx(2.5 * 8766 * (first + second)).epsilon(1e-12));
}

TEST_CASE("compute earns by the PF-day, and what it is worth to its owner counts algorithms, too") {
  const Race run = race(
      "progress: {model: exponential, rate: 1 doublings/yr}\n" +
      h100("revenue: {compute_price: 60 USD/PF-day}, compute_value: 30 USD/PF-day", "lifetime: 5 yr", kOnce));
  const double pf_days = count_of(run) * run.cases[0].plant.market.types[0].peak * 0.4 / 1e15 * 365.25;
  const fleet::FinanceReport& finance = run["s"].final.finance;
  CHECK(finance.revenue.usd() == Approx(60 * 4 * pf_days).epsilon(1e-12));
  // The integral of 2^t over four years is 15/ln 2.
  CHECK(finance.compute_value.usd() == Approx(30 * pf_days * 15 / kLn2).epsilon(1e-9));
  const double income = (finance.revenue + finance.compute_value).usd();
  CHECK(finance.npv_usd == Approx(income - run["s"].final.spend().usd()).epsilon(1e-9));
  // What a PF-day costs is no matter of what it earns.
  CHECK(finance.usd_per_pf_day == Approx(run["s"].final.spend().usd() / (pf_days * 15 / kLn2)).epsilon(1e-9));
}

TEST_CASE("training earns until hardware is handed down, serving from then on") {
  const auto earned = [](const char* on) {
    const Race run = race(h100(std::string("revenue: {price: 2 USD/h, decline: 0.3 /yr, on: ") + on + '}',
                               "lifetime: 5 yr, hand_down: {age: 1 yr}", kOnce));
    return run["s"].final.finance.revenue.usd() / (count_of(run) * 2 * 8766);
  };
  CHECK(earned("training") == Approx(fading(0.3, 1)).epsilon(1e-12));
  CHECK(earned("serving") == Approx(std::exp(-0.3) * fading(0.3, 3)).epsilon(1e-12));
  CHECK(earned("both") == Approx(fading(0.3, 4)).epsilon(1e-12));
}

TEST_CASE("serving sells the load that it carries") {
  // Half of the fleet serves; the load grows by e^0.5 a year and exceeds what is carried in the third year.
  const Race run = race(
      "demand: {load: 4e17 FLOP/s, doubling: 1.3862943611198906 yr, mfu: 0.2, target: {most: 0.9}}\n" +
      h100(
          "revenue: {price: 2 USD/h, decline: 0.1 /yr, age_decline: 0.2 /yr, on: serving}",
          "lifetime: 5 yr, shares: [{serving: 0.5, research: 0}]",
          "initial_fleet: [{accelerator: H100, count: 10000, installed: 2025-01-01}]\nstrategies: {s: {buy: none}}\n"));
  const double useful = 10000 * 0.5 * run.cases[0].plant.market.types[0].peak * 0.2;
  const auto rate = [&](long double t) {
    const double load = 4e17 * std::exp(0.5 * static_cast<double>(t));
    return std::min(load, 0.9 * useful) / useful * std::exp(-0.3 * static_cast<double>(t));
  };
  const double born = run.cases[0].horizon.years_at(run["s"].cohorts.at(0).ordered);
  // In two parts, since the integrand has a kink.
  const long double kink = std::log(0.9 * useful / 4e17) / 0.5;
  REQUIRE(kink > 1);
  REQUIRE(kink < 4);
  const auto exact = static_cast<double>(simpson(rate, 0, kink) + simpson(rate, kink, 4));
  CHECK(run["s"].final.finance.revenue.usd() ==
        Approx(10000 * 0.5 * 2 * 8766 * std::exp(0.2 * born) * exact).epsilon(1e-10));
}

TEST_CASE("what failed does not earn, whether failures are drawn, skipped over or a factor") {
  const auto yaml = [](const char* fidelity, const char* finance) {
    return h100(finance,
                std::string("lifetime: 3 yr, failures: {law: exponential, mtbf: 20000 h, repair: 100 h, fidelity: ") +
                    fidelity + "}",
                "strategies: {s: {buy: incremental, budget: 1e8 USD, every: 1 yr}}\n");
  };
  for (const char* fidelity : {"aggregate", "device", "expected"}) {
    INFO(fidelity);
    const Race run = race(yaml(fidelity, "revenue: {price: 3 USD/h}"));
    double seconds = 0;
    for (fleet::Cohort cohort : run["s"].cohorts) {
      cohort.count_until(run.cases[0].horizon.end);
      seconds += cohort.working_seconds;
    }
    const double up = run.cases[0].plant.operations.failures.work_factor();
    CHECK(run["s"].final.finance.revenue.usd() == Approx(3 * up * seconds / 3600).epsilon(1e-11));
    // Event by event and many at once come to the same.
    const auto cases = cases_of(yaml(fidelity, "revenue: {price: 3 USD/h, decline: 0.5 /yr, age_decline: 0.3 /yr}"));
    const double skipped = fleet::simulate(cases[0]).final.finance.revenue.usd();
    const double seen = fleet::simulate(cases[0], [](const fleet::World&, const fleet::Event&) {
                        }).final.finance.revenue.usd();
    CHECK(skipped == Approx(seen).epsilon(1e-9));
  }
}

TEST_CASE("money that waits bears interest, hardware that waits costs its capital recovery") {
  const Race run = race(
      h100("interest: 0.04 /yr, discount_rate: 0.08", "lifetime: 5 yr",
           "supply: {yearly_limit: 200 /yr}\nstrategies: {s: {buy: front_loaded, budget: 1e8 USD}}\n"));
  const fleet::Summary& final = run["s"].final;
  CHECK(final.idle_usd_years > 1e8);
  CHECK(final.finance.interest.usd() == Approx(0.04 * final.idle_usd_years).epsilon(1e-9));
  CHECK(run["s"].final.finance.npv_usd > -final.discounted_spend_usd);
  // 0.25 MW take some; the others wait for all of four years.
  const Race waiting = race(
      h100("discount_rate: 0.08", "lifetime: 5 yr",
           "sites: {main: {power: 0.25 MW}}\nstrategies: {s: {buy: front_loaded, budget: 1e8 USD, "
           "power_limits: installation}}\n"));
  const double units = static_cast<double>(waiting["s"].final.idle.waiting);
  REQUIRE(units > 1000);
  const double unit_usd = waiting["s"].cohorts[0].cost_usd;
  CHECK(waiting["s"].final.finance.waiting_carrying_usd ==
        Approx(units * unit_usd * 4 * models::capital_recovery_factor(0.08, 5)).epsilon(1e-12));
  // A type with a life of its own counts by that one.
  const Race own = race(h100(
      "discount_rate: 0.08", "lifetime: 5 yr",
      "accelerators: {H100: {lifetime: 8 yr}}\nsites: {main: {power: 0.25 MW}}\nstrategies: {s: {buy: front_loaded, budget: "
      "1e8 USD, power_limits: installation}}\n"));
  CHECK(own["s"].final.finance.waiting_carrying_usd ==
        Approx(units * unit_usd * 4 * models::capital_recovery_factor(0.08, 8)).epsilon(1e-12));
  CHECK(own["s"].final.idle.waiting_usd_per_year ==
        Approx(units * unit_usd * models::capital_recovery_factor(0.08, 8)).epsilon(1e-12));
}

TEST_CASE("what is left of a site counts by its own life, each part from when it opened") {
  const Race run = race(
      h100("discount_rate: 0.1", "lifetime: 5 yr",
           "sites: {main: {power: 10 MW, facility_cost: 10 USD/W, facility_life: 20 yr, grid: [{from: "
           "2028-01-01, power: 15 MW}]}}\n" +
               kOnce));
  const double first = 1e8 * (1 - 4.0 / 20);
  const double opened = run.cases[0].horizon.years_at(run.cases[0].plant.sites[0].additions.at(0).opens);
  const double second = 5e7 * (1 - (4 - opened) / 20);
  const fleet::FinanceReport& finance = run["s"].final.finance;
  CHECK(finance.facility_residual_usd == Approx(first + second).epsilon(1e-12));
  CHECK(finance.npv_usd ==
        Approx((first + second) * std::pow(1.1, -4) - run["s"].final.discounted_spend_usd).epsilon(1e-12));
}

TEST_CASE("the discounted loss is the average that weighs a later day less") {
  const std::string yaml =
      "progress: {model: exponential, rate: 0.7 doublings/yr}\n" +
      h100(
          "discount_rate: 0.15", "lifetime: 5 yr",
          "initial_fleet: [{accelerator: H100, count: 500, installed: 2025-01-01}]\nstrategies: {s: {buy: incremental, "
          "budget: 1e8 USD, every: 1 yr}}\n");
  for (const std::string& accounting : {std::string(), std::string("compute: {best_run: {length: 3 months}}, ")}) {
    INFO(accounting);
    std::string text = yaml;
    text.replace(text.find("loss: {"), 7, "loss: {" + accounting);
    const Race run = race(text);
    const fleet::LossCurve curve(run["s"].trajectory, run.cases[0].loss);
    const core::Time start = run.cases[0].horizon.start;
    const double rate = std::log(1.15);
    const auto weighted = [&](long double years) {
      return curve.loss_at(start + core::Duration::from_years(static_cast<double>(years))) *
             std::exp(-rate * static_cast<double>(years));
    };
    long double sum = 0;
    for (int month = 0; month < 48; ++month) sum += simpson(weighted, month / 12.0L, (month + 1) / 12.0L, 1e-11L);
    CHECK(run["s"].final.discounted_relative_loss == Approx(static_cast<double>(sum) / fading(rate, 4)).epsilon(1e-6));
  }
  const Race flat = race(h100("discount_rate: 0.15", "lifetime: 5 yr", "strategies: {s: {buy: none}}\n"));
  CHECK(flat["s"].final.discounted_relative_loss == Approx(1).epsilon(1e-14));
}

}  // namespace fleetrace::test
