#include "sim/study/sensitivity/sensitivity.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/reader/load.hpp"
#include "tests/unit/said.hpp"

namespace fleetrace {
namespace {

using test::contains;
using test::Said;

Said say(const std::vector<std::string>& arguments) { return test::say("sensitivity", arguments); }

study::StudyDesign design_of(const std::string& yaml) {
  return study::StudyDesign::of(reader::load_bytes("fleetrace: 1\nname: test\n" + yaml, "test.yaml"), 1, std::nullopt);
}

const study::InputEffect& effect_of(const study::StudyDesign& design, const study::Sensitivity& found,
                                    const std::string& name) {
  for (const study::InputEffect& each : found.inputs) {
    if (design.inputs.names()[each.input] == name) return each;
  }
  throw std::out_of_range(name);
}

const std::atomic<bool> kGo = false;

// Without an initial fleet, progress and retirement, spending over compute of a purchase at the start is
// 1 / (price-performance x share x horizon): a product of powers. With independent lognormal factors exp(s_i z_i) its
// variance is that of a lognormal, and so
//   first  S_i = (e^(s_i^2) - 1) / (e^S - 1),   total T_i = 1 - (e^(S - s_i^2) - 1) / (e^S - 1),   S = sum s_i^2.
TEST_CASE("indices of a product of lognormal inputs are those of its closed form") {
  study::StudyDesign design = design_of(R"(
horizon: {start: 2026-01-01, length: 4 yr}
hardware:
  model: trend
  price_performance: {lognormal: {median: 3e10 FLOP/s/USD, sigma: 0.5}}
  price_performance_doubling: {uniform: {low: 1 yr, high: 3 yr}}
operations: {mfu: {lognormal: {median: 0.1, sigma: 0.25}}}
loss: {reference: 1e20 FLOP}
strategies:
  hare: {buy: front_loaded, budget: 1e9 USD}
)");
  design.has_base = true;
  study::SensitivityEffort effort;
  effort.confidence = 0.999;
  const auto found = study::sensitivity(design, {fleet::Metric::cost_per_effective_compute, 0, {}}, effort, kGo);
  REQUIRE(found);
  CHECK_FALSE(found->against);
  const double s1 = 0.25;
  const double s2 = 0.0625;
  const double all = std::expm1(s1 + s2);
  // Three indices in six intervals of 99.9 %; mfu is cut at 1, 9 standard deviations away. False alarms: 0.6 % once, and none
  // with this seed.
  const auto& price = effect_of(design, *found, "hardware.price_performance");
  const auto& mfu = effect_of(design, *found, "operations.mfu");
  const auto& doubling = effect_of(design, *found, "hardware.price_performance_doubling");
  const auto within = [](const study::SobolIndex& index, double exact) {
    CAPTURE(index.low, index.high, exact);
    CHECK(index.low <= exact);
    CHECK(exact <= index.high);
    CHECK(index.value == Approx(exact).margin(0.05));
  };
  within(price.first, std::expm1(s1) / all);
  within(price.total, 1 - std::expm1(s2) / all);
  within(mfu.first, std::expm1(s2) / all);
  within(mfu.total, 1 - std::expm1(s1) / all);
  CHECK(doubling.total.value == 0);
  CHECK(found->inputs.front().input == price.input);
  // One at a time: the price's quantiles, inverted.
  const double z95 = 1.6448536269514722;
  CHECK(price.at_low / found->at_medians == Approx(std::exp(0.5 * z95)).epsilon(1e-9));
  CHECK(price.at_high / found->at_medians == Approx(std::exp(-0.5 * z95)).epsilon(1e-9));
  CHECK(doubling.at_low == doubling.at_high);
  CHECK(found->runs == 16 * 128 * 5);
}

// docs/derivations.md 8.1, in the finite sum that the turtle's n purchases are: hare and turtle tie where
// sum over k < n of e^(x k/n) (1 - k/n) / n = 1, x = H ln 2 / doubling.
TEST_CASE("the break-even is where the closed form has it, and the answer names it") {
  const study::StudyDesign design = design_of(R"(
horizon: {start: 2026-01-01, length: 4 yr}
hardware: {model: trend, price_performance_doubling: {uniform: {low: 1 yr, high: 4 yr}}}
loss: {reference: 1e26 FLOP, kappa: {uniform: {low: 0.04, high: 0.06}}}
strategies:
  hare: {buy: front_loaded, budget: 1e9 USD}
  turtle: {buy: incremental, budget: 1e9 USD, every: 3 months}
)");
  study::SensitivityEffort effort;
  effort.points = 16;
  const auto found = study::sensitivity(design, {}, effort, kGo);
  REQUIRE(found);
  REQUIRE(found->against);
  const auto& doubling = effect_of(design, *found, "hardware.price_performance_doubling");
  REQUIRE(doubling.break_evens.size() == 1);
  double low = 1;
  double high = 4;
  while (high - low > 1e-12) {
    const double years = 0.5 * (low + high);
    double sum = 0;
    for (int k = 0; k < 16; ++k) sum += std::exp2(4 / years * k / 16) * (1 - k / 16.0) / 16;
    (sum > 1 ? low : high) = years;
  }
  CHECK(doubling.break_evens[0] == Approx((low - 1) / 3).margin(1e-8));
  CHECK(effect_of(design, *found, "loss.kappa").break_evens.empty());
}

TEST_CASE("sensitivity prints the same bytes for every number of threads") {
  const auto with = [](const std::string& jobs) {
    return say({"race-under-uncertainty", "--points=4", "--format=json", "--jobs", jobs});
  };
  const Said one = with("1");
  CHECK(one.code == 0);
  CHECK(one.err.empty());
  CHECK(with("2").out == one.out);
  CHECK(with("8").out == one.out);
  const nlohmann::json document = nlohmann::json::parse(one.out);
  CHECK(document["strategy"] == "heron");
  CHECK(document["minus"] == "turtle");
  CHECK(document["inputs"].size() == 5);
  for (std::size_t i = 1; i < 5; ++i)
    CHECK(document["inputs"][i - 1]["total"]["value"] >= document["inputs"][i]["total"]["value"]);
  for (const nlohmann::json& input : document["inputs"]) {
    if (input["name"] == "loss.kappa") CHECK(input["median"] == 0.05);
    if (input["name"] == "supply.lead_time") CHECK((input["median"] == 6 && input["unit"] == "months"));
  }
}

TEST_CASE("tables say in words what decides, and what is held fixed") {
  const Said pair = say({"race-under-uncertainty", "--difference=hare,turtle", "--objective=mean_loss", "--points=4"});
  CHECK(pair.code == 0);
  CHECK(contains(pair.out, "loss kappa decides: it drives "));
  CHECK(contains(pair.out, "With all inputs at their medians hare leads by 0.0225"));
  CHECK_FALSE(contains(pair.out, "Chance other than the inputs"));
  const Said one = say({"race-under-uncertainty", "--strategy=hare", "--points=2", "--set", "progress.model=jumps",
                        "--set", "progress.doubling=8 months", "--format=markdown"});
  CHECK(contains(one.out, "the final loss of hare"));
  CHECK(contains(one.out,
                 "- Chance other than the inputs (jumps, failures, deliveries) is held at that of replication 0"));
  const Said csv = say({"race-under-uncertainty", "--strategy=hare", "--points=2", "--format=csv"});
  CHECK(std::count(csv.out.begin(), csv.out.end(), '\n') == 6);
}

TEST_CASE("sensitivity refuses what makes no sense") {
  const Said certain = say({"hare-and-turtle"});
  CHECK(certain.code == cli::kInvalidInput);
  CHECK(contains(certain.err, "there is no uncertain input in hare-and-turtle"));
  CHECK(contains(certain.err, "fleetrace sweep"));
  const std::string study = "race-under-uncertainty";
  const std::vector<test::WrongUse> usage = {
      {{study, "--points=100"}, "is no power of two"},
      {{study, "--points=1"}, "is no power of two"},
      {{study, "--points=-2"}, "is no power of two"},
      {{study, "--points=1048576"}, "which is too many"},
      {{study, "--strategy=har"}, "there is no strategy \"har\". Did you mean \"hare\"?"},
      {{study, "--difference=hare"}, "is no pair. Write two strategies"},
      {{study, "--difference=hare,turtl"}, "there is no strategy \"turtl\". Did you mean \"turtle\"?"},
      {{study, "--difference=hare,hare"}, "is that of a strategy and itself"},
      {{study, "--difference=hare,turtle", "--strategy=hare"}, "Keep one"},
      {{study, "--objective=loss"}, "there is no --objective \"loss\""},
  };
  test::check_refused("sensitivity", usage);
}

}  // namespace
}  // namespace fleetrace
