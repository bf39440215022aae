#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "models/progress/progress.hpp"
#include "sim/reader/reader.hpp"
#include "tests/unit/spec_of.hpp"

// What spills over to research and to a roadmap: by hand where there is a closed form, against direct integration, and in its limits.
namespace fleetrace {
namespace {

const double kLn2 = std::log(2.0);

models::ProgressLaw law_of(const std::string& text) {
  core::Diagnostics diagnostics;
  const reader::Node node = reader::parse_yaml(text, "test", diagnostics);
  const core::Spec spec = reader::read_section(node, models::progress_family(), "progress", nullptr, diagnostics);
  diagnostics.throw_if_any();
  return models::resolve_progress(spec);
}

/// A, its integral and its growth at `years` by Runge and Kutta's fourth order, of dA/dt = rho A + k max(0, F - A).
struct Path {
  double level = 1;
  double area = 0;
};
Path integrated(const std::function<double(double)>& rho, double flow, const std::function<double(double)>& frontier,
                double from, double to, double level = 1) {
  const auto slope = [&](double t, double a) { return rho(t) * a + flow * std::max(0.0, frontier(t) - a); };
  constexpr int kSteps = 40'000;
  const double h = (to - from) / kSteps;
  Path path{level, 0};
  for (int i = 0; i < kSteps; ++i) {
    const double t = from + i * h;
    const double a = path.level;
    const double k1 = slope(t, a);
    const double k2 = slope(t + h / 2, a + h / 2 * k1);
    const double k3 = slope(t + h / 2, a + h / 2 * k2);
    const double k4 = slope(t + h, a + h * k3);
    path.area += h * (a + h / 6 * (k1 + k2 + k3));
    path.level += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return path;
}

/// A roadmap of one layer with returns 1 that doubles first in `doubling` years, and then in twice that.
std::string one_layer(double doubling, const std::string& more) {
  return "{model: roadmap, cost: 1e6 USD/yr, algorithms: {doubling_cost: " + std::to_string(doubling * 1e6) +
         " USD, returns: 1}" + more + "}";
}

}  // namespace

TEST_CASE("what spills over to who does nothing is the model spillover, by its closed form") {
  const std::string copied = "frontier_doubling: 8 months, lead: 4, share: 0.6, delay: 1.5 yr";
  const auto closed = law_of("{model: spillover, rate: 0.5 doublings/yr, " + copied + "}");
  const auto roadmap = law_of(
      "{model: roadmap, data: {doubling_cost: 1e9 USD, returns: 1, field_doubling: 2 yr}, spillover: {" + copied +
      "}}");
  const auto research = law_of("{model: research, field_doubling: 2 yr, spillover: {" + copied + "}}");
  const auto limited = law_of("{model: spillover, limit: 100, rate: 0.5 doublings/yr, " + copied + "}");
  const auto bent = law_of("{model: research, limit: 100, field_doubling: 2 yr, spillover: {" + copied + "}}");
  for (const double years : {0.0, 0.01, 0.4, 2.0, 9.0, 25.0}) {
    for (const auto* each : {&roadmap, &research}) {
      CHECK(each->multiplier(years) == Approx(closed.multiplier(years)).epsilon(1e-12));
      CHECK(each->expected_growth(years) == Approx(closed.expected_growth(years)).epsilon(1e-11));
      CHECK(each->integral(years, years + 3) == Approx(closed.integral(years, years + 3)).epsilon(1e-12));
      CHECK(each->change(years, years + 1) == Approx(closed.change(years, years + 1)).epsilon(1e-11));
    }
    CHECK(bent.integral(years, years + 3) == Approx(limited.integral(years, years + 3)).epsilon(1e-12));
  }
  // By hand: a frontier that stands still at 4, a delay of 2 years, and nothing of one's own: 4 - 3 e^(-t/2).
  const auto still = law_of("{model: research, spillover: {frontier_doubling: none, lead: 4, delay: 2 yr}}");
  CHECK(still.multiplier(2) == Approx(4 - 3 * std::exp(-1.0)).epsilon(1e-14));
  CHECK(still.integral(0, 6) == Approx(4 * 6 - 6 * (1 - std::exp(-3.0))).epsilon(1e-13));
}

TEST_CASE("own research, the field and a frontier at once, against direct integration") {
  const double phi = 1.5 * kLn2;
  const auto frontier = [&](double t) { return 3 * std::exp(phi * t); };
  const std::string copied = ", spillover: {frontier_doubling: 8 months, lead: 3, delay: 1 yr}";
  // Roadmap: B = (1 + t/2)^1 (1 + 2 t)^(1/2) e^(ln2 t/4).
  const auto roadmap = law_of(
      "{model: roadmap, cost: 2e6 USD/yr, split: even, kernels: {doubling_cost: 1.5e6 USD, returns: 0.5}, "
      "algorithms: {doubling_cost: 2e6 USD, returns: 1, field_doubling: 4 yr}" +
      copied + "}");
  const auto rho = [](double t) { return 0.5 / (1 + 0.5 * t) + 0.5 * 2 / (1 + 2 * t) + kLn2 / 4; };
  for (const double years : {0.5, 3.0, 8.0}) {
    const Path path = integrated(rho, 1, frontier, 0, years);
    CHECK(roadmap.multiplier(years) == Approx(path.level).epsilon(1e-11));
    CHECK(roadmap.integral(0, years) == Approx(path.area).epsilon(1e-11));
  }
  // Research that gets more money after two years: B follows its own equation, as it does without a frontier.
  auto research = law_of("{model: research, doubling: 1 yr, returns: 1.25, parallelisation: 1, field_doubling: 3 yr" +
                         copied + "}");
  research.fund(research, 0, 1);
  const double first = research.multiplier(2);
  const double slope = kLn2 / 1.25;
  const auto growth = [&](double input) {
    return [=](double t) {
      const double base = input == 1 ? 1 + slope * t : 1 + slope * 2 + slope * input * (t - 2);
      return 1.25 * slope * input / base + kLn2 / 3;
    };
  };
  const Path before = integrated(growth(1), 1, frontier, 0, 2);
  CHECK(first == Approx(before.level).epsilon(1e-11));
  const double area = research.integral(0, 2);
  research.fund(research, 2, 3);
  CHECK(research.multiplier(2) == Approx(first).epsilon(1e-14));
  const Path after = integrated(growth(3), 1, frontier, 2, 6, before.level);
  CHECK(research.multiplier(6) == Approx(after.level).epsilon(1e-11));
  CHECK(area + research.integral(2, 6) == Approx(before.area + after.area).epsilon(1e-11));
}

TEST_CASE("who comes up with the frontier is not held back, and copies again once it is ahead") {
  // B = 1 + 4 t against F = 2 e^(t/4): ahead from soon on until after 13 years.
  const auto own = law_of(one_layer(0.25, ""));
  const auto law = law_of(
      one_layer(0.25, ", spillover: {frontier_rate: 0.36067376022224085 doublings/yr, lead: 2, delay: 1 yr}"));
  const auto frontier = [](double t) { return 2 * std::exp(t / 4); };
  const double meets = law.catch_up.meets;
  const double passes = law.catch_up.passes;
  CHECK(meets > 0);
  CHECK(meets < 0.4);
  CHECK(passes > 12);
  CHECK(passes < 20);
  for (const double years : {0.5 * meets, 1.0, 6.0, 20.0, 30.0}) {
    const Path path = integrated([](double t) { return 4 / (1 + 4 * t); }, 1, frontier, 0, years);
    // The steps of the comparison go over both dates, which costs it some digits.
    CHECK(law.multiplier(years) == Approx(path.level).epsilon(1e-8));
    CHECK(law.integral(0, years) == Approx(path.area).epsilon(1e-8));
    double parts = 0;
    for (int i = 0; i < 50; ++i) parts += law.integral(years * i / 50, years * (i + 1) / 50);
    CHECK(law.integral(0, years) == Approx(parts).epsilon(1e-12));
  }
  // While it is ahead it grows as its own research does, to the last digits.
  for (double years = 1; years < 12; years += 0.5) {
    CHECK(law.multiplier(years) >= frontier(years));
    CHECK(law.multiplier(years) / own.multiplier(years) == Approx(law.catch_up.met).epsilon(1e-14));
    CHECK(law.rate(law, years) == Approx(own.rate(own, years)).epsilon(1e-14));
  }
  CHECK(law.multiplier(25) < frontier(25));
  CHECK(law.rate(law, 25) > own.rate(own, 25));
}

TEST_CASE("nothing to copy changes nothing, to the last bit") {
  for (const std::string& text :
       {std::string("{model: research, cost: 1e6 USD/yr"),
        std::string("{model: roadmap, cost: 1e6 USD/yr, data: {doubling_cost: 1e6 USD, returns: 1}")}) {
    auto without = law_of(text + "}");
    auto nothing = law_of(text + ", spillover: {share: 0}}");
    CHECK(without.catch_up.flow == 0);
    for (auto* each : {&without, &nothing}) {
      if (each->fund != nullptr) each->fund(*each, 0, 1.5);
    }
    for (const double years : {0.0, 0.3, 5.0}) {
      CHECK(nothing.multiplier(years) == without.multiplier(years));
      CHECK(nothing.integral(years, years + 1) == without.integral(years, years + 1));
      CHECK(nothing.expected_growth(years) == without.expected_growth(years));
    }
  }
}

TEST_CASE("limits and order of what spills over, for many frontiers") {
  test::Random random(7);
  for (int i = 0; i < 60; ++i) {
    const double doubling = std::exp(random.uniform(-2, 2));
    const double rate = random.uniform(0, 2);
    const double lead = std::exp(random.uniform(0, 4));
    const double delay = std::exp(random.uniform(-4, 2));
    const auto with = [&](double share) {
      char text[200];
      std::snprintf(text, sizeof text,
                    ", spillover: {frontier_rate: %.12f doublings/yr, lead: %.12f, delay: %.12f yr, share: %.2f}", rate,
                    lead, delay, share);
      return law_of(one_layer(doubling, text));
    };
    const auto own = law_of(one_layer(doubling, ""));
    const auto half = with(0.5);
    const auto law = with(1);
    CAPTURE(doubling, rate, lead, delay);
    double last = 1;
    for (double years = 0.1; years < 15; years += 0.7) {
      const double frontier = lead * std::exp2(rate * years);
      const double level = law.multiplier(years);
      const double alone = own.multiplier(years);
      CHECK(level >= last * (1 - 1e-12));
      CHECK(level >= alone * (1 - 1e-12));
      // More is copied faster, and nobody is lifted over the frontier by copying.
      CHECK(half.multiplier(years) <= level * (1 + 1e-12));
      if (alone <= frontier && std::isinf(law.catch_up.meets)) CHECK(level <= frontier * (1 + 1e-12));
      CHECK(law.integral(0, 0.3 * years) + law.integral(0.3 * years, years) ==
            Approx(law.integral(0, years)).epsilon(1e-11));
      last = level;
    }
  }
  // At once: the frontier itself, where own progress is slower; a frontier that nobody can reach in time: own progress.
  const auto fast = law_of("{model: research, spillover: {frontier_doubling: 1 yr, lead: 3, delay: 1 h}}");
  CHECK(fast.multiplier(4) == Approx(3 * 16).epsilon(1e-3));
  CHECK(fast.integral(0, 4) == Approx(3 * 15 / kLn2).epsilon(1e-3));
  const auto slow = law_of(one_layer(1, ", spillover: {lead: 1, frontier_doubling: none, delay: 1000 yr}"));
  CHECK(slow.multiplier(4) == Approx(5).epsilon(1e-12));
}

}  // namespace fleetrace
