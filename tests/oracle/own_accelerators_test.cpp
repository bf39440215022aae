#include <algorithm>

#include "sim/api/resolved.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "tests/oracle/race.hpp"

// Accelerators of a scenario's own, and numbers of the catalog's that it changes. All figures by pocket calculator.
namespace fleetrace::test {
namespace {

constexpr const char* kRest = R"(
operations: {mfu: 0.4}
loss: {kappa: 0.05, reference: 1e25 FLOP}
)";

std::string with_rest(const std::string& text) { return kRest + text; }

const fleet::Sample& state_at(const fleet::Outcome& outcome, const char* iso) {
  const core::Time at = core::parse_iso8601(iso).value();
  return *std::prev(std::find_if(outcome.series.begin(), outcome.series.end(),
                                 [&](const fleet::Sample& each) { return each.time > at; }));
}

std::int64_t in_service(const fleet::Outcome& outcome, const char* iso) {
  return state_at(outcome, iso).accelerators[static_cast<std::size_t>(fleet::State::in_service)];
}

/// What loading a scenario complains of; empty where it is valid.
std::string complaints(const std::string& text) {
  try {
    (void)cases_of(text);
  } catch (const core::InputError& error) {
    return error.what();
  }
  return {};
}

scenario::Scenario load(const std::string& text, const std::vector<reader::Override>& changes = {}) {
  return reader::load_bytes("fleetrace: 1\nname: test\n" + text, "test.yaml", changes);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("an accelerator of one's own, bought for 100 million dollars") {
  const Race run = race(with_rest(R"(
horizon: {start: 2026-01-01, length: 2 yr}
accelerators:
  MYCHIP: {released: 2025-06-01, bf16: 1000 TFLOP/s, fp8: 2000 TFLOP/s, server_power: 1 kW, price: 20 kUSD,
           server_overhead: 1.25, interconnect_share: 0.2, mfu: 0.5}
hardware: {model: catalog, accelerators: [MYCHIP], price_decline: 0 /yr}
sites: {main: {power: 10 MW, pue: 1, electricity: 0.1 USD/kWh}}
strategies: {lab: {buy: front_loaded, budget: 100e6 USD}}
)"));
  const fleet::Outcome& lab = run["lab"];
  REQUIRE(lab.cohorts.size() == 1);
  CHECK(lab.cohorts[0].cost_usd == Approx(31'250).epsilon(1e-14));  // 20 000 x 1.25 / 0.8
  CHECK(lab.cohorts[0].size == 3'200);
  // At its own MFU, not at the fleet's 0.4: 3 200 x 1e15 x 0.5 for two years.
  CHECK(lab.final.effective_flop == Approx(3'200 * 1e15 * 0.5 * 2 * kYearSeconds).epsilon(1e-12));
  CHECK(lab.final.mfu.value() == Approx(0.5).epsilon(1e-12));
  // 0.75 of the nameplate, as nothing else is stated: 3 200 x 0.75 kW x 17 532 h.
  CHECK(lab.final.energy_kwh == Approx(3'200 * 0.75 * 17'532).epsilon(1e-12));
  CHECK(lab.final.h100e_bf16 == Approx(3'200 * 1000 / 989.4).epsilon(1e-14));
  CHECK(lab.final.h100e_8bit == Approx(3'200 * 2000.0 / 1979).epsilon(1e-14));
  CHECK(lab.series.back().h100e_bf16 == lab.final.h100e_bf16);
}

TEST_CASE("a price of one's own for an accelerator of the catalog, and the catalog's for the rest") {
  const Race run = race(with_rest(R"(
horizon: {start: 2026-01-01, length: 2 yr}
accelerators: {B200: {price: 30 kUSD, priced: 2026-01-01}}
hardware: {model: catalog, accelerators: [B200], server_overhead: 1.5, interconnect_share: 0.25}
strategies: {lab: {buy: front_loaded, budget: 60e6 USD}}
)"));
  const fleet::Cohort& cohort = run["lab"].cohorts.at(0);
  CHECK(cohort.cost_usd == Approx(60'000).epsilon(1e-14));  // 30 000 x 1.5 / 0.75
  CHECK(cohort.size == 1'000);
  CHECK(cohort.peak == 2250e12);
  CHECK(cohort.nameplate_milliwatt == 1'800'000);
}

TEST_CASE(
    "racks cost 1.1 times their accelerators and servers 1.64 times, unless hardware or the accelerator says otherwise") {
  const auto cost = [](const std::string& hardware, const std::string& own) {
    const auto cases = cases_of(with_rest("horizon: {start: 2026-01-01, length: 2 yr}\n" + own +
                                          "hardware: {model: catalog, accelerators: [H100, GB200], " + hardware +
                                          "}\nstrategies: {s: {buy: none}}\n"));
    const models::Market& market = cases[0].plant.market;
    return std::vector<double>{market.find("H100")->overhead.server_overhead,
                               market.find("GB200")->overhead.server_overhead};
  };
  CHECK(cost("precision: bf16", "") == std::vector<double>{1.64, 1.1});
  CHECK(cost("server_overhead: 1.3", "") == std::vector<double>{1.3, 1.3});
  CHECK(cost("server_overhead: catalog", "") == std::vector<double>{1.64, 1.1});
  CHECK(cost("server_overhead: 1.3", "accelerators: {GB200: {server_overhead: 1.2}}\n") ==
        std::vector<double>{1.3, 1.2});
  CHECK(cost("precision: bf16", "accelerators: {H100: {server_overhead: 1}}\n") == std::vector<double>{1, 1.1});
}

TEST_CASE("the all-in cost of a GB200 is that of a gigawatt of them") {
  // Epoch AI 2026: 21.188 + 4.925 million USD of racks and network for a MW of 505 accelerators: 51 709 USD each. The price in the
  // catalog is a geometric mean of a range of 25 %; at 1.64 the sum would be 80 380 USD.
  const auto cases = cases_of(with_rest(R"(
horizon: {start: 2026-01-01, length: 2 yr}
hardware: {model: catalog, accelerators: [GB200]}
strategies: {s: {buy: none}}
)"));
  const models::AcceleratorType& type = *cases[0].plant.market.find("GB200");
  CHECK(type.cost(type.priced) == Approx(39'700 * 1.1 / 0.81).epsilon(1e-14));
  CHECK(type.cost(type.priced) == Approx((21.188e6 + 4.925e6) / 505).epsilon(0.05));
}

TEST_CASE("lives by type: what is bought later may leave first") {
  const Race run = race(R"(
horizon: {start: 2026-01-01, length: 8 yr, sample_every: 0.25 yr}
loss: {kappa: 0.05, reference: 1e25 FLOP}
accelerators:
  LONG: {like: H100, price: 10 kUSD, lifetime: 6 yr}
  SHORT: {like: H100, price: 10 kUSD, lifetime: 1 yr}
hardware: {model: catalog, accelerators: [LONG, SHORT, H100], price_decline: 0 /yr, server_overhead: 1, interconnect_share: 0}
operations: {mfu: 0.4, lifetime: 3 yr}
strategies:
  s: {buy: orders, orders: [{at: 0 yr, accelerator: LONG, count: 100}, {at: 1 yr, accelerator: SHORT, count: 10},
                            {at: 1 yr, accelerator: H100, count: 1}]}
)");
  const fleet::Outcome& s = run["s"];
  CHECK(in_service(s, "2026-06-01") == 100);
  CHECK(in_service(s, "2027-06-01") == 111);
  CHECK(in_service(s, "2028-06-01") == 101);  // SHORT left after one year
  CHECK(in_service(s, "2030-06-01") == 100);  // H100 after the fleet's three
  CHECK(in_service(s, "2031-10-01") == 100);
  CHECK(in_service(s, "2032-06-01") == 0);  // LONG after six
}

TEST_CASE("the end of a type's life takes all of it, however young, and ends its sale") {
  const Race run = race(with_rest(R"(
horizon: {start: 2026-01-01, length: 4 yr, sample_every: 0.25 yr}
accelerators: {H100: {end_of_life: 2028-01-01}}
hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}
supply: {lead_time: 0.4 yr}
initial_fleet: [{accelerator: H100, count: 64, installed: 2023-01-01}]
strategies: {s: {buy: incremental, budget: 40e6 USD, every: 3 months}}
)"));
  const fleet::Outcome& s = run["s"];
  CHECK(in_service(s, "2026-03-01") == 64);
  CHECK(in_service(s, "2027-12-30") > 64);
  CHECK(in_service(s, "2028-02-01") == 0);
  CHECK(in_service(s, "2029-12-01") == 0);  // what arrived later left at once
  for (const fleet::Cohort& cohort : s.cohorts) CHECK(core::to_date(cohort.ordered) < "2028-01-01");
  CHECK(s.final.unspent.micros() > 0);
}

TEST_CASE("an MFU by type weighs the reference compute, the choice and the work") {
  // 100 of A at 0.2 and 100 of B at 0.6: 0.4 on average. B buys three times as much useful compute for the same money.
  const Race run = race(R"(
horizon: {start: 2026-01-01, length: 1 yr}
accelerators:
  A: {released: 2020-01-01, bf16: 1000 TFLOP/s, server_power: 1 kW, price: 10 kUSD, mfu: 0.2}
  B: {released: 2020-01-01, bf16: 900 TFLOP/s, server_power: 1 kW, price: 10 kUSD, mfu: 0.6}
hardware: {model: catalog, accelerators: [A, B], price_decline: 0 /yr, server_overhead: 1, interconnect_share: 0}
operations: {}
loss: {kappa: 0.05, reference: initial-year}
initial_fleet: [{accelerator: A, count: 90}, {accelerator: B, count: 100}]
strategies: {s: {buy: front_loaded, budget: 1e6 USD}}
)");
  const fleet::Outcome& s = run["s"];
  const double initial = (90 * 1000e12 * 0.2 + 100 * 900e12 * 0.6) * kYearSeconds;
  CHECK(s.final.reference_flop == Approx(initial).epsilon(1e-12));
  REQUIRE(s.bought.size() == 1);
  CHECK(s.bought[0].accelerator == "B");
  CHECK(s.bought[0].count == 100);
  CHECK(s.final.effective_flop == Approx(initial + 100 * 900e12 * 0.6 * kYearSeconds).epsilon(1e-12));
  // Useful over peak of all that worked.
  CHECK(s.final.mfu.value() == Approx((90 * 1000 * 0.2 + 200 * 900 * 0.6) / (90 * 1000.0 + 200 * 900)).epsilon(1e-12));
}

TEST_CASE("an MFU by type that is the fleet's changes no bit") {
  const std::string before = R"(
horizon: {start: 2026-01-01, length: 6 yr}
hardware: {model: catalog, accelerators: [H100, B200]}
operations: {mfu: 0.4, lifetime: 3 yr, failures: {law: exponential}}
loss: {kappa: 0.05}
initial_fleet: [{accelerator: H100, count: 512}]
strategies: {s: {buy: incremental, budget: 1e8 USD, every: 3 months}}
)";
  const std::string own = "accelerators: {H100: {mfu: 0.4, lifetime: 3 yr}, B200: {lifetime: 3 yr}}\n";
  const Race a = race(before);
  const Race b = race(own + before);
  CHECK(a["s"].final.effective_flop == b["s"].final.effective_flop);
  CHECK(a["s"].final.relative_loss == b["s"].final.relative_loss);
  CHECK(a["s"].events == b["s"].events);
}

TEST_CASE("what an accelerator lacks or contradicts is told at once, where it stands") {
  const std::string text = complaints(with_rest(R"(
horizon: {start: 2026-01-01, length: 2 yr}
accelerators:
  H10O: {price: 20 kUSD}
  NEW: {released: 2025-01-01, bf16: 1 PFLOP/s, price: 20 kUSD}
  COPY: {like: B20}
  H100: {server_power: 500 W, off_sale: 2020-01-01, end_of_life: 2021-01-01, priced: 2022-01-01}
  H100+1: {like: H100}
hardware: {model: catalog, accelerators: [H100, NEW, H10O, MISSING]}
strategies: {s: {buy: none}}
)"));
  CHECK(has(
      text,
      "test.yaml:9:3: accelerators.H10O: it lacks released, bf16 and server_power (the catalog has no \"H10O\" that "
      "would supply the rest). Did you mean \"H100\"? Else state them, or write like: H100."));
  CHECK(has(text, "accelerators.NEW: it lacks server_power"));
  CHECK(has(text,
            "accelerators.COPY.like: there is no accelerator \"B20\" (neither here nor in the catalog). Did you mean "
            "\"B200\"?"));
  CHECK(
      has(text,
          "accelerators.H100.server_power: its server has a nameplate power of 500 W per accelerator (the accelerator "
          "alone has 700 W)"));
  CHECK(has(text, "accelerators.H100.off_sale: it goes off sale on 2020-01-01 (it is released on 2022-09-20)"));
  CHECK(has(text, "accelerators.H100.end_of_life: its life ends on 2021-01-01"));
  CHECK(has(text, "accelerators.H100.priced: it is priced on 2022-01-01"));
  CHECK(has(text, "accelerators.H100+1: a name holds a +"));
  CHECK(has(text, "hardware.accelerators: there is no accelerator \"MISSING\""));
  // What it lacks is said once, and not again where it is named.
  CHECK_FALSE(has(text, "hardware.accelerators: there is no accelerator \"NEW\""));
}

TEST_CASE("an accelerator of one's own is named wherever one of the catalog is") {
  const Race run = race(with_rest(R"(
horizon: {start: 2026-01-01, length: 3 yr}
accelerators: {MYCHIP: {like: H100, fp4: 4 PFLOP/s, price: 20 kUSD}, OTHER: {like: MYCHIP, released: 2026-06-01}}
hardware: {model: catalog, accelerators: [MYCHIP, OTHER], precision: fp4, then: {cadence: 1 yr},
           off_sale: [{accelerator: MYCHIP, date: 2028-01-01}]}
supply: {allocations: [{from: 2026-01-01, accelerator: MYCHIP, count: 400}]}
initial_fleet: [{accelerator: MYCHIP, count: 64, installed: 2025-01-01}]
strategies:
  a: {buy: orders, orders: [{at: 2026-02-01, accelerator: MYCHIP, count: 16}]}
  b: {buy: front_loaded, budget: 1e6 USD, choose: MYCHIP}
  c: {buy: none, with: {accelerators: {MYCHIP: {mfu: 0.2}}}}
)"));
  CHECK(run["a"].final.in_place() == 80);
  CHECK(run["b"].bought.at(0).accelerator == "MYCHIP");
  CHECK(run["b"].cohorts.at(0).peak == 4e15);
  // The same fleet at half the MFU.
  CHECK(run["c"].final.effective_flop == Approx(64 * 4e15 * 0.2 * 3 * kYearSeconds).epsilon(1e-12));
  CHECK(run.cases[0].plant.market.types.at(2).name == "OTHER+1");
}

TEST_CASE(
    "accelerators of one's own are written as they are read, changed by path, drawn, and missed where nothing names them") {
  const std::string text = with_rest(R"(
horizon: {start: 2026-01-01, length: 2 yr}
accelerators:
  MYCHIP: {like: B200, price: {lognormal: {median: 20 kUSD, sigma: 0.2}}, lifetime: 0.3 yr, source: "our contract of May"}
  IDLE: {like: B200}
hardware: {model: catalog, accelerators: [MYCHIP]}
initial_fleet: [{accelerator: MYCHIP, count: 8}]
strategies: {s: {buy: front_loaded, budget: 1e7 USD}}
)");
  const scenario::Scenario first = load(text);
  const std::string written = to_yaml(first);
  // The first writing marks defaults, which the second states.
  const scenario::Scenario second = reader::load_bytes(written, "test.yaml");
  const std::string rewritten = to_yaml(second);
  CHECK(to_yaml(reader::load_bytes(rewritten, "test.yaml")) == rewritten);
  REQUIRE(first.warnings.size() == 1);
  CHECK(first.warnings[0].path == "accelerators.IDLE");
  CHECK(scenario::Inputs(first).names() == std::vector<std::string>{"accelerators.MYCHIP.price"});
  const auto price = [](const scenario::Scenario& scenario) {
    return scenario::resolve(scenario)[0].plant.market.types.at(0).chip_price;
  };
  CHECK(price(first) == Approx(20'000));
  CHECK(price(second) == price(first));
  CHECK(price(load(text, {{"accelerators.MYCHIP.price", "9 kUSD"}})) == 9'000);
  // One of the catalog of which nothing was stated so far, though its name is close to one that is there.
  const scenario::Scenario changed = load(
      text, {{"hardware.accelerators", "[B200]"}, {"accelerators.B200.price", "11 kUSD"}});
  CHECK(price(changed) == 11'000);
  CHECK_THROWS_AS(load(text, {{"accelerators.MYCHIPS.price", "9 kUSD"}}), core::InputError);
}

}  // namespace fleetrace::test
