#include "sim/api/race.hpp"
#include "tests/oracle/race.hpp"

// The scenarios keep-or-retire and board-question, worked by hand.
namespace fleetrace::test {
namespace {

scenario::Scenario shipped(const std::string& name) {
  std::string path = FLEETRACE_SOURCE_DIR "/scenarios/";
  path += name;
  return reader::load(path += ".yaml");
}

constexpr double kH100 = 989.4e12;
constexpr double kB200 = 2'250e12;

/// Compute of a fleet that begins to work at `from` and whose algorithms double every 8 months, until `until`, over its FLOP/s [yr].
double grown(double from, double until) {
  const double rate = kLn2 * 1.5;
  return (std::exp(rate * until) - std::exp(rate * from)) / rate;
}

/// What a dollar spread over twelve quarters computes until the end of the third year, over what it computes when it is spent at
/// once, where price-performance doubles in so many years.
double spread_over_once(double doubling) {
  double sum = 0;
  for (int quarter = 0; quarter < 12; ++quarter)
    sum += std::exp2(quarter / 4. / doubling) * grown(quarter / 4., 3) / 12;
  return sum / grown(0, 3);
}

}  // namespace

TEST_CASE("keep-or-retire: the same power computes 59 % more, for the price of the B200 less what the H100 fetch") {
  const Run run = run_scenario(shipped("keep-or-retire"), {}, {}, {}, PlanOptions{Period::year});
  const fleet::Summary& keep = run.outcomes[0].final;
  const fleet::Summary& retire = run.outcomes[1].final;
  // 10,000 H100 are 12.75 MW, 7,000 B200 are 12.6 MW; the hall has 15 MW/1.14 = 13.16 MW: beside the H100 226 B200 find room.
  constexpr double kEarly = 226;
  CHECK(7'000 * kB200 / (10'000 * kH100) == Approx(1.592).epsilon(1e-3));
  CHECK(keep.physical_flop == Approx(0.38 * 10'000 * kH100 * 4 * 365.25 * 86'400).epsilon(1e-6));
  // From 1 January 2026 until two years after 1 January 2025 are 365.5 days.
  const double before = 365.5 * 86'400;
  const double after = 1'461 * 86'400. - before;
  // Nine months after 1 April 2026 the B200 come, 37.5 hours before the H100 go.
  const double ahead = 37.5 * 3'600;
  CHECK(retire.physical_flop ==
        Approx(0.38 * (10'000 * kH100 * before + kB200 * (7'000 * after + kEarly * ahead))).epsilon(1e-6));
  CHECK(run.outcomes[1].final.accelerators[static_cast<std::size_t>(fleet::State::in_service)] == 7'000);
  CHECK(run.outcomes[1].final.accelerators[static_cast<std::size_t>(fleet::State::retired)] == 10'000);
  // They draw three quarters of nameplate on average, with the overhead of the site.
  CHECK(keep.energy_kwh == Approx(0.75 * 12'750 * 1.14 * 1'461 * 24).epsilon(1e-6));
  CHECK(retire.energy_kwh ==
        Approx(0.75 * 1.14 * (12'750 * before + 1.8 * (7'000 * after + kEarly * ahead)) / 3'600).epsilon(1e-6));
  CHECK(retire.idle_accelerator_years == Approx((7'000 - kEarly) * 37.5 / 8'766).epsilon(1e-6));
  const models::Market& market = run.setups[1].plant.market;
  const models::AcceleratorType& b200 = *market.find("B200");
  const models::AcceleratorType& h100 = *market.find("H100");
  const core::Time ordered = core::parse_iso8601("2026-04-01").value();
  CHECK(retire.capex.usd() == Approx(7'000 * b200.cost(ordered)).epsilon(1e-9));
  // A used H100 fetches what its FLOP/s cost new where they are cheapest, less age and haircut: two of six years are gone; its own life
  // of two years does not count, since the resale life is stated.
  const core::Time sold = core::parse_iso8601("2027-01-01T12:00:00").value();
  const double flops_usd = std::min(h100.cost(sold) / h100.peak, b200.cost(sold) / b200.peak);
  CHECK(retire.finance.resale.usd() == Approx(10'000 * flops_usd * kH100 * 0.8 * (1 - 2 / 6.)).epsilon(1e-6));
  CHECK(retire.relative_loss < keep.relative_loss);
}

TEST_CASE("board-question: exact by closed form, at the medians and in every draw") {
  const scenario::Scenario scenario = shipped("board-question");
  const std::vector<fleet::StrategySetup> medians = scenario::resolve(scenario);
  const double flops = medians[0].plant.market.trend->price_performance * 3e9;
  const fleet::Outcome once = fleet::simulate(medians[0]);
  const fleet::Outcome spread = fleet::simulate(medians[1]);
  const double initial = 1e19 * grown(0, 3);
  CHECK(once.final.effective_flop == Approx((initial + flops * grown(0, 3)) * kYearSeconds).epsilon(1e-9));
  const double median = std::sqrt(1.54 * 3.13);
  CHECK(spread.final.effective_flop ==
        Approx((initial + flops * grown(0, 3) * spread_over_once(median)) * kYearSeconds).epsilon(1e-9));
  CHECK(spread.final.relative_loss < once.final.relative_loss);
  // Where price-performance doubles in 3.1 years, both end alike. A lognormal law with 95 % between 1.54 and 3.13 has 97 % below.
  const double even = bisect([](double doubling) { return spread_over_once(doubling) - 1; }, 1, 10);
  CHECK(even == Approx(3.106).epsilon(1e-3));
  const double sigma = std::log(3.13 / 1.54) / 2 / 1.959963985;
  const double probability = 0.5 * std::erfc(-std::log(even / median) / sigma / std::sqrt(2));
  CHECK(probability == Approx(0.9725).margin(5e-4));
  // In every draw the same closed form says who wins.
  int wins = 0;
  for (std::uint32_t replication = 0; replication < 200; ++replication) {
    const std::vector<fleet::StrategySetup> drawn = scenario::resolve(scenario,
                                                                      {1, replication, fleet::InputDraw::drawn});
    const models::Trend& trend = *drawn[0].plant.market.trend;
    const double growth = std::log2(trend.price_performance_at(drawn[0].horizon.end) /
                                    trend.price_performance_at(drawn[0].horizon.start)) /
                          3;
    const bool wins_spread = fleet::simulate(drawn[1]).final.relative_loss <
                             fleet::simulate(drawn[0]).final.relative_loss;
    CHECK(wins_spread == (1 / growth < even));
    wins += wins_spread ? 1 : 0;
  }
  // Of 200 draws 194.5 are expected, with a standard deviation of 2.3: a sampler of that law has fewer than 185 once in some 5,000 seeds.
  CHECK(wins >= 185);
}

}  // namespace fleetrace::test
