#include "tests/oracle/race.hpp"

// One real purchase, re-derived with pocket-calculator arithmetic: H100 and B200 as in the catalog, every number written out.
namespace fleetrace::test {
namespace {

core::Time at(const char* iso) { return core::parse_iso8601(iso).value(); }

}  // namespace

TEST_CASE("B200 bought on 2027-01-01 for 100 million dollars, by budget") {
  const Race run = race(R"(
horizon: {start: 2026-01-01, length: 8 yr}
hardware: {model: catalog, accelerators: [B200], price_decline: 0.153 /yr, server_overhead: 1.64, interconnect_share: 0.19}
operations: {lifetime: 5 yr, mfu: 0.4, training_share: 0.9}
supply: {lead_time: 0.5 yr, transit: 1 months}
sites: {main: {power: 5 MW, pue: 1.1, electricity: 0.08 USD/kWh}}
loss: {kappa: 0.05, reference: 1e25 FLOP}
strategies: {lab: {buy: once, at: 2027-01-01, budget: 100e6 USD}}
)");
  const fleet::Outcome& lab = run["lab"];
  REQUIRE(lab.cohorts.size() == 1);
  const fleet::Cohort& cohort = lab.cohorts[0];
  // 37 000 USD on 2024-11-15; from then to 2027-01-01 are 777 days of 365.25 to the year: 2.127310061601643 yr.
  // 37 000 x 1.64 / 0.81 x e^(-0.153 x 2.127310061601643) = 74 913.580247 x 0.722181750753 = 54 101.22 USD
  const double price = 37000.0 * 1.64 / 0.81 * std::exp(-0.153 * 777 / 365.25);
  CHECK(price == Approx(54'101.22).margin(0.005));
  CHECK(cohort.cost_usd == Approx(price).epsilon(1e-15));
  const std::int64_t price_micros = std::llround(price * 1e6);
  // By budget 100e6 / 54 101.22 = 1 848.4; power takes 5 MW / 1.1 / 1 800 W = 2 525.
  CHECK(cohort.size == 100'000'000'000'000 / price_micros);
  CHECK(cohort.size == 1'848);
  CHECK(lab.final.capex.micros() == 1'848 * price_micros);
  CHECK(lab.final.unspent.micros() == 100'000'000'000'000 - 1'848 * price_micros);
  CHECK(lab.final.peak_site_power == Approx(1'848 * 1'800 * 1.1).epsilon(1e-12));

  // Ordered 2027-01-01, half a year of 182.625 days later: 2027-07-02T15:00; 5 years of 365.25 days later, 1 826.25 days.
  const auto& segments = lab.trajectory.segments();
  REQUIRE(segments.size() == 3);
  CHECK(core::to_iso8601(segments[1].from) == "2027-07-02T15:00:00.000Z");
  CHECK(core::to_iso8601(segments[2].from) == "2032-07-01T21:00:00.000Z");
  const auto state_at = [&](const char* date) {
    return std::prev(
        std::find_if(lab.series.begin(), lab.series.end(), [&](const fleet::Sample& s) { return s.time > at(date); }));
  };
  using fleet::State;
  CHECK(state_at("2027-04-01")->accelerators[static_cast<std::size_t>(State::ordered)] == 1'848);
  CHECK(state_at("2027-07-02")->accelerators[static_cast<std::size_t>(State::in_transit)] == 1'848);
  CHECK(state_at("2030-01-01")->accelerators[static_cast<std::size_t>(State::in_service)] == 1'848);
  CHECK(state_at("2033-01-01")->accelerators[static_cast<std::size_t>(State::retired)] == 1'848);

  // Average draw 0.75 x 1 800 = 1 350 W: 1 848 x 1.350 kW x 1.1 x 43 830 h = 120 281 792.4 kWh, at 0.08 USD each.
  const double kwh = 1'848 * 1.350 * 1.1 * 43'830;
  CHECK(kwh == Approx(120'281'792.4).epsilon(1e-12));
  CHECK(lab.final.energy_kwh == Approx(kwh).epsilon(1e-13));
  CHECK(std::llabs(lab.final.energy_cost.micros() - std::llround(kwh * 0.08 * 1e6)) <= 1);
  CHECK(state_at("2030-01-01")->average_site_power == Approx(1'848 * 1'350 * 1.1).epsilon(1e-13));

  // 1 848 x 2.25e15 FLOP/s x 0.4 x 0.9 for 157 788 000 s.
  const double flop = 1'848 * 2.25e15 * 0.4 * 0.9 * 157'788'000;
  CHECK(lab.final.physical_flop == Approx(flop).epsilon(1e-13));
  CHECK(lab.final.relative_loss == Approx(std::pow(1 + flop / 1e25, -0.05)).epsilon(1e-14));
}

TEST_CASE("H100 bought on 2026-01-01 for all that power takes, energy reserved from the same budget") {
  const Race run = race(R"(
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [H100], price_decline: 0.153 /yr}
operations: {mfu: 0.38, failures: {law: exponential, mtbf: 96517 h, repair: 72 h}}
sites: {main: {power: 1 MW, pue: 1.25, electricity: 0.1 USD/kWh}}
loss: {reference: 1e24 FLOP}
strategies:
  rich: {buy: front_loaded, budget: 100e6 USD, budget_covers: all}
  poor: {buy: front_loaded, budget: 10e6 USD, budget_covers: all}
)");
  // 33 600 USD on 2023-07-01, 915 days before: 33 600 x 1.64 / 0.81 x e^(-0.153 x 915 / 365.25).
  const double price = 33600.0 * 1.64 / 0.81 * std::exp(-0.153 * 915 / 365.25);
  CHECK(price == Approx(46'370.24).margin(0.005));
  const std::int64_t price_micros = std::llround(price * 1e6);
  // 1 MW / 1.25 / 1 275 W = 627.45.
  const fleet::Summary& rich = run["rich"].final;
  CHECK(run["rich"].cohorts.at(0).size == 627);
  CHECK(rich.capex.micros() == 627 * price_micros);
  // Up 96 517 h of 96 589 h; 627 x 956.25 W x 1.25 x 35 064 h.
  const double availability = 96'517.0 / 96'589;
  const double kwh = 627 * 0.95625 * 1.25 * 35'064 * availability;
  CHECK(rich.energy_kwh == Approx(kwh).epsilon(1e-13));
  CHECK(std::llabs(rich.energy_cost.micros() - std::llround(kwh * 0.1 * 1e6)) <= 1);
  CHECK(rich.unspent.micros() == 100'000'000'000'000 - rich.capex.micros() - rich.energy_cost.micros());
  CHECK(rich.physical_flop == Approx(627 * 989.4e12 * 0.38 * availability * 4 * kYearSeconds).epsilon(1e-13));
  CHECK(rich.failures == Approx(627 * 4 * 8'766 / 96'589.0).epsilon(1e-12));
  // One accelerator and its energy until the end: price + 0.95625 x 1.25 x 35 064 x 0.1 USD.
  const double each = price + 0.95625 * 1.25 * 35'064 * 0.1 * availability;
  CHECK(run["poor"].cohorts.at(0).size == static_cast<std::int64_t>(10e6 / each));
  CHECK(run["poor"].final.unspent.usd() < each);
}

TEST_CASE("energy is reserved for what is up alone: half of an hour costs half") {
  const auto with_orders = [](const std::string& buy) {
    return race(R"(
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: catalog, accelerators: [H100], price_decline: 0 /yr}
operations: {mfu: 0.38, failures: {law: exponential, mtbf: 100 h, repair: 100 h}}
sites: {main: {pue: 1.25, electricity: 1 USD/kWh}}
loss: {reference: 1e24 FLOP}
strategies: {s: {budget: 10e6 USD, budget_covers: all, )" +
                buy + "}}\n")["s"];
  };
  const double energy = 0.95625 * 1.25 * 35'064 / 2;
  const fleet::Outcome bought = with_orders("buy: front_loaded");
  const double price = bought.bought.at(0).unit_usd;
  CHECK(bought.cohorts.at(0).size == static_cast<std::int64_t>(10e6 / (price + energy)));
  CHECK(bought.final.unspent.usd() < price + energy);
  const fleet::Outcome contract = with_orders(
      "buy: orders, orders: [{at: 2026-01-01, accelerator: H100, count: 1000, unit_price: 20000 USD}]");
  CHECK(contract.cohorts.at(0).size == static_cast<std::int64_t>(10e6 / (20'000 + energy)));
  CHECK(contract.final.unspent.usd() < 20'000 + energy);
}

TEST_CASE("the catalog answers by name, whatever becomes of the text that was asked with") {
  const auto catalog = reader::embedded_catalog();
  std::string name;
  for (const std::string_view wanted : {"B200", "H100", "B200", "GB300", "H100"}) {
    name = wanted;  // in the same place each time
    REQUIRE(catalog->find(name) != nullptr);
    CHECK(catalog->find(name)->text("name") == wanted);
  }
}

}  // namespace fleetrace::test
