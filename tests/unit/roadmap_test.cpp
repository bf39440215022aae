#include "sim/output/theory/roadmap.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "models/progress/progress.hpp"
#include "models/theory/frontier.hpp"
#include "models/theory/roadmap.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/reader/reader.hpp"
#include "tests/unit/spec_of.hpp"

// A budget over the layers of the stack: the split with the greatest product, and what a scenario makes of it.
namespace fleetrace {
namespace {

using models::theory::best_split;
using models::theory::Layer;

double log_product(const std::vector<Layer>& layers, const std::vector<double>& spend) {
  double sum = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) sum += layers[i].returns * std::log1p(spend[i] / layers[i].scale);
  return sum;
}

models::ProgressLaw progress(const std::string& text) {
  core::Diagnostics diagnostics;
  const reader::Node node = reader::parse_yaml(text, "test", diagnostics);
  const core::Spec spec = reader::read_section(node, models::progress_family(), "progress", nullptr, diagnostics);
  diagnostics.throw_if_any();
  return models::resolve_progress(spec);
}

std::string run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::kRoadmap.run(arguments, {out, err});
  CHECK(code == 0);
  return out.str();
}

std::string refusal(const std::vector<std::string>& arguments) {
  try {
    run(arguments);
  } catch (const cli::UsageError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("the best split of a budget, by hand") {
  // Scales 1 and 3, returns 1: a budget of 2 goes to the first alone, one of 4 to (3, 1): both levels come to 4.
  CHECK(best_split(2, {{1, 1}, {3, 1}}).spend == std::vector<double>{2, 0});
  CHECK(best_split(4, {{1, 1}, {3, 1}}).spend == std::vector<double>{3, 1});
  CHECK(best_split(4, {{3, 1}, {1, 1}}).spend == std::vector<double>{1, 3});
  CHECK(best_split(0, {{1, 1}, {3, 1}}).spend == std::vector<double>{0, 0});
  CHECK(models::theory::layer_scale(5, 1) == Approx(5).epsilon(1e-15));
  CHECK(models::theory::layer_scale(6, 0.5) == Approx(2).epsilon(1e-15));
  CHECK_THROWS_AS(best_split(1, {}), std::invalid_argument);
  CHECK_THROWS_AS(best_split(-1, {{1, 1}}), std::invalid_argument);
}

TEST_CASE("a large budget is split by returns, as between chips and research") {
  for (const double returns : {0.5, 1.25, 2.0}) {
    const auto split = best_split(1e15, {{1, 1}, {1, returns}});
    CHECK(split.spend[0] / 1e15 == Approx(models::theory::best_chip_share(returns)).epsilon(1e-12));
  }
}

TEST_CASE("no move of money between layers does better, and the budget is spent") {
  const std::vector<Layer> layers{{4, 1}, {0.5, 0.6}, {9, 1.25}, {30, 0.2}};
  for (const double budget : {0.1, 1.0, 10.0, 300.0}) {
    const std::vector<double> best = best_split(budget, layers).spend;
    double sum = 0;
    for (const double each : best) sum += each;
    CHECK(sum == Approx(budget).epsilon(1e-13));
    for (std::size_t from = 0; from < layers.size(); ++from) {
      for (std::size_t to = 0; to < layers.size(); ++to) {
        std::vector<double> moved = best;
        const double amount = std::min(best[from], 0.01 * budget);
        moved[from] -= amount;
        moved[to] += amount;
        CHECK(log_product(layers, moved) <= log_product(layers, best) + 1e-14);
      }
    }
  }
}

TEST_CASE("a roadmap adds layers and what comes from the field") {
  RoadmapRequest request{.budget = 300, .horizon = 3, .layers = {{"chips", 100, 1, 0}, {"kernels", 100, 1, 0.5}}};
  const Roadmap map = roadmap(request);
  // 150 each: log2 2.5 doublings in 3 years, and half a doubling a year for nothing.
  CHECK(map.rows[0].share == Approx(0.5).epsilon(1e-14));
  CHECK(map.rows[0].gamma == Approx(std::log2(2.5) / 3).epsilon(1e-13));
  CHECK(map.rows[1].gamma == Approx(std::log2(2.5) / 3 + 0.5).epsilon(1e-13));
  CHECK(map.gamma == Approx(map.even_gamma).epsilon(1e-13));
  CHECK(map.rows[0].next_cost == Approx(250).epsilon(1e-13));
  CHECK(map.marginal == Approx(1 / (250 * std::log(2.0))).epsilon(1e-13));
  CHECK_FALSE(map.open_at);
  request.layers.push_back({"data", 400, 1, 0});
  CHECK(*roadmap(request).open_at == Approx(600).epsilon(1e-13));
  CHECK(roadmap(request).gamma > roadmap(request).even_gamma);
  request.budget = 600;
  CHECK(roadmap(request).rows[2].spend == Approx(0).margin(1e-10));
  request.budget = 630;
  CHECK(roadmap(request).rows[2].spend == Approx(10).epsilon(1e-12));
  // With returns of a half, data gains from the level of 400/0.5 on, at which the others get 700 each.
  request.layers.back() = {"data", 1200, 0.5, 0};
  CHECK(*roadmap(request).open_at == Approx(1400).epsilon(1e-13));
  request.budget = 1425;
  CHECK(roadmap(request).rows[2].spend == Approx(5).epsilon(1e-11));
  CHECK_FALSE(roadmap(request).open_at);
  CHECK_THROWS_AS(roadmap({1, 1, {}}), std::invalid_argument);
}

TEST_CASE("the verb reads layers, and says what is wrong with them") {
  const auto result = nlohmann::json::parse(run({"--budget", "2e9 USD", "--layer", "chips=1e9 USD,1", "--layer",
                                                 "algorithms=67e6 USD,1.25,8 months", "--format", "json"}));
  CHECK(result["rows"][0]["share"].get<double>() == Approx(0.18675689).epsilon(1e-7));
  CHECK(result["rows"][1]["field_doublings"].get<double>() == Approx(7.5).epsilon(1e-12));
  CHECK(run({"--layer", "chips=1e9 USD,1"}).find("100.0") != std::string::npos);
  CHECK(refusal({}).find("needs layers") != std::string::npos);
  CHECK(refusal({"--layer", "chips"}).find("is no layer") != std::string::npos);
  CHECK(refusal({"--layer", "chips=1e9 USD"}).find("is no layer") != std::string::npos);
  CHECK(refusal({"--layer", "chips=5 MW,1"}).find("--layer") != std::string::npos);
  CHECK(refusal({"--layer", "a=1 USD,1", "--layer", "a=1 USD,1"}).find("two layers") != std::string::npos);
}

TEST_CASE("progress by roadmap: a product of layers at even spending, and the field on top") {
  const std::string layers =
      "kernels: {doubling_cost: 100 USD, returns: 1, field_doubling: 4 yr}, "
      "algorithms: {doubling_cost: 100 USD, returns: 1, field_doubling: 2 yr}";
  const auto law = progress("{model: roadmap, cost: 100 USD/yr, over: 3 yr, " + layers + "}");
  CHECK(law.cost_per_year == 100);
  for (const double years : {0.0, 1.0, 3.0, 7.0}) {
    const double layer = 1 + years / 2;
    CHECK(law.multiplier(years) == Approx(layer * layer * std::exp2(0.75 * years)).epsilon(1e-13));
    CHECK(law.rate(law, years) == Approx(1 / layer + 0.75 * std::log(2.0)).epsilon(1e-13));
  }
  // Without a field: the integral of (1 + t/2)^2 from 0 to 4 is 2/3 (3^3 - 1) = 52/3.
  const auto plain = progress(
      "{model: roadmap, cost: 100 USD/yr, kernels: {doubling_cost: 100 USD, returns: 1}, data: {doubling_cost: 100 USD, returns: 1}}");
  CHECK(plain.integral(0, 4) == Approx(52.0 / 3).epsilon(1e-13));
  CHECK(plain.integral(1, 4) + plain.integral(0, 1) == Approx(52.0 / 3).epsilon(1e-13));
  // One layer is research without a penalty for doing much at once: derivations 3g.
  const auto one = progress(
      "{model: roadmap, cost: 90e6 USD/yr, algorithms: {doubling_cost: 67e6 USD, returns: 1.25}}");
  const double scale = 67e6 / (std::exp2(0.8) - 1);
  const auto research = progress(
      "{model: research, returns: 1.25, parallelisation: 1, cost: 90e6 USD/yr, reference_cost: 90e6 USD/yr, rate: " +
      std::to_string(1.25 * 90e6 / scale / std::log(2.0)) + " doublings/yr}");
  auto funded = research;
  funded.fund(funded, 0, 1);
  for (const double years : {0.5, 2.0, 5.0})
    CHECK(one.multiplier(years) == Approx(funded.multiplier(years)).epsilon(1e-5));
  // The best split beats the even one after the time for which it is the best, and nothing is bought for nothing.
  const std::string unequal =
      "cost: 100 USD/yr, over: 5 yr, kernels: {doubling_cost: 10 USD, returns: 0.3}, data: {doubling_cost: 400 USD, returns: 2}}";
  CHECK(progress("{model: roadmap, " + unequal).multiplier(5) >
        progress("{model: roadmap, split: even, " + unequal).multiplier(5));
  CHECK(progress("{model: roadmap, kernels: {doubling_cost: 10 USD, returns: 1}}").multiplier(9) == 1);
}

}  // namespace fleetrace
