#include <algorithm>

#include "race.hpp"
#include "sim/scenario/resolve/resolve.hpp"

// Orders, allocations and cancellations counted by hand; shares and serving against closed forms.
namespace fleetrace::test {
namespace {

constexpr double kH100 = 989.4e12;

/// Two years from 2024-01-01 on; H100 are out, B200 come within the first year.
std::string market(const std::string& supply, const std::string& strategies, const std::string& more = "") {
  return "horizon: {start: 2024-01-01, length: 2 yr, sample_every: 1 months}\n"
         "hardware: {model: catalog, accelerators: [H100, B200]}\nsupply: " +
         supply + "\noperations: {mfu: 0.4}\nloss: {reference: 1e24 FLOP}\n" + more + "strategies: " + strategies +
         '\n';
}

/// 1,000 H100 for two years, at 0.4 FLOP/s of peak, without progress.
Race serving(const std::string& operations, const std::string& demand, const std::string& strategy = "{buy: none}") {
  return race(
      "horizon: {start: 2026-01-01, length: 2 yr, sample_every: 1 months}\n"
      "hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}\n"
      "operations: {mfu: 0.4" +
      operations + "}\n" + demand +
      "initial_fleet: [{accelerator: H100, count: 1000, installed: 2025-01-01}]\nstrategies: {s: " + strategy + "}\n");
}

std::int64_t ordered(const fleet::Outcome& outcome, const fleet::StrategySetup& plan, const std::string& type,
                     double before = 9) {
  std::int64_t count = 0;
  for (const fleet::Cohort& cohort : outcome.cohorts) {
    const bool is_early = (cohort.ordered - plan.horizon.start).years() < before;
    if (plan.plant.market.types[cohort.type].name == type && is_early) count += cohort.size;
  }
  return count;
}

}  // namespace

TEST_CASE("allocations: so many of a type by a date, the next best for the rest of the money") {
  const std::string buyer = "{s: {buy: incremental, budget: 4e8 USD, every: 1 months}}";
  const Race limited = race(
      market("{allocations: [{accelerator: H100, count: 100}, {accelerator: H100, count: 50, from: 1 yr}, "
             "{accelerator: B200, count: 300, from: 1 yr}]}",
             buyer));
  const fleet::Outcome& outcome = limited["s"];
  CHECK(ordered(outcome, limited.cases[0], "H100", 1) == 100);
  CHECK(ordered(outcome, limited.cases[0], "H100") == 150);
  CHECK(ordered(outcome, limited.cases[0], "B200", 1) == 0);
  CHECK(ordered(outcome, limited.cases[0], "B200") == 300);
  CHECK(outcome.constraint_counts[static_cast<std::size_t>(fleet::Constraint::supply)] > 0);
  CHECK(outcome.final.capex + outcome.final.unspent == core::Money::from_usd(4e8));
  // As much as there is: nothing changes.
  const Race free = race(market("{}", buyer));
  const Race ample = race(market("{allocations: [{accelerator: H100, count: 1000000}]}", buyer));
  CHECK(free["s"].final.capex == ample["s"].final.capex);
  CHECK(free["s"].final.effective_flop == ample["s"].final.effective_flop);
}

TEST_CASE("orders of parts on dates, paid at the price of the day") {
  const std::string list =
      "[{at: 2024-03-01, accelerator: H100, count: 256}, {at: 2025-03-01, accelerator: B200, count: 64}, {at: 2025-03-01, "
      "accelerator: H100, count: 8}]";
  const Race run = race(market("{order_cost: 1000 USD}", "{s: {buy: orders, orders: " + list + "}}"));
  const models::Market& types = run.cases[0].plant.market;
  const auto price = [&](const char* type, const char* day) {
    return core::Money::from_usd(types.find(type)->cost(*core::parse_iso8601(day)));
  };
  core::Money expected = price("H100", "2024-03-01") * 256 + price("B200", "2025-03-01") * 64;
  expected += price("H100", "2025-03-01") * 8 + core::Money::from_usd(3000);
  CHECK(run["s"].final.capex == expected);
  CHECK(run["s"].final.unspent == core::Money{});
  CHECK(ordered(run["s"], run.cases[0], "H100") == 264);
  CHECK(ordered(run["s"], run.cases[0], "B200") == 64);
  // A budget that covers the first order alone, and half of the second.
  const Race short_of_money = race(
      market("{}", "{s: {buy: orders, budget: " +
                       text((price("H100", "2024-03-01") * 256 + price("B200", "2025-03-01") * 32).usd() + 1) +
                       " USD, orders: " + list + "}}"));
  CHECK(ordered(short_of_money["s"], run.cases[0], "H100") == 256);
  CHECK(ordered(short_of_money["s"], run.cases[0], "B200") == 32);
}

TEST_CASE("an order is cancelled for what its refund buys more of, and money is conserved") {
  const auto with_fee = [](const std::string& cancel) {
    return race(market("{lead_time: 1 yr" + cancel + "}", "{s: {buy: once, at: 6 months, budget: 1e8 USD}}"));
  };
  const Race kept = with_fee("");
  const Race cancelled = with_fee(", cancel: {fee: 0.1}");
  const models::Market& types = cancelled.cases[0].plant.market;
  const models::AcceleratorType& b200 = *types.find("B200");
  const models::AcceleratorType& h100 = *types.find("H100");
  const core::Time half_year = cancelled.cases[0].horizon.start + core::Duration::from_years(0.5);
  REQUIRE(b200.released > half_year);
  const double paid = h100.cost(half_year);
  const double now = b200.cost(b200.released);
  REQUIRE(b200.peak * 0.9 * paid / now > h100.peak);
  const std::int64_t bought = kept["s"].cohorts.at(0).size;
  CHECK(kept["s"].final.capex == core::Money::from_usd(paid) * bought);
  const auto& final = cancelled["s"].final;
  CHECK(final.cancellations->accelerators == bought);
  CHECK(final.cancellations->fees.usd() == Approx(0.1 * paid * static_cast<double>(bought)));
  CHECK(ordered(cancelled["s"], cancelled.cases[0], "H100") == 0);
  const auto fitting = static_cast<std::int64_t>(0.9 * paid * static_cast<double>(bought) / now);
  CHECK(ordered(cancelled["s"], cancelled.cases[0], "B200") == fitting);
  CHECK(final.capex.usd() == Approx(0.1 * paid * static_cast<double>(bought) + now * static_cast<double>(fitting)));
  CHECK(final.capex + final.unspent == core::Money::from_usd(1e8));
  // It arrives a year after the release; the other would have come half a year earlier.
  CHECK(final.accelerators[static_cast<std::size_t>(fleet::State::in_service)] ==
        ((b200.released - cancelled.cases[0].horizon.start).years() < 1 ? fitting : 0));
  // A fee that eats the gain: nothing is cancelled, and nothing differs but that it might have been.
  const Race dear = with_fee(", cancel: {fee: 0.9}");
  CHECK(dear["s"].final.cancellations->accelerators == 0);
  CHECK(dear["s"].final.effective_flop == kept["s"].final.effective_flop);
  // What has been sent off is not cancelled: with all of the lead time in transit.
  const Race gone = race(
      market("{lead_time: 1 yr, transit: 1 yr, cancel: {fee: 0}}", "{s: {buy: once, at: 6 months, budget: 1e8 USD}}"));
  CHECK(gone["s"].final.cancellations->accelerators == 0);
  // In lots: some are delivered, some on their way, the rest is cancelled; every accelerator is somewhere.
  const Race lots = race(
      market("{lead_time: 2 months, transit: 1 months, cancel: {fee: 0.05}, production: {rate: 2000 /yr}}",
             "{s: {buy: once, at: 2 months, budget: 1e8 USD}}"));
  const std::int64_t rest = lots["s"].final.cancellations->accelerators;
  CHECK((rest > 0 && rest < bought));
  CHECK(ordered(lots["s"], lots.cases[0], "H100") > 0);
  CHECK(lots["s"].final.accelerators[static_cast<std::size_t>(fleet::State::in_transit)] == 0);
}

TEST_CASE("shares over time: training has what it has when it has it") {
  const auto flop = [](const Race& run) { return run["s"].final.physical_flop; };
  const double year = 1'000 * kH100 * 0.4 * kYearSeconds;
  CHECK(flop(serving("", "")) == Approx(2 * year));
  CHECK(flop(serving(", shares: [{serving: 0.3, research: 0.1}]", "")) == flop(serving(", training_share: 0.6", "")));
  CHECK(flop(serving(", shares: [{serving: 0.5}, {from: 1 yr, serving: 0.2, training: 0.6}]", "")) ==
        Approx(1.1 * year));
  CHECK(flop(serving(", shares: [{training: 0.5}, {from: 6 months, training: 0}, {from: 1 yr}]", "")) ==
        Approx(1.25 * year));
  // The reference is that of the first shares, so that constant shares move no loss.
  CHECK(serving(", shares: [{training: 0.25}]", "")["s"].final.relative_loss ==
        Approx(serving("", "")["s"].final.relative_loss).epsilon(1e-12));
  // A run has the accelerators that train: 600, then 1,000, at u(N) = N^-0.1 each.
  const Race scaled = serving(
      ", throughput: {model: power_law, exponent: 0.1, at: 500}, shares: [{serving: 0.4}, {from: 1 yr}]", "");
  CHECK(flop(scaled) == Approx(year * (0.6 * std::pow(1.2, -0.1) + std::pow(2, -0.1))).epsilon(1e-12));
  const Race interrupted = serving(
      ", job: {interruption_mtbf: 50000 h, checkpoint: 1 min, restart: 10 min}, shares: [{serving: 0.4}, {from: 1 yr}]",
      "");
  const double hours = kYearSeconds / 3600;
  CHECK(*interrupted["s"].final.interruptions == Approx(1'600 * hours / 50'000).epsilon(1e-12));
  CHECK((*interrupted["s"].final.goodput > 0.9 && *interrupted["s"].final.goodput < 1));
  CHECK(*interrupted["s"].final.mfu == Approx(0.4));
}

TEST_CASE("serving: carried, asked for and unmet by hand") {
  // 40 % of 1,000 H100 at an MFU of 0.2, used up to 80 %.
  const double carried = 0.8 * 0.4 * 1'000 * kH100 * 0.2;
  const std::string shares = ", shares: [{serving: 0.4}]";
  const auto demand = [&](double over, const std::string& doubling) {
    return "demand: {load: " + text(over * carried) + " FLOP/s, doubling: " + doubling +
           ", mfu: 0.2, target: {model: utilisation, most: 0.8}}\n";
  };
  const Race twice = serving(shares, demand(2, "none"));
  CHECK(twice["s"].series.back().serving_carried == Approx(carried).epsilon(1e-12));
  CHECK(twice["s"].final.service->demanded_flop == Approx(4 * carried * kYearSeconds).epsilon(1e-12));
  CHECK(twice["s"].final.service->unmet_flop == Approx(2 * carried * kYearSeconds).epsilon(1e-12));
  CHECK(*twice["s"].final.service->short_from == twice.cases[0].horizon.start);
  CHECK(twice["s"].final.physical_flop == serving(shares, "")["s"].final.physical_flop);
  // Half of it, doubling every year: short from the end of the first year on, by 1/ln 2 - 1 in the second.
  const Race growing = serving(shares, demand(0.5, "1 yr"));
  CHECK((*growing["s"].final.service->short_from - growing.cases[0].horizon.start).years() == Approx(1).epsilon(1e-9));
  CHECK(growing["s"].final.service->unmet_flop == Approx(carried * kYearSeconds * (1 / kLn2 - 1)).epsilon(1e-9));
  CHECK_FALSE(serving(shares, demand(0.999, "none"))["s"].final.service->short_from);
  // All of the fleet is handed down when it is two years old, half way: it serves whole, and nothing trains.
  const Race handed = serving(shares + ", hand_down: {age: 2 yr}", demand(2, "none"));
  CHECK(handed["s"].series.back().serving_carried == Approx(2.5 * carried).epsilon(1e-12));
  CHECK(handed["s"].final.service->unmet_flop ==
        Approx(carried * 365.5 * 86'400).epsilon(1e-9));  // 730.5 days less 2025
  // The share steps up: by hand for each half.
  const Race stepped = serving(", shares: [{serving: 0.4}, {from: 1 yr, serving: 0.6}]", demand(2, "none"));
  CHECK(stepped["s"].final.service->unmet_flop == Approx(1.5 * carried * kYearSeconds).epsilon(1e-9));
  // Without shares, what training leaves serves.
  CHECK(serving(", training_share: 0.6", demand(2, "none"))["s"].final.service->unmet_flop ==
        Approx(2 * carried * kYearSeconds).epsilon(1e-12));
  // 1 % down on average is 1 % less.
  const Race failing = serving(shares + ", failures: {law: exponential, mtbf: 99 h, repair: 1 h}", demand(2, "none"));
  CHECK(failing["s"].series.back().serving_carried == Approx(0.99 * carried).epsilon(1e-12));
}

TEST_CASE("a queue of servers carries what Erlang allows, and buying for demand keeps it met") {
  // 400 accelerators in 50 servers of 8; requests of ten seconds may wait one.
  const double server = 8 * kH100 * 0.4;
  const std::string queue = "demand: {load: " + text(20 * server) +
                            " FLOP/s, doubling: 6 months, target: {model: waiting_time, wait: "
                            "1 s, request: " +
                            text(10 * server) + " FLOP}}\n";
  const Race waiting = serving(", shares: [{serving: 0.4}]", queue);
  const double erlang = models::most_offered(50, 0.1);
  CHECK(models::mean_wait(50, erlang) == Approx(0.1).epsilon(1e-9));
  CHECK(waiting["s"].series.back().serving_carried == Approx(erlang * server).epsilon(1e-9));
  const std::string trigger = "{buy: capacity_triggered, load: serving, theta: 0.9, up_to: 1.5, budget: 1e10 USD}";
  const Race bought = serving(", shares: [{serving: 0.4}]", queue, trigger);
  const fleet::Summary& met = bought["s"].final;
  CHECK(met.service->unmet_flop < 1e-2 * met.service->demanded_flop);
  CHECK(waiting["s"].final.service->unmet_flop > 0.3 * waiting["s"].final.service->demanded_flop);
  CHECK(bought["s"].cohorts.size() > 3);
  // Each purchase makes it 1.5 times the load, where only the share of 0.4 helps: by hand for a target of utilisation.
  const Race first = serving(", shares: [{serving: 0.4}]",
                             "demand: {load: " + text(0.4 * 1'000 * kH100 * 0.4) + " FLOP/s}\n", trigger);
  REQUIRE(first["s"].cohorts.size() == 2);
  CHECK(first["s"].cohorts[1].size == 500);
}

TEST_CASE("prices as quoted, and at a constant rate in between") {
  const models::PriceQuotes quotes{{0, 1, 3}, {0, std::log(0.5), std::log(2)}, 0.1};
  CHECK(quotes.factor(-1) == 1);
  CHECK(quotes.factor(0.5) == 1);  // each holds until the next
  CHECK(quotes.factor(1) == Approx(0.5).epsilon(1e-14));
  CHECK(quotes.factor(2.999) == Approx(0.5).epsilon(1e-14));
  CHECK(quotes.factor(5) == Approx(2 * std::exp(-0.2)).epsilon(1e-14));
  // In a race: half the price a year later buys twice as many, and generations to come start from the first quote.
  const Race run = race(
      "horizon: {start: 2024-01-01, length: 2 yr}\nhardware: {model: catalog, accelerators: [H100], price: {model: by_date, quotes: "
      "[{accelerator: H100, date: 2025-01-01, price: 15000 USD}, {accelerator: H100, date: 2024-01-01, price: 30000 USD}]}, "
      "then: {cadence: 3 yr}}\noperations: {mfu: 0.4}\nloss: {reference: 1e24 FLOP}\nstrategies:\n"
      "  first: {buy: front_loaded, budget: 1e9 USD}\n  later: {buy: once, at: 2025-01-01, budget: 1e9 USD, choose: H100}\n");
  const models::AcceleratorType& h100 = run.cases[0].plant.market.types[0];
  CHECK(h100.cost(run.cases[0].horizon.start) == Approx(30'000 * 1.64 / 0.81).epsilon(1e-12));
  CHECK(std::llabs(run["later"].cohorts[0].size - 2 * run["first"].cohorts[0].size) <= 2);
  REQUIRE(run.cases[0].plant.market.types.size() == 2);
  CHECK(run.cases[0].plant.market.types[1].price.quotes == nullptr);
}

TEST_CASE("hindcast: H100 bought from 2022 to 2025 at quoted prices, and by the catalog's price and decline") {
  // 1,000 a quarter from the first quote on. The catalog has one price, of 2023, and a decline of list prices by year; quotes of
  // single sellers scatter by a third and fell more slowly.
  std::string orders;
  for (const char* day : {"2022-10-01", "2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01", "2024-01-01",
                          "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01"}) {
    orders += (orders.empty() ? "[{at: " : ", {at: ") + std::string(day) + ", accelerator: H100, count: 1000}";
  }
  const std::string yaml =
      "fleetrace: 1\nname: hindcast\nhorizon: {start: 2022-10-01, length: 3 yr}\noperations: {mfu: 0.38}\n"
      "hardware: {model: catalog, accelerators: [H100], price: {model: by_date, quotes: catalog/prices.csv}}\n"
      "loss: {reference: 1e24 FLOP}\nstrategies:\n  quoted: {buy: orders, orders: " +
      orders + "]}\n  modelled: {buy: orders, with: {hardware: {price: age}}, orders: " + orders + "]}\n";
  const std::vector<fleet::StrategySetup> cases = scenario::resolve(
      reader::load_bytes(yaml, std::string(FLEETRACE_SOURCE_DIR) + "/scenarios/hindcast.yaml"));
  const fleet::Outcome quoted = fleet::simulate(cases[0]);
  const fleet::Outcome modelled = fleet::simulate(cases[1]);
  CHECK(quoted.final.accelerators == modelled.final.accelerators);
  CHECK(quoted.final.effective_flop == modelled.final.effective_flop);
  // On the day of a quote, that quote.
  const models::AcceleratorType& h100 = cases[0].plant.market.types[0];
  CHECK(h100.cost(*core::parse_iso8601("2023-05-29")) == Approx(33'750 * 1.64 / 0.81).epsilon(1e-12));
  CHECK(h100.cost(*core::parse_iso8601("2024-07-31")) == Approx(36'017.75 * 1.64 / 0.81).epsilon(1e-12));
  const double off = modelled.final.capex.usd() / quoted.final.capex.usd() - 1;
  CAPTURE(off);
  CHECK(std::fabs(off) < 0.2);  // a quote holds until the next one
}

}  // namespace fleetrace::test
