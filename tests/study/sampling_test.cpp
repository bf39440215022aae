#include <catch2/catch.hpp>

#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/replicator.hpp"
#include "tests/unit/bits.hpp"

// `horizon.sample_every` changes the density of a picture and nothing else.
namespace fleetrace::test {
namespace {

/// The samples of one series that the other has, too.
std::vector<fleet::Sample> shared(const std::vector<fleet::Sample>& one, const std::vector<fleet::Sample>& other) {
  std::vector<fleet::Sample> found;
  for (const fleet::Sample& sample : one) {
    if (std::any_of(other.begin(), other.end(), [&](const fleet::Sample& each) { return each.time == sample.time; }))
      found.push_back(sample);
  }
  return found;
}

fleet::Outcome sampled(fleet::StrategySetup one, std::int64_t parts) {
  const std::int64_t length = (one.horizon.end - one.horizon.start).milliseconds();
  one.horizon.sample_every = core::Duration::from_milliseconds(length / parts);
  return fleet::simulate(one);
}

}  // namespace

TEST_CASE("every shipped scenario has the same figures at three densities of its series", "[sampling]") {
  for (const std::string_view name : reader::scenario_names()) {
    CAPTURE(name);
    for (const fleet::StrategySetup& one : scenario::resolve(reader::load(std::string(name)))) {
      CAPTURE(one.strategy.name);
      fleet::Outcome reference = sampled(one, 8);
      const std::vector<fleet::Sample> series = reference.series;
      const Bits course(reference.trajectory.segments());
      reference.series.clear();
      reference.trajectory = {};
      const Bits figures(reference);
      for (const std::int64_t parts : {40, 17}) {
        fleet::Outcome outcome = sampled(one, parts);
        const std::vector<fleet::Sample> common = shared(series, outcome.series);
        CHECK(common.size() >= (parts == 40 ? 8 : 2));
        CHECK((Bits(common) == Bits(shared(outcome.series, series))));
        CHECK((Bits(outcome.trajectory.segments()) == course));
        outcome.series.clear();
        outcome.trajectory = {};
        CHECK((Bits(outcome) == figures));
      }
    }
  }
}

TEST_CASE("studies of shipped scenarios have the same metrics at three densities, observed or not", "[sampling]") {
  for (const std::string_view name : reader::scenario_names()) {
    CAPTURE(name);
    std::vector<std::vector<fleet::Metrics>> found;
    for (const char* const every : {"10 days", "97 days", "5 months"}) {
      scenario::Scenario scenario = reader::load(std::string(name));
      scenario::set(scenario, "horizon.sample_every", every);
      const study::StudyDesign design = study::StudyDesign::of(scenario, 1, 0.9);
      for (const bool is_observed : {false, true}) {
        study::Replicator worker(design);
        if (is_observed) worker.observe = [](auto, auto, const auto&, const auto&) {};
        const std::span<const fleet::Metrics> row = worker.run(1);
        found.emplace_back(row.begin(), row.end());
      }
    }
    for (const std::vector<fleet::Metrics>& each : found) CHECK((Bits(each) == Bits(found.front())));
  }
}

}  // namespace fleetrace::test
