#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "catalog_of.hpp"
#include "models/supply/gamma_time.hpp"
#include "sim/core/random/samplers.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "tests/oracle/race.hpp"

namespace {

using namespace fleetrace;
using models::Cadence;
using models::Matched;
using test::Random;
using test::spec_of;

constexpr double kFixed = std::numeric_limits<double>::infinity();

Cadence law(double years, double shape) { return {core::Duration::from_years(years), shape}; }

struct Resolved {
  models::Market market;
  std::string complaints;
};

Resolved generations(const std::vector<std::pair<std::string, std::string>>& written, std::uint32_t replication = 0,
                     const char* end = "2046-01-01") {
  const auto catalog = test::three_accelerators();
  core::Diagnostics diagnostics;
  Resolved resolved;
  resolved.market = models::resolve_hardware(
      spec_of(*models::hardware_family().find("generations"), written),
      {test::date("2026-01-01"), test::date(end), &catalog, "hardware", 1, replication}, diagnostics);
  resolved.complaints = test::findings(diagnostics);
  return resolved;
}

/// A race of two that buy real accelerators, the second with what is written as its hardware.
std::string race_with(const std::string& then, const std::string& second = "") {
  return R"(
horizon: {start: 2026-01-01, length: 8 yr}
hardware: {model: catalog, accelerators: [H100, GB300], then: {)" +
         then + R"(}}
operations: {mfu: 0.4}
initial_fleet: [{accelerator: H100, count: 64}]
strategies:
  one: {buy: incremental, budget: 2e9 USD, every: 3 months}
  two: {buy: incremental, budget: 1e8 USD, every: 1 yr)" +
         second + "}\n";
}

}  // namespace

TEST_CASE("a Gamma time of mean 1 by hand") {
  CHECK(models::unit_gamma(0.5, 1) == Approx(0.6931471805599453).epsilon(1e-12));  // exponential: ln 2
  CHECK(models::unit_gamma(0.9, 1) == Approx(2.302585092994046).epsilon(1e-12));
  CHECK(models::unit_gamma(0.95, 2) == Approx(4.743864518390387 / 2).epsilon(1e-9));  // chi-square with 4, 9.4877
  CHECK(models::unit_gamma(0.01, kFixed) == 1);
  CHECK(models::gamma_time(core::kYear, 0.3, kFixed) == core::kYear);
  CHECK(models::gamma_time(core::kYear * 100'000'000, 1 - 1e-9, 0.1) == core::kYear * 100'000'000);
}

TEST_CASE("the law for large shapes continues the exact one, and is 1 in the limit") {
  for (const double u : {1e-12, 1e-3, 0.3, 0.5, 0.9, 1 - 1e-9}) {
    CAPTURE(u);
    CHECK(models::unit_gamma(u, 5e6) == Approx(core::gamma_quantile(u, 5e6, 1 / 5e6)).epsilon(1e-7));
    CHECK(std::fabs(models::unit_gamma(u, 1e20) - 1) < 1e-9);
    CHECK(models::unit_gamma(u * 0.999999, 8) < models::unit_gamma(u, 8));
  }
}

TEST_CASE("jumps by hand") {
  // docs/derivations.md 2i: k = 8, J = 2, D = 2 yr grows .362 nat/yr, a fixed cadence .347.
  CHECK(models::mean_growth(law(2, 8), 2) == Approx(8 * (std::pow(2, 0.125) - 1) / 2).epsilon(1e-13));
  CHECK(models::mean_growth(law(2, 8), 2) == Approx(0.362).margin(5e-4));
  CHECK(models::mean_growth(law(2, kFixed), 2) == Approx(0.34657359027997264).epsilon(1e-13));
  // Half a doubling a year every two years: a doubling by the logarithm; Poisson: 1 + s D by the mean.
  CHECK(models::release_jump(law(2, kFixed), 0.5, Matched::mean) == 2);
  CHECK(models::release_jump(law(2, 8), 0.5, Matched::log) == 2);
  CHECK(models::release_jump(law(2, 1), 0.5, Matched::mean) == Approx(1 + 0.6931471805599453).epsilon(1e-13));
  CHECK(models::release_jump(law(2, 8), 0.5, Matched::mean) ==
        Approx(std::pow(1 + 0.6931471805599453 / 8, 8)).epsilon(1e-13));
  CHECK(models::release_jump(law(2, 3), 0, Matched::mean) == 1);
  // At s D = -k the mean of J^N would have to fall faster than that of the wait for the first release.
  CHECK(std::isfinite(models::release_jump(law(1, 1), -1.44, Matched::mean)));
  CHECK_FALSE(std::isfinite(models::release_jump(law(1, 1), -1.45, Matched::mean)));
}

TEST_CASE("the jump that is matched by the mean grows as it should, and tends to that of a fixed cadence") {
  Random random(31);
  for (int i = 0; i < 1000; ++i) {
    const Cadence some = law(random.uniform(0.1, 5), random.uniform(1, 50));
    const double rate = random.uniform(-0.2, 3);
    const double jump = models::release_jump(some, rate, Matched::mean);
    REQUIRE(models::mean_growth(some, jump) == Approx(rate * 0.6931471805599453).margin(1e-11));
    // The same jump on a Gamma path is worth more on average than on a regular one.
    REQUIRE(jump <= models::release_jump(some, rate, Matched::log));
    const Cadence regular{some.mean, 1e12};
    REQUIRE(models::release_jump(regular, rate, Matched::mean) ==
            Approx(models::release_jump(regular, rate, Matched::log)).epsilon(1e-9));
  }
}

TEST_CASE("intervals are pure, stretch with the cadence and differ by seed, replication and number") {
  const auto first = models::release_interval(law(2, 8), 1, 0, 1);
  CHECK(first == models::release_interval(law(2, 8), 1, 0, 1));
  CHECK(first != models::release_interval(law(2, 8), 1, 0, 2));
  CHECK(first != models::release_interval(law(2, 8), 1, 1, 1));
  CHECK(first != models::release_interval(law(2, 8), 2, 0, 1));
  CHECK(models::release_interval(law(4, 8), 1, 0, 1).years() == Approx(2 * first.years()).epsilon(1e-9));
  CHECK(models::release_interval(law(2, kFixed), 7, 3, 5) == core::kYear * 2);
  CHECK(models::release_interval(law(2, 1e20), 7, 3, 5).years() == Approx(2).epsilon(1e-9));
}

TEST_CASE("generations come on random dates, the same for the same replication") {
  const std::vector<std::pair<std::string, std::string>> keys = {
      {"first", "GB300"}, {"cadence", "2 yr"}, {"regularity", "8"}};
  const auto [market, complaints] = generations(keys);
  CHECK(complaints.empty());
  REQUIRE(market.types.size() > 4);
  const double jump = models::release_jump(law(2, 8), 1 / 2.07, Matched::mean);
  for (std::size_t i = 1; i < market.types.size(); ++i) {
    const models::AcceleratorType& before = market.types[i - 1];
    const models::AcceleratorType& type = market.types[i];
    CHECK(type.released - before.released == models::release_interval(law(2, 8), 1, 0, i));
    CHECK(type.released - type.priced == before.released - before.priced);
    CHECK(type.peak / before.peak == Approx(jump).epsilon(1e-12));
  }
  REQUIRE(market.releases.has_value());
  CHECK(market.releases->base == "GB300");
  CHECK(market.releases->shape == 8);
  CHECK(market.releases->jump == Approx(jump).epsilon(1e-14));
  CHECK(generations(keys).market.types[1].released == market.types[1].released);
  CHECK(generations(keys, 1).market.types[1].released != market.types[1].released);
}

TEST_CASE("an endless regularity is the fixed cadence, bit for bit, whatever the seed and the matching") {
  const auto plain = generations({{"first", "GB300"}, {"cadence", "2 yr"}}).market;
  for (const char* matched : {"mean", "log"}) {
    const auto same =
        generations({{"first", "GB300"}, {"cadence", "2 yr"}, {"regularity", "fixed"}, {"matched", matched}}, 9).market;
    const auto close =
        generations({{"first", "GB300"}, {"cadence", "2 yr"}, {"regularity", "1e20"}, {"matched", matched}}, 9).market;
    REQUIRE(same.types.size() == plain.types.size());
    REQUIRE(close.types.size() == plain.types.size());
    for (std::size_t i = 0; i < plain.types.size(); ++i) {
      CHECK(same.types[i].released == plain.types[i].released);
      CHECK(same.types[i].peak == plain.types[i].peak);
      CHECK(same.types[i].nameplate_power == plain.types[i].nameplate_power);
      CHECK(std::fabs((close.types[i].released - plain.types[i].released).years()) < 2e-9 * static_cast<double>(i + 1));
      CHECK(close.types[i].peak == Approx(plain.types[i].peak).epsilon(1e-9));
    }
  }
}

TEST_CASE("what cannot be drawn is refused") {
  CHECK(
      generations({{"first", "GB300"}, {"regularity", "1"}, {"price_performance_rate", "-1 doublings/yr"}})
          .complaints ==
      "hardware.price_performance_rate: no jump makes the mean fall that fast (at random releases it falls by less than "
      "regularity / cadence). Slow the decline down, write matched: log, or make releases more regular.");
  CHECK(
      generations(
          {{"first", "GB300"}, {"regularity", "1"}, {"matched", "log"}, {"price_performance_rate", "-1 doublings/yr"}})
          .complaints.empty());
  CHECK(generations({{"first", "GB300"},
                     {"regularity", "2"},
                     {"cadence", "500 yr"},
                     {"price_performance_rate", "2 doublings/yr"}})
            .complaints.find("double more than 900 times") != std::string::npos);
  // Nine thousand on average, more than ten thousand never: 11 standard deviations; a mean of 9,990 may go either way.
  CHECK(generations({{"first", "GB300"}, {"regularity", "4"}, {"cadence", "20 h"}}).complaints.empty());
  const auto many = generations({{"first", "GB300"}, {"regularity", "1"}, {"cadence", "6 h"}});
  CHECK(many.complaints.find("more than 10 000 generations") != std::string::npos);
}

TEST_CASE("all strategies of a replication see the same releases, and no other one's") {
  const std::string yaml = race_with("cadence: 1 yr, regularity: 3", ", with: {operations: {mfu: 0.2}}");
  const auto scenario = reader::load_bytes("fleetrace: 1\nname: test\n" + yaml, "test.yaml");
  const auto dates = [&](std::uint32_t replication) {
    const auto cases = scenario::resolve(scenario, {1, replication});
    std::vector<core::Time> all;
    for (const auto& type : cases[0].plant.market.types) all.push_back(type.released);
    REQUIRE(cases[1].plant.market.types.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) CHECK(cases[1].plant.market.types[i].released == all[i]);
    CHECK(cases[0].draw.replication == replication);
    return all;
  };
  CHECK(dates(0) == dates(0));
  CHECK(dates(0) != dates(1));
}

TEST_CASE("what is bought before chance has shown itself does not depend on it") {
  const std::string yaml = race_with("cadence: 1 yr, regularity: 2", ", choose: newest") +
                           "supply: {lead_time: 9 months, lead_time_variation: 0.6, production: {rate: 1e5 /yr}}\n"
                           "sites: {main: {power: 40 MW}}\n";
  const auto scenario = reader::load_bytes("fleetrace: 1\nname: test\n" + yaml, "test.yaml");
  std::size_t compared = 0;
  for (std::uint32_t replication = 1; replication <= 40; ++replication) {
    const auto a = scenario::resolve(scenario, {1, 0});
    const auto b = scenario::resolve(scenario, {1, replication});
    for (std::size_t i = 0; i < a.size(); ++i) {
      core::Time known = a[i].horizon.end;
      const auto& x = a[i].plant.market.types;
      const auto& y = b[i].plant.market.types;
      for (std::size_t k = 0; k < std::min(x.size(), y.size()); ++k) {
        if (x[k].released != y[k].released) known = std::min({known, x[k].released, y[k].released});
      }
      const auto run = [&known](const fleet::StrategySetup& one) {
        return fleet::simulate(one, [&known](const fleet::World&, const fleet::Event& event) {
          if (event.payload.kind == fleet::EventKind::delivery) known = std::min(known, event.time);
        });
      };
      const fleet::Outcome first = run(a[i]);
      const fleet::Outcome second = run(b[i]);
      for (std::size_t k = 0; k < first.cohorts.size() && first.cohorts[k].ordered < known; ++k) {
        REQUIRE(k < second.cohorts.size());
        CHECK(first.cohorts[k].ordered == second.cohorts[k].ordered);
        CHECK(first.cohorts[k].size == second.cohorts[k].size);
        CHECK(first.cohorts[k].type == second.cohorts[k].type);
        ++compared;
      }
    }
  }
  CHECK(compared > 100);
}

TEST_CASE("a generation that does not come in one replication may be waited for in all") {
  const std::string yaml = race_with("cadence: 2 yr, regularity: 1", ", choose: GB300+4");
  const auto scenario = reader::load_bytes("fleetrace: 1\nname: test\n" + yaml, "test.yaml");
  int came = 0;
  for (std::uint32_t replication = 0; replication < 40; ++replication) {
    const auto cases = scenario::resolve(scenario, {1, replication});
    const fleet::Outcome outcome = fleet::simulate(cases[1]);
    const bool comes = cases[1].plant.market.find("GB300+4") != nullptr;
    came += comes ? 1 : 0;
    if (!comes) CHECK(outcome.final.capex == core::Money{});
    for (const fleet::Cohort& cohort : outcome.cohorts) {
      if (cohort.ordered <= cases[1].horizon.start) continue;
      CHECK(cases[1].plant.market.types[cohort.type].name == "GB300+4");
    }
  }
  CHECK(came > 5);
  CHECK(came < 35);
  for (const char* name : {"GB300+", "GB300+04", "GB300+10001", "H100+1", "GB300+1x"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(test::cases_of(race_with("cadence: 2 yr, regularity: 1", std::string(", choose: ") + name)),
                    core::InputError);
  }
  CHECK_THROWS_AS(test::cases_of(race_with("cadence: 2 yr", ", choose: GB300+5")), core::InputError);
}
