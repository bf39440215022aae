#include "sim/core/schema/distribution.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/sum.hpp"
#include "sim/core/schema/read_value.hpp"

namespace {

using namespace fleetrace::core;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Distribution cut(const Distribution& law, const Range& range) {
  auto result = law.truncated(range, Dimension::number);
  if (const auto* problem = std::get_if<QuantityProblem>(&result)) FAIL(problem->problem);
  return std::get<Distribution>(result);
}

/// Integral of the quantile by the midpoint rule: the mean by another way, good to 1e-4 for bounded laws.
double mean_by_quantile(const Distribution& law) {
  constexpr int kSteps = 200'000;
  Sum sum;
  for (int i = 0; i < kSteps; ++i) sum.add(law.quantile((i + 0.5) / kSteps));
  return sum.value() / kSteps;
}

/// The section that a scenario would hold: numbers are read as the loader reads them, lists are split at blanks.
Spec written(std::string_view law, const std::map<std::string, std::string>& keys,
             Dimension dimension = Dimension::number) {
  const Entry* entry = distribution_family(dimension).find(law);
  REQUIRE(entry != nullptr);
  Spec spec = preset_spec(*entry);
  for (const auto& [key, text] : keys) {
    const Parameter* parameter = entry->find(key);
    REQUIRE(parameter != nullptr);
    Value& value = spec.value(key);
    std::vector<double> numbers;
    std::size_t from = 0;
    while (from < text.size()) {
      const bool list = parameter->shape == Shape::numbers;
      const std::size_t to = list ? std::min(text.find(' ', from), text.size()) : text.size();
      const auto read = read_value(*parameter, key, text.substr(from, to - from), false);
      if (const auto* problem = std::get_if<QuantityProblem>(&read)) FAIL(problem->problem << ": " << problem->reason);
      value = std::get<Value>(read);
      numbers.push_back(std::get<double>(value.data));
      from = to + 1;
    }
    if (parameter->shape == Shape::numbers) value.data = numbers;
  }
  return spec;
}

Distribution resolved(const Spec& spec) {
  auto result = resolve_distribution(spec);
  if (const auto* problem = std::get_if<QuantityProblem>(&result)) FAIL(problem->problem);
  return std::get<Distribution>(result);
}

std::string complaint(const Spec& spec) {
  const auto result = resolve_distribution(spec);
  const auto* problem = std::get_if<QuantityProblem>(&result);
  if (problem == nullptr) return "accepted";
  return problem->problem + " (" + problem->reason + ")." +
         (problem->suggestion.empty() ? "" : " " + problem->suggestion);
}

const std::vector<Distribution>& ordered_laws() {
  static const std::vector<Distribution> kLaws = {
      Distribution::normal(1, 2),
      Distribution::lognormal(2, 0.5),
      Distribution::uniform(-1, 3),
      Distribution::triangular(1, 2, 5),
      Distribution::triangular(1, 1, 5),
      Distribution::triangular(1, 5, 5),
      Distribution::empirical({4, 1, 2, 2, 8}),
      Distribution::empirical({3, 3}),
      Distribution::normal(7, 0),
  };
  return kLaws;
}

}  // namespace

TEST_CASE("quantiles, medians and means by hand", "[distribution]") {
  const Distribution normal = Distribution::normal(10, 2);
  CHECK(normal.quantile(0.975) == Approx(10 + 2 * 1.9599639845400545).epsilon(1e-15));
  CHECK(normal.median() == 10);
  CHECK(normal.mean() == 10);

  const Distribution lognormal = Distribution::lognormal(8, 0.5);
  CHECK(lognormal.median() == 8);
  CHECK(lognormal.mean() == Approx(8 * std::exp(0.125)).epsilon(1e-15));

  // Ho et al. 2024: 8 months, 95 % between 5 and 14; the interval's own median is the root of 70.
  const Distribution interval = Distribution::lognormal_interval(5, 14, 0.95);
  CHECK(interval.quantile(0.025) == Approx(5).epsilon(1e-14));
  CHECK(interval.quantile(0.975) == Approx(14).epsilon(1e-14));
  CHECK(interval.median() == Approx(std::sqrt(70)).epsilon(1e-15));
  const Distribution symmetric = Distribution::normal_interval(5, 14, 0.9);
  CHECK(symmetric.quantile(0.05) == Approx(5).epsilon(1e-14));
  CHECK(symmetric.quantile(0.95) == Approx(14).epsilon(1e-14));
  CHECK(symmetric.mean() == 9.5);

  const Distribution triangular = Distribution::triangular(3, 5, 7);
  CHECK(triangular.median() == 5);
  CHECK(Distribution::triangular(0, 0, 3).mean() == Approx(1).epsilon(1e-15));
  CHECK(Distribution::triangular(0, 0, 3).median() == Approx(3 - std::sqrt(4.5)).epsilon(1e-15));

  CHECK(Distribution::uniform(0.04, 0.06).median() == Approx(0.05).epsilon(1e-15));
  CHECK(Distribution::uniform(2, 6).mean() == 4);

  const Distribution empirical = Distribution::empirical({4, 1, 2});
  CHECK(empirical.median() == 2);
  CHECK(empirical.quantile(0.75) == 3);
  CHECK(empirical.mean() == Approx(2.25).epsilon(1e-15));
  CHECK(Distribution::empirical({6}).quantile(0.3) == 6);

  Stream stream(1, 1, Purpose::inputs);
  CHECK(normal.sample(stream) == normal.quantile(Stream::to_uniform(stream.at(0))));
  CHECK(stream.drawn() == 1);
}

TEST_CASE("a choice is cumulated in the order given, its median is not", "[distribution]") {
  const Distribution choice = Distribution::choice({9, 1, 5}, {1, 2, 1});
  CHECK(choice.quantile(0.2) == 9);
  CHECK(choice.quantile(0.5) == 1);
  CHECK(choice.quantile(0.8) == 5);
  CHECK(choice.median() == 1);
  CHECK(choice.mean() == Approx(4).epsilon(1e-15));
  CHECK(Distribution::choice({9, 1, 5}).median() == 5);
  CHECK(Distribution::choice({9, 1, 5}).quantile(0.5) == 1);
  const Range support = Distribution::choice({9, 1, 5}, {1, 0, 1}).support();
  CHECK(support.low == 5);
  CHECK(support.high == 9);
}

TEST_CASE("quantiles never fall, and stay in the support", "[distribution]") {
  for (const Distribution& law : ordered_laws()) {
    const Range support = law.support();
    double last = law.quantile(0);
    CHECK(last >= support.low);
    bool good = true;
    for (int i = 1; i < 10'000; ++i) {
      const double x = law.quantile(i / 10'000.0);
      good = good && x >= last && support.contains(x);
      last = x;
    }
    CHECK(good);
    CHECK(law.quantile(1) >= last);
    CHECK(law.quantile(1) <= support.high);
  }
  CHECK(Distribution::normal(0, 1).quantile(0) == -kInfinity);
  CHECK(Distribution::normal(0, 1).quantile(1) == kInfinity);
  CHECK(Distribution::lognormal(1, 1).quantile(0) == 0);
  CHECK_THROWS_AS(Distribution::normal(0, 1).quantile(1.1), std::invalid_argument);
}

TEST_CASE("the mass of a range", "[distribution]") {
  CHECK(Distribution::normal(0, 1).mass_within(between(-1.9599639845400545, 1.9599639845400545)) ==
        Approx(0.95).epsilon(1e-14));
  CHECK(Distribution::normal(0, 1).mass_within({}) == 1);
  CHECK(Distribution::lognormal(2, 0.7).mass_within(above(2)) == Approx(0.5).epsilon(1e-15));
  CHECK(Distribution::lognormal(2, 0.7).mass_within(between(-5, 0)) == 0);
  CHECK(Distribution::uniform(0, 4).mass_within(between(3, 9)) == 0.25);
  CHECK(Distribution::triangular(0, 1, 2).mass_within(at_least(1.5)) == 0.125);
  CHECK(Distribution::triangular(0, 0, 2).mass_within(at_least(1)) == 0.25);
  CHECK(Distribution::triangular(0, 2, 2).mass_within(at_least(1)) == 0.75);
  CHECK(Distribution::choice({1, 2, 3}, {1, 2, 1}).mass_within(above(1)) == 0.75);
  CHECK(Distribution::choice({1, 2, 3}, {1, 2, 1}).mass_within(at_least(1)) == 1);
  // Repeated observations hold mass; whether a bound is part of the range then matters.
  const Distribution repeated = Distribution::empirical({1, 2, 2, 3, 5});
  CHECK(repeated.mass_within(between(2, 2)) == 0.25);
  CHECK(repeated.mass_within(at_least(2)) == 0.75);
  CHECK(repeated.mass_within(above(2)) == 0.5);
  CHECK(repeated.mass_within(between(0, 1.5)) == 0.125);
  CHECK(Distribution::empirical({4, 4}).mass_within(between(4, 4)) == 1);
  CHECK(Distribution::empirical({4, 4}).mass_within(above(4)) == 0);
}

TEST_CASE("truncation keeps the law's shape inside the range", "[distribution]") {
  for (const Distribution& law : ordered_laws()) {
    const Range range = between(law.quantile(0.3) - 0.01, law.quantile(0.9) + 0.01);
    const Distribution inside = cut(law, range);
    const double below = law.mass_within({-kInfinity, range.low, false, true});
    const double mass = law.mass_within(range);
    for (int i = 0; i <= 100; ++i) {
      const double u = i / 100.0;
      CHECK(range.contains(inside.quantile(u)));
      CHECK(inside.quantile(u) == Approx(law.quantile(std::min(below + u * mass, 1.0))).epsilon(1e-12));
    }
    CHECK(inside.mass_within(range) == 1);
    CHECK(inside.mean() == Approx(mean_by_quantile(inside)).epsilon(1e-4));
    CHECK(inside.support().low >= range.low);
    CHECK(inside.support().high <= range.high);
    // Cutting twice is cutting once.
    const Range less = between(range.low, inside.median());
    CHECK(cut(inside, less).quantile(0.4) == Approx(cut(law, less).quantile(0.4)).epsilon(1e-12));
  }
  // Half a normal law: mean sqrt(2 / pi).
  CHECK(cut(Distribution::normal(0, 1), above(0)).mean() == Approx(0.79788456080286536).epsilon(1e-14));
  CHECK(cut(Distribution::normal(0, 1), above(0)).median() == Approx(0.67448975019608174).epsilon(1e-14));
  // An excluded bound is never drawn.
  CHECK(cut(Distribution::normal(0, 1), above(0)).quantile(0) > 0);
  CHECK(cut(Distribution::uniform(0, 1), above(0)).quantile(0) > 0);
  const Distribution left = cut(Distribution::choice({9, 1, 5}, {1, 2, 1}), above(1));
  CHECK(left.quantile(0.5) == 9);
  CHECK(left.quantile(0.6) == 5);
  CHECK(left.mean() == 7);
}

TEST_CASE("a law without mass in the range is a problem", "[distribution]") {
  const auto problem = [](const Distribution& law, const Range& range, Dimension dimension) {
    const auto result = law.truncated(range, dimension);
    const auto* found = std::get_if<QuantityProblem>(&result);
    return found == nullptr ? "accepted" : found->problem + " (" + found->reason + "). " + found->suggestion;
  };
  CHECK(problem(Distribution::uniform(2, 3), between(0, 1), Dimension::number) ==
        "the distribution has no mass in the allowed range (must be at least 0 and at most 1). Move or widen it.");
  CHECK(problem(Distribution::choice({-1, 0}), above(0), Dimension::duration) ==
        "the distribution has no mass in the allowed range (must be above 0 s). Move or widen it.");
  CHECK(problem(Distribution::normal(0, 1), at_least(9), Dimension::number) != "accepted");
  CHECK(problem(Distribution::normal(0, 1), at_least(5), Dimension::number) == "accepted");
  CHECK(problem(Distribution::normal(-3, 0), above(0), Dimension::number) != "accepted");
}

TEST_CASE("makers refuse what is no law", "[distribution]") {
  CHECK_THROWS_AS(Distribution::normal(kInfinity, 1), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::normal(0, -1), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::lognormal(0, 1), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::lognormal(1, 21), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::lognormal_interval(0, 1, 0.9), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::normal_interval(0, 1, 1), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::normal_interval(1, 0, 0.5), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::uniform(1, 0), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::uniform(-1.7e308, 1.7e308), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::triangular(0, 3, 2), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::choice({}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::choice({1, 2}, {1}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::choice({1, 2}, {0, 0}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::choice({1, kInfinity}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::empirical({}), std::invalid_argument);
  CHECK_THROWS_AS(Distribution::empirical({1, std::nan("")}), std::invalid_argument);
}

TEST_CASE("laws without spread are points, to the bit", "[distribution]") {
  const std::vector<Distribution> points = {
      Distribution::normal(0.1, 0),
      Distribution::lognormal(0.1, 0),
      Distribution::uniform(0.1, 0.1),
      Distribution::triangular(0.1, 0.1, 0.1),
      Distribution::choice({0.1}),
      Distribution::empirical({0.1, 0.1, 0.1}),
      Distribution::normal_interval(0.1, 0.1, 0.9),
      Distribution::lognormal_interval(0.1, 0.1, 0.9),
  };
  for (const Distribution& point : points) {
    CHECK(point.quantile(0.3) == 0.1);
    CHECK(point.quantile(1) == 0.1);
    CHECK(point.median() == 0.1);
    CHECK(point.mean() == Approx(0.1).epsilon(1e-15));
  }
}

TEST_CASE("entries carry the dimension of their input", "[distribution]") {
  for (const Entry* entry : distribution_family(Dimension::duration).entries) {
    CHECK(distribution_family(Dimension::duration).find(entry->name) == entry);
    for (const Parameter& parameter : entry->parameters) {
      const bool pure = parameter.name == "mass" || parameter.name == "sigma" || parameter.name == "weights";
      CHECK(parameter.dimension == (pure ? Dimension::number : Dimension::duration));
      CHECK(!parameter.summary.empty());
    }
  }
  CHECK(distribution_family().find("uniform")->find("low")->dimension == Dimension::number);
  CHECK(distribution_family(Dimension::bandwidth).find("uniform")->find("low")->dimension == Dimension::bandwidth);
}

TEST_CASE("sections are resolved to laws", "[distribution]") {
  const auto year = static_cast<double>(kYear.milliseconds());
  const Distribution doubling = resolved(
      written("lognormal", {{"low", "1.54 yr"}, {"high", "3.13 yr"}, {"mass", "0.95"}}, Dimension::duration));
  CHECK(doubling.median() == Approx(std::sqrt(1.54 * 3.13) * year).epsilon(1e-14));
  CHECK(doubling.quantile(0.025) == Approx(1.54 * year).epsilon(1e-14));
  CHECK(resolved(written("lognormal", {{"median", "8 months"}, {"sigma", "0.3"}}, Dimension::duration)).median() ==
        8.0 * static_cast<double>(kMonth.milliseconds()));
  CHECK(resolved(written("normal", {{"mean", "0.4"}, {"sd", "0.1"}})).mean() == 0.4);
  CHECK(resolved(written("normal", {{"low", "1"}, {"high", "3"}, {"mass", "0.5"}})).quantile(0.75) ==
        Approx(3).epsilon(1e-14));
  CHECK(resolved(written("uniform", {{"low", "100 MW"}, {"high", "200 MW"}}, Dimension::power)).median() == 150e6);
  CHECK(resolved(written("triangular", {{"low", "3"}, {"mode", "5"}, {"high", "7"}})).median() == 5);
  CHECK(resolved(written("choice", {{"values", "1 2 3"}})).median() == 2);
  CHECK(resolved(written("choice", {{"values", "1 2"}, {"weights", "3 1"}})).mean() == 1.25);
  CHECK(resolved(written("empirical", {{"values", "3 1 2"}})).quantile(0.25) == 1.5);
}

TEST_CASE("sections that describe no law say why", "[distribution]") {
  const std::string twice =
      "the lognormal distribution is not fully said, or said twice (it takes low, high and mass, or median and sigma). "
      "Give one of the two, whole and alone.";
  CHECK(complaint(written("lognormal", {{"low", "1"}, {"high", "2"}})) == twice);
  CHECK(complaint(written("lognormal", {})) == twice);
  CHECK(complaint(written("lognormal", {{"median", "1"}, {"sigma", "1"}, {"mass", "0.9"}})) == twice);
  CHECK(complaint(written("lognormal", {{"low", "1"}, {"high", "2"}, {"mass", "0.9"}, {"sigma", "1"}})) == twice);
  CHECK(complaint(written("normal", {{"mean", "1"}})) ==
        "the normal distribution is not fully said, or said twice (it takes low, high and mass, or mean and sd). "
        "Give one of the two, whole and alone.");
  CHECK(complaint(written("uniform", {{"low", "3 yr"}, {"high", "1 yr"}}, Dimension::duration)) ==
        "low 3 yr is above high 1 yr (nothing lies between them). Swap them.");
  CHECK(complaint(written("triangular", {{"low", "3"}, {"mode", "2"}, {"high", "4"}})) ==
        "low 3 is above mode 2 (nothing lies between them). Swap them.");
  CHECK(complaint(written("triangular", {{"low", "1"}, {"mode", "5"}, {"high", "4"}})) ==
        "mode 5 is above high 4 (nothing lies between them). Swap them.");
  CHECK(complaint(written("normal", {{"low", "3"}, {"high", "2"}, {"mass", "0.5"}})) ==
        "low 3 is above high 2 (nothing lies between them). Swap them.");
  CHECK(complaint(written("choice", {{"values", "1 2 3"}, {"weights", "1 2"}})) ==
        "3 values have 2 weights (each value needs one). Leave weights out where all are equally likely.");
  CHECK(complaint(written("choice", {{"values", "1 2"}, {"weights", "0 0"}})) ==
        "all weights are 0 (no value could ever be drawn).");
  CHECK(complaint(written("choice", {{"values", ""}})) ==
        "the list of values is empty (there is nothing to draw). List at least one value.");
  CHECK(complaint(written("empirical", {{"values", ""}})) ==
        "the list of values is empty (there is nothing to draw). List at least one value.");
  CHECK(
      complaint(written("uniform", {{"low", "-1.7e308"}, {"high", "1.7e308"}})) ==
      "the distribution is too wide to compute with (distribution: low and high must be finite and low at most high). "
      "Narrow it.");
  CHECK(
      complaint(written("lognormal", {{"low", "1e-300"}, {"high", "1e300"}, {"mass", "0.5"}})) ==
      "the distribution is too wide to compute with (lognormal: sigma must be at least 0 and at most 20). Narrow it.");
}
