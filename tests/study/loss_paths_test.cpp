#include "sim/study/compare/loss_paths.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/reader/load.hpp"
#include "sim/study/statistics.hpp"
#include "tests/study/metric_bits.hpp"

namespace fleetrace::study {
namespace {

const std::atomic<bool> kGoOn = false;

StudyDesign design_of(const char* name) { return StudyDesign::of(reader::load(name), 1, std::nullopt); }

LossPaths replicated(const StudyDesign& design, std::size_t count, int jobs) {
  Results results(design.strategies.size());
  LossPaths paths(design.strategies.size(), count);
  REQUIRE(replicate(design, count, jobs, kGoOn, results, {},
                    [&paths](auto replication, auto strategy, const fleet::StrategySetup&,
                             const fleet::Outcome& outcome) { paths.keep(replication, strategy, outcome); }));
  return paths;
}

TEST_CASE("Bands are the quantiles of losses, the same for every number of threads and after a resumption") {
  const StudyDesign design = design_of("race-under-uncertainty");
  constexpr std::size_t kCount = 23;
  const LossBands bands = replicated(design, kCount, 1).bands(kCount);
  CHECK(bands.replications == kCount);
  CHECK(bands.times.size() == LossPaths::kDates);
  CHECK(replicated(design, kCount, 3).bands(kCount).strategies == bands.strategies);
  LossPaths resumed(design.strategies.size(), kCount);
  REQUIRE(complete(design, kCount, 2, kGoOn, resumed));
  CHECK(resumed.bands(kCount).strategies == bands.strategies);
  CHECK(resumed.bands(kCount).times == bands.times);

  // By hand: the series of each race, at the dates of the bands.
  std::vector<std::vector<double>> losses(bands.times.size());
  Replicator worker(design);
  worker.observe = [&](std::uint32_t, std::size_t strategy, const fleet::StrategySetup&,
                       const fleet::Outcome& outcome) {
    if (strategy != 1) return;
    for (std::size_t t = 0; t < bands.times.size(); ++t) {
      const auto sample = std::find_if(outcome.series.begin(), outcome.series.end(),
                                       [&](const fleet::Sample& each) { return each.time == bands.times[t]; });
      REQUIRE(sample != outcome.series.end());
      losses[t].push_back(sample->relative_loss);
    }
  };
  std::vector<fleet::Metrics> row(design.strategies.size());
  for (std::uint32_t i = 0; i < kCount; ++i) worker.run(i, row);
  for (std::size_t t = 0; t < losses.size(); ++t) {
    std::sort(losses[t].begin(), losses[t].end());
    for (std::size_t k = 0; k < kBandQuantiles.size(); ++k)
      CHECK(bands.strategies[1][t][k] == quantile(losses[t], kBandQuantiles[k]));
  }
}

TEST_CASE("Races of which losses alone are kept have the bands and measures of whole ones") {
  // Cumulative and best runs, failures as a factor and drawn, and a series that is shorter than the bands.
  for (const char* name : {"all-models", "hare-and-turtle", "longest-run", "spares", "race-under-uncertainty"}) {
    for (const char* every : {"9 days", "200 days"}) {
      CAPTURE(name, every);
      const scenario::Scenario scenario = reader::load(name, {{"horizon.sample_every", every}});
      const StudyDesign whole = StudyDesign::of(scenario, 2, std::nullopt);
      StudyDesign losses = whole;
      losses.observed = fleet::Detail::losses;
      const LossBands of_whole = replicated(whole, 3, 1).bands(3);
      const LossBands of_losses = replicated(losses, 3, 1).bands(3);
      CHECK(of_losses.times == of_whole.times);
      CHECK(of_losses.strategies == of_whole.strategies);
      Replicator a(whole);
      Replicator b(losses);
      std::size_t longest = 0;
      a.observe = [](auto, auto, const auto&, const auto&) {};
      b.observe = [&](auto, auto, const auto&, const fleet::Outcome& race) {
        longest = std::max(longest, race.series.size());
        CHECK(race.series.back().capex == core::Money{});
      };
      std::vector<fleet::Metrics> row(whole.strategies.size());
      std::vector<fleet::Metrics> other(row.size());
      a.run(1, row);
      b.run(1, other);
      CHECK(test::bits(row) == test::bits(other));
      CHECK(longest <= LossPaths::kDates);
    }
  }
}

TEST_CASE("Memory of bands is bounded, and a short series has each date once") {
  CHECK(LossPaths(4, 1'000'000).room() == 1000);
  CHECK(LossPaths(4, 7).room() == 7);
  CHECK(LossPaths(100, 5000).room() == 200);
  CHECK(LossPaths(2000, 5000).room() == 50);
  LossPaths paths(1, 3);
  fleet::Outcome outcome;
  for (std::int64_t i = 0; i < 3; ++i) {
    fleet::Sample sample;
    sample.time = core::Time::from_milliseconds(i);
    sample.relative_loss = 1 - 0.25 * static_cast<double>(i);
    outcome.series.push_back(sample);
  }
  paths.keep(0, 0, outcome);
  paths.keep(99, 0, outcome);  // no room
  CHECK(paths.has(0));
  CHECK_FALSE(paths.has(1));
  const LossBands bands = paths.bands(1);
  REQUIRE(bands.times.size() == 3);
  CHECK(bands.strategies[0][1][2] == 0.75);
  CHECK(LossPaths(1, 0).bands(0).replications == 0);
}

TEST_CASE("Measures are the same to the last bit whether races are observed or not") {
  for (const char* name : {"all-models", "hare-and-turtle", "research-race", "rent-or-buy", "serving-growth",
                           "two-sites", "race-under-uncertainty"}) {
    const scenario::Scenario scenario = reader::load(name);
    for (const double target : {0.97, 0.8, 0.01}) {
      CAPTURE(name, target);
      const StudyDesign design = StudyDesign::of(scenario, 3, target);
      Replicator worker(design);
      std::size_t observed = 0;
      worker.observe = [&](auto, auto, const auto&, const fleet::Outcome& outcome) {
        ++observed;
        CHECK(outcome.series.size() > 1);
      };
      worker.observed = 2;
      Replicator alone(design);
      std::vector<fleet::Metrics> row(design.strategies.size());
      std::vector<fleet::Metrics> other(design.strategies.size());
      for (const std::uint32_t replication : {3U, 0U, 1U, 2U}) {
        worker.run(replication, row);
        alone.run(replication, other);
        CHECK(test::bits(row) == test::bits(other));
      }
      CHECK(observed == 2 * design.strategies.size());
    }
  }
}

}  // namespace
}  // namespace fleetrace::study
