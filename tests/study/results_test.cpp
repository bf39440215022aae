#include "sim/study/results.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cstring>
#include <initializer_list>

#include "sim/reader/load.hpp"
#include "sim/study/compare/comparison_numbers.hpp"
#include "sim/study/replications.hpp"
#include "sim/study/shard.hpp"

namespace {

using namespace fleetrace;

/// A number that no two metrics of a study share.
double number(std::size_t replication, std::size_t strategy, std::size_t metric) {
  return static_cast<double>((replication * 1000 + strategy) * 100 + metric);
}

void fill(study::Results& results, std::size_t first, std::size_t last) {
  std::vector<fleet::Metrics> row(results.strategies());
  for (std::size_t r = first; r < last; ++r) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      for (std::size_t k = 0; k < fleet::kMetrics; ++k) row[i][k] = number(r, i, k);
    }
    results.set(r, row);
    results.set_done(r);
  }
}

/// How many numbers are not what was stored, from that replication on.
std::size_t wrong_numbers(const study::Results& results, std::size_t first) {
  std::size_t wrong = 0;
  for (std::size_t r = first; r < results.replications(); ++r) {
    for (std::size_t i = 0; i < results.strategies(); ++i) {
      const fleet::Metrics found = results.at(r, i);
      for (std::size_t k = 0; k < fleet::kMetrics; ++k) wrong += found[k] == number(r, i, k) ? 0U : 1U;
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("results that are too large for memory read back as they were stored", "[results]") {
  static constexpr std::size_t kStrategies = 200;
  const std::size_t in_memory = study::Results::kMostInMemory / (kStrategies * fleet::kMetrics * sizeof(double));
  study::Results results(kStrategies);
  results.resize(in_memory);
  fill(results, 0, in_memory);
  results.resize(in_memory + 500);  // now they stand in a file
  fill(results, in_memory, in_memory + 500);
  CHECK(wrong_numbers(results, 0) == 0);
  CHECK(results.done() == in_memory + 500);
  CHECK(results.get(7, 3, fleet::Metric::mean_loss) == number(7, 3, 1));
  CHECK(results.get(in_memory + 499, 199, fleet::Metric::final_loss) == number(in_memory + 499, 199, 0));
  CHECK(results.get(0, 0, fleet::Metric::final_loss) == 0);
  const std::vector<double> sample = results.sample(5, fleet::Metric::mean_loss);
  CHECK(sample.size() == in_memory + 500);
  CHECK(sample[in_memory] == number(in_memory, 5, 1));
  results.resize(in_memory - 100);
  CHECK(results.replications() == in_memory - 100);
  CHECK(wrong_numbers(results, in_memory - 300) == 0);
}

TEST_CASE("a comparison is read back from its numbers to the bit", "[results]") {
  const scenario::Scenario scenario = reader::load("race-under-uncertainty", {{"loss.targets", "[0.6]"}});
  for (const fleet::Metric objective : {fleet::Metric::final_loss, fleet::Metric::time_to_target, fleet::Metric::npv}) {
    study::StudyDesign design = study::StudyDesign::of(scenario, 3, 0.6, objective);
    study::Results results(design.strategies.size());
    const std::atomic<bool> go_on = false;
    REQUIRE(study::replicate(design, 40, 1, go_on, results));
    const study::Comparison comparison = study::compare(design, results, objective, 0.9);
    const std::vector<double> numbers = study::to_numbers(comparison);
    REQUIRE(numbers.size() == study::numbers_of_comparison(design.strategies.size()));
    const study::Comparison back = study::comparison_from(numbers, design, objective);
    const std::vector<double> again = study::to_numbers(back);
    REQUIRE(again.size() == numbers.size());
    CHECK(std::memcmp(again.data(), numbers.data(), numbers.size() * sizeof(double)) == 0);
    CHECK(back.objective == comparison.objective);
    CHECK(back.leader == comparison.leader);
    CHECK(back.best == comparison.best);
    CHECK(back.rival == comparison.rival);
    CHECK(back.tied == comparison.tied);
    CHECK(back.strategies[1].name == comparison.strategies[1].name);
    CHECK(back.strategies[2].quantile_90 == comparison.strategies[2].quantile_90);
    CHECK(back.pairs[2].b == comparison.pairs[2].b);
    CHECK_THROWS_AS(study::comparison_from(std::span(numbers).first(3), design, objective), std::invalid_argument);
  }
}

TEST_CASE("parts of a study share all of its items and none twice", "[results]") {
  for (const std::size_t items : std::initializer_list<std::size_t>{0, 1, 6, 7, 40}) {
    std::size_t shared = 0;
    for (std::size_t i = 0; i < 7; ++i) {
      const study::Shard shard{i, 7};
      std::size_t own = 0;
      for (std::size_t item = 0; item < items; ++item) own += shard.has(item) ? 1U : 0U;
      CHECK(own == shard.share(items));
      shared += own;
    }
    CHECK(shared == items);
  }
}
