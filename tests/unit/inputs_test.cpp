#include "sim/scenario/inputs/inputs.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "fleetrace/core/time.hpp"
#include "sim/api/race.hpp"
#include "sim/api/resolved.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/reader/load.hpp"

namespace {

using namespace fleetrace;
using fleet::Draw;
using fleet::InputDraw;
using scenario::Inputs;

const std::string kScenario = R"(fleetrace: 1
name: uncertain
horizon: {start: 2026-01-01, length: 6 yr}
hardware: {model: trend, price_performance_doubling: {lognormal: {median: 2 yr, sigma: 0.2}}}
progress: {model: exponential, doubling: {uniform: {low: 6 months, high: 12 months}}}
loss: {model: relative, kappa: {normal: {mean: 0.05, sd: 0.01}}}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies:
  hare: {buy: front_loaded, budget: {triangular: {low: 1e8 USD, mode: 2e8 USD, high: 3e8 USD}}}
  lab: {buy: once, budget: 2e8 USD, at: {uniform: {low: 1 yr, high: 3 yr}},
        with: {progress: {doubling: {uniform: {low: 3 months, high: 6 months}}}}}
)";

scenario::Scenario read(const std::string& yaml) { return reader::load_bytes(yaml, "x.yaml"); }

std::string findings(const std::string& yaml) {
  try {
    (void)read(yaml);
    return "accepted";
  } catch (const core::InputError& error) {
    return error.what();
  }
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = kScenario;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

double number(const scenario::Scenario& scenario, std::string_view path) {
  const core::Value* value = scenario::find(scenario, path);
  REQUIRE(value != nullptr);
  return std::get<double>(value->data);
}

constexpr Draw drawn(std::uint32_t replication) { return {1, replication, InputDraw::drawn}; }

}  // namespace

TEST_CASE("a distribution stands for its median until it is drawn", "[inputs]") {
  const scenario::Scenario scenario = read(kScenario);
  CHECK(number(scenario, "hardware.price_performance_doubling") == Approx(0.5).epsilon(1e-12));  // doublings/yr
  CHECK(number(scenario, "progress.doubling") == Approx(12.0 / 9).epsilon(1e-12));
  CHECK(number(scenario, "loss.kappa") == Approx(0.05).epsilon(1e-6));  // cut at 0, five standard deviations away
  CHECK(number(scenario, "strategies.hare.budget") == Approx(2e8).epsilon(1e-12));
  CHECK(number(scenario, "strategies.lab.at") == Approx(2.0 * static_cast<double>(core::kYear.milliseconds())));
  const scenario::Scenario medians = scenario::drawn(scenario, {});
  CHECK(number(medians, "loss.kappa") == number(scenario, "loss.kappa"));
  CHECK(scenario::find(medians, "loss.kappa")->uncertain == nullptr);
}

TEST_CASE("inputs are named by their path, and what a strategy changes is the same input", "[inputs]") {
  const Inputs inputs(read(kScenario));
  CHECK(inputs.names() == std::vector<std::string>{"hardware.price_performance_doubling", "progress.doubling",
                                                   "loss.kappa", "strategies.hare.budget", "strategies.lab.at"});
  REQUIRE(inputs.all().size() == 6);
  CHECK(inputs.all()[5].path == "strategies.lab.with.progress.doubling");
  CHECK(inputs.names()[inputs.all()[5].name] == "progress.doubling");
  CHECK(inputs.all()[5].source_text == "{uniform: {low: 3 months, high: 6 months}}");
}

TEST_CASE("a draw is the quantile at the first number of the stream of seed, replication and name", "[inputs]") {
  const scenario::Scenario scenario = read(kScenario);
  const Inputs inputs(scenario);
  for (const std::uint32_t replication : {0U, 1U, 77U}) {
    const auto uniform = [replication](std::string_view name) {
      return core::Stream(1, replication, core::Purpose::inputs, core::Entity::named(name)).uniform();
    };
    const scenario::Scenario one = scenario::drawn(scenario, drawn(replication));
    const double u = uniform("progress.doubling");
    CHECK(number(one, "progress.doubling") == Approx(12 / (6 + 6 * u)).epsilon(1e-12));
    CHECK(number(one, "strategies.lab.with.progress.doubling") == Approx(12 / (3 + 3 * u)).epsilon(1e-12));
    CHECK(number(one, "strategies.lab.at") ==
          Approx((1 + 2 * uniform("strategies.lab.at")) * static_cast<double>(core::kYear.milliseconds())));
  }
}

TEST_CASE("adding, removing and reordering strategies changes no other input", "[inputs]") {
  const scenario::Scenario all = scenario::drawn(read(kScenario), drawn(5));
  const scenario::Scenario fewer = scenario::drawn(read(kScenario.substr(0, kScenario.find("  lab:"))), drawn(5));
  for (const std::string path : {"hardware.price_performance_doubling", "loss.kappa", "strategies.hare.budget"})
    CHECK(number(all, path) == number(fewer, path));
}

// Kolmogorov-Smirnov against the law over 4,000 replications; D sqrt(n) > 2.23 happens by chance once in 10,000.
TEST_CASE("over replications an input has its law", "[inputs]") {
  const Inputs inputs(read(kScenario));
  constexpr int kReplications = 4000;
  std::vector<std::vector<double>> uniforms(inputs.names().size());
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    const std::vector<double> one = inputs.uniforms(drawn(i));
    const std::vector<double> values = inputs.values(one);
    for (std::size_t k = 0; k < one.size(); ++k) uniforms[k].push_back(one[k]);
    CHECK(values[0] == Approx(std::exp2(0)).margin(2));  // a rate near a half
  }
  for (std::vector<double>& sample : uniforms) {
    std::sort(sample.begin(), sample.end());
    double distance = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
      distance = std::max({distance, std::fabs(sample[i] - static_cast<double>(i) / kReplications),
                           std::fabs(sample[i] - static_cast<double>(i + 1) / kReplications)});
    }
    CHECK(distance * std::sqrt(static_cast<double>(kReplications)) < 2.23);
  }
}

TEST_CASE("laws are cut to what the key allows", "[inputs]") {
  const std::string wide = with("normal: {mean: 0.05, sd: 0.01}", "normal: {mean: 0.05, sd: 0.05}");
  const scenario::Scenario scenario = read(wide);
  const core::Uncertain& kappa = *scenario::find(scenario, "loss.kappa")->uncertain;
  CHECK(kappa.cut() == Approx(0.158655).epsilon(1e-4));  // below 0: one standard deviation
  CHECK(kappa.at(1e-9) > 0);
  CHECK(kappa.at(1) <= 1);
  CHECK(fleetrace::to_yaml(scenario).find("# median 0.06") != std::string::npos);
  CHECK(fleetrace::to_yaml(scenario).find("without the 15.9 % that is out of range") != std::string::npos);
  CHECK(findings(with("normal: {mean: 0.05, sd: 0.01}", "uniform: {low: 2, high: 3}")) ==
        "x.yaml:6:32: loss.kappa: the distribution has no mass in the allowed range (must be above 0 and at most 1). "
        "Move or widen it.");
}

TEST_CASE("counts are drawn whole and stay in their range", "[inputs]") {
  const std::string yaml = with("initial_fleet: [{capacity: 1e18 FLOP/s}]",
                                "operations: {mfu: 0.4}\n"
                                "initial_fleet: [{accelerator: H100, count: {uniform: {low: 0, high: 4}}}]");
  const scenario::Scenario scenario = read(yaml);
  for (std::uint32_t i = 0; i < 200; ++i) {
    const double count = number(scenario::drawn(scenario, drawn(i)), "initial_fleet.0.count");
    CHECK(count == std::round(count));
    CHECK(count >= 1);
    CHECK(count <= 4);
  }
}

TEST_CASE("a law without spread gives what its value gives", "[inputs]") {
  const std::string certain = R"(fleetrace: 1
name: point
horizon: {start: 2026-01-01, length: 6 yr}
hardware: {model: trend, price_performance_doubling: A}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies: {hare: {buy: front_loaded, budget: 1e8 USD}}
)";
  const auto losses = [&](const std::string& value, const Draw& draw) {
    std::string yaml = certain;
    yaml.replace(yaml.find('A'), 1, value);
    return fleetrace::run_scenario(read(yaml), draw).outcomes.front().final.relative_loss;
  };
  const double loss = losses("2 yr", {});
  CHECK(losses("{normal: {mean: 2 yr, sd: 0 yr}}", {}) == loss);
  CHECK(losses("{lognormal: {median: 2 yr, sigma: 0}}", drawn(3)) == loss);
  CHECK(losses("{lognormal: {median: 2 yr, sigma: 1e-9}}", drawn(3)) == Approx(loss).epsilon(1e-8));
  CHECK(losses("{lognormal: {median: 2 yr, sigma: 0.1}}", {}) == loss);
}

TEST_CASE("what is shown reads back as the same scenario", "[inputs]") {
  const scenario::Scenario scenario = read(kScenario);
  const std::string shown = fleetrace::to_yaml(scenario);
  CHECK(shown.find("price_performance_doubling: {lognormal: {median: 2 yr, sigma: 0.2}}  # median 2 yr\n") !=
        std::string::npos);
  const std::string written_out = fleetrace::to_yaml(read(shown));  // without the marks of defaults
  CHECK(fleetrace::to_yaml(read(written_out)) == written_out);
  const fleetrace::Run one = fleetrace::run_scenario(scenario, drawn(4));
  const fleetrace::Run two = fleetrace::run_scenario(read(shown), drawn(4));
  CHECK(one.outcomes.front().final.effective_flop == two.outcomes.front().final.effective_flop);
  const std::string choice = with("{uniform: {low: 6 months, high: 12 months}}",
                                  "{choice: {values: [6 months, 1 yr], weights: [3, 1]}}");
  const std::string again = fleetrace::to_yaml(read(choice));
  CHECK(again.find("doubling: {choice: {values: [6 months, 1 yr], weights: [3, 1]}}") != std::string::npos);
}

TEST_CASE("a run says what its inputs were", "[inputs]") {
  const std::string medians = output::to_table(fleetrace::run_scenario(read(kScenario), {}), {100, false});
  CHECK(medians.find("Uncertain inputs at their medians (--replication K draws them):") != std::string::npos);
  const fleetrace::Run run = fleetrace::run_scenario(read(kScenario), drawn(4));
  CHECK(output::to_table(run, {100, false}).find("Uncertain inputs, drawn for replication 4:") != std::string::npos);
  const std::string json = output::to_json(run);
  CHECK(json.find(R"("path": "strategies.lab.with.progress.doubling")") != std::string::npos);
  CHECK(json.find(R"("taken": "drawn")") != std::string::npos);
  CHECK(json.find(R"("unit": "months")") != std::string::npos);
}

TEST_CASE("observed values may stand in a CSV file", "[inputs]") {
  const std::string folder = FLEETRACE_SOURCE_DIR "/tests/unit/";
  const std::string yaml = with("{normal: {mean: 0.05, sd: 0.01}}", "{empirical: {values: kappas.csv}}");
  const scenario::Scenario scenario = reader::load_bytes(yaml, folder + "x.yaml");
  CHECK(number(scenario, "loss.kappa") == Approx(0.05));
  CHECK(scenario::find(scenario, "loss.kappa")->source_text == "{empirical: {values: [0.04, 0.06, 0.05]}}");
}

TEST_CASE("wrong distributions are explained", "[inputs]") {
  const std::string kappa = "{normal: {mean: 0.05, sd: 0.01}}";
  const auto complaint = [&](const std::string& law) { return findings(with(kappa, law)); };
  CHECK(complaint("{lognromal: {median: 0.05, sigma: 1}}") ==
        "x.yaml:6:33: loss.kappa.lognromal: there is no distribution \"lognromal\" (a single value or a distribution "
        "stands here). Did you mean \"lognormal\"?");
  CHECK(
      complaint("{normal: {mean: 0.05}}") ==
      "x.yaml:6:32: loss.kappa: the normal distribution is not fully said, or said twice (it takes low, high and mass, "
      "or mean and sd). Give one of the two, whole and alone.");
  CHECK(complaint("{uniform: {low: 0.06, high: 0.04}}") ==
        "x.yaml:6:32: loss.kappa: low 0.06 is above high 0.04 (nothing lies between them). Swap them.");
  CHECK(complaint("{uniform: {low: 4 yr, high: 0.06}}").find("loss.kappa.uniform.low") != std::string::npos);
  CHECK(complaint("{}").find("the section is empty") != std::string::npos);
  CHECK(complaint("{low: 0.04, high: 0.06}").find("it is a section of several keys") != std::string::npos);
  CHECK(findings(with("length: 6 yr", "length: {uniform: {low: 5 yr, high: 6 yr}}"))
            .find("horizon.length: it may not be uncertain (all replications of a study share it)") !=
        std::string::npos);
  CHECK(findings(with("doubling: {uniform: {low: 6 months, high: 12 months}}",
                      "doubling: {normal: {mean: -3 yr, sd: 1 months}}"))
            .find("progress.doubling: the distribution has no mass in the allowed range (must be at least 87.66 h") !=
        std::string::npos);
}

namespace {

const std::string kCorrelated = kScenario +
                                "study: {correlations: [{between: [progress.doubling, loss.kappa], rank: RANK}]}\n";

std::string correlated(const std::string& rank) {
  std::string yaml = kCorrelated;
  return yaml.replace(yaml.find("RANK"), 4, rank);
}

}  // namespace

// Spearman's correlation of 4,000 pairs has a standard deviation below 0.016; 4.5 of them are left once in 150,000 seeds.
TEST_CASE("correlated inputs have the rank correlation asked for, and others keep their numbers", "[inputs]") {
  const Inputs inputs(read(correlated("0.6")));
  const Inputs independent(read(kScenario));
  constexpr int kReplications = 4000;
  std::vector<double> a;
  std::vector<double> b;
  for (std::uint32_t i = 0; i < kReplications; ++i) {
    const std::vector<double> u = inputs.uniforms(drawn(i));
    const std::vector<double> before = independent.uniforms(drawn(i));
    a.push_back(u[1]);
    b.push_back(u[2]);
    CHECK(u[0] == before[0]);
    CHECK(u[1] == before[1]);
    CHECK(u[4] == before[4]);
  }
  // Of uniform numbers the rank correlation is the plain one: 12 E[(u - 1/2)(v - 1/2)].
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - 0.5) * (b[i] - 0.5);
  CHECK(12 * sum / kReplications == Approx(0.6).margin(4.5 * 0.016));
  const Inputs none(read(correlated("0")));
  CHECK(none.uniforms(drawn(3)) == independent.uniforms(drawn(3)));
  // A run draws what a study draws.
  CHECK(number(scenario::drawn(read(correlated("0.6")), drawn(7)), "loss.kappa") ==
        inputs.values(inputs.uniforms(drawn(7)))[2]);
}

TEST_CASE("correlations that cannot be are refused at load", "[inputs]") {
  CHECK(findings(correlated("1")).find("study.correlations.0.rank: \"1\" is out of range") != std::string::npos);
  std::string unknown = correlated("0.5");
  unknown.replace(unknown.find("loss.kappa], rank"), 10, "loss.kapa");
  CHECK(findings(unknown).find("study.correlations: \"loss.kapa\" is no uncertain input") != std::string::npos);
  std::string three = correlated("0.5");
  three.replace(three.find("[progress.doubling, "), 20, "[progress.doubling, loss.kappa, ");
  CHECK(findings(three).find("study.correlations.0.between: a correlation is between two inputs (3 are given)") !=
        std::string::npos);
  const std::string contradiction = kScenario +
                                    "study: {correlations: [{between: [progress.doubling, loss.kappa], rank: 0.9}, "
                                    "{between: [progress.doubling, strategies.lab.at], rank: 0.9}, "
                                    "{between: [loss.kappa, strategies.lab.at], rank: -0.9}]}\n";
  CHECK(findings(contradiction).find("study.correlations: ") != std::string::npos);
  CHECK(findings(contradiction) != "accepted");
}
