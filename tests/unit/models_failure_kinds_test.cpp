#include <catch2/catch.hpp>
#include <cmath>

#include "models/failure/renewal.hpp"
#include "models/failure/spares.hpp"
#include "random_judge.hpp"
#include "setup_of.hpp"
#include "sim/core/numeric/special.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;

/// One part of that shape and mean.
models::LifeLaw life_of(double shape, double mean) {
  models::LifeLaw life;
  life.add(shape, mean);
  life.resolve_mean();
  return life;
}

models::RepairLaw repair_of(double mean, double sigma = -1) {
  return {mean, sigma, mean * std::exp(-sigma * sigma / 2)};
}

models::FailureDomain domain_of(std::int64_t size, double availability) {
  models::FailureDomain domain;
  domain.size = size;
  domain.availability = availability;
  return domain;
}

}  // namespace

TEST_CASE("a fresh batch of constant rates goes through the two-state Markov chain") {
  // U = A + (1 - A) e^(-(l + m) t), M = l A t + l (1 - A) (1 - e^(-(l + m) t))/(l + m).
  const double life = 1000, repair = 100;
  const models::Renewal renewal(life_of(1, life), repair_of(repair), 0, 4000, 512);
  const double l = 1 / life, m = 1 / repair, up = life / (life + repair);
  CHECK(renewal.stationary_up() == Approx(up).epsilon(1e-15));
  for (const double t : {0.0, 7.8125, 50.0, 400.0, 1234.5, 3999.0}) {
    const double decay = std::exp(-(l + m) * t);
    CHECK(renewal.up(t) == Approx(up + (1 - up) * decay).epsilon(2e-4));
    CHECK(renewal.failures(t) == Approx(l * up * t + l * (1 - up) * (1 - decay) / (l + m)).epsilon(2e-4).margin(1e-9));
  }
  for (const double t : {50.0, 1000.0, 4000.0}) {
    const double mean = up + (1 - up) * (1 - std::exp(-(l + m) * t)) / ((l + m) * t);
    CHECK(renewal.mean_up(0, t) == Approx(mean).epsilon(1e-4));
  }
  // A constant hazard: the wait is the hazard over the rate, at every age.
  for (const double age : {0.0, 10.0, 3000.0, 1e5}) CHECK(renewal.wait(age, 2.5) == Approx(2500).epsilon(1e-3));
  CHECK(renewal.up(1e6) == renewal.stationary_up());
  CHECK(renewal.failures(1e6) == Approx(l * up * 1e6).epsilon(1e-4));
}

TEST_CASE("the renewal function of lives without repairs") {
  // Lives of shape 1 without repairs: M = t/mean. Weibull lives: Smith and Leadbetter 1963, Technometrics 5:393, by their
  // power series M = sum (-1)^(n-1) A_n (t/scale)^(n k)/Gamma(1 + n k), which converges for small t.
  const models::Renewal poisson(life_of(1, 50), repair_of(0), 0, 200, 512);
  for (const double t : {1.0, 33.0, 150.0}) CHECK(poisson.failures(t) == Approx(t / 50).epsilon(1e-5));
  for (const double shape : {0.5, 0.75, 2.0, 3.0}) {
    const double scale = 1 / std::tgamma(1 + 1 / shape);
    std::vector<double> a, gamma;
    for (int n = 1; n <= 60; ++n) {
      gamma.push_back(std::tgamma(1 + n * shape) / std::tgamma(n + 1.0));
      double sum = gamma.back();
      for (int j = 1; j < n; ++j)
        sum -= gamma[static_cast<std::size_t>(j - 1)] * a[static_cast<std::size_t>(n - j - 1)];
      a.push_back(sum);
    }
    const models::Renewal renewal(life_of(shape, 1), repair_of(0), 0, 1, 512);
    for (const double t : {0.05, 0.2, 0.5}) {
      double series = 0;
      for (int n = 40; n >= 1; --n)
        series += (n % 2 == 1 ? 1 : -1) * a[static_cast<std::size_t>(n - 1)] * std::pow(t / scale, n * shape) /
                  std::tgamma(1 + n * shape);
      CAPTURE(shape, t);
      CHECK(renewal.failures(t) == Approx(series).epsilon(2e-3));
    }
  }
}

TEST_CASE("a burn-in takes the early failures away") {
  // Shape 1/2: S(x) = e^(-sqrt(x/scale)). An hour after a burn-in of 100 h fewer fail than of new ones.
  const models::LifeLaw life = life_of(0.5, 2000);  // scale 1000
  CHECK(life.survival(100) == Approx(std::exp(-std::sqrt(0.1))).epsilon(1e-14));
  const models::Renewal fresh(life, repair_of(0), 0, 500);
  const models::Renewal aged(life, repair_of(0), 100, 500);
  // In the first steps at most one failure each: M = 1 - S(100 + t)/S(100).
  CHECK(aged.failures(1) == Approx(1 - std::exp(std::sqrt(0.1) - std::sqrt(0.101))).epsilon(0.03));
  CHECK(fresh.failures(1) > 19 * aged.failures(1));
  CHECK(fresh.failures(500) > aged.failures(500));
  // What is left of a life follows S(age + x)/S(age); a draw that forgets the age is told apart.
  core::Stream stream(9, 0, core::Purpose::failures);
  judge::Uniformity left, wrong;
  for (int i = 0; i < 100'000; ++i) {
    left.add(life.survival(100 + life.draw_after(stream, 100)) / life.survival(100));
    wrong.add(life.survival(100 + life.draw(stream)) / life.survival(100));
  }
  judge::Verdict verdict, against;
  left.judge(verdict);
  verdict.acquit();
  wrong.judge(against);
  against.condemn();
}

TEST_CASE("lemons fail so many times as often, and a burn-in finds more of them") {
  const auto written = [](const std::vector<std::pair<std::string, std::string>>& values) {
    core::Spec spec = test::spec_of(*models::failure_family().find("weibull"), values);
    core::Spec lemons = core::preset_spec(*spec.entry->find("lemons")->family->entries[0]);
    lemons.value("share").data = 0.1;
    spec.value("lemons").data = std::vector<core::Spec>{lemons};
    return models::resolve_failures(spec);
  };
  const auto law = written({{"shape", "0.5"}, {"mtbf", "900 h"}, {"repair", "100 h"}});
  CHECK(law.lemon.life.mean == Approx(law.good.life.mean / 10).epsilon(1e-15));
  // 0.9 x 900/1000 + 0.1 x 90/190, and failures a year of 8766 h: 0.9 x 8766/1000 + 0.1 x 8766/190.
  CHECK(law.own_availability == Approx(0.857368421052632).epsilon(1e-14));
  CHECK(law.failures_per_up_year * law.own_availability == Approx(12.5030842105263).epsilon(1e-13));
  CHECK(law.installed_lemons() == 0.1);
  const auto burnt = written({{"shape", "0.5"}, {"mtbf", "900 h"}, {"burn_in", "45 h"}, {"start", "fresh"}});
  // scale 450 h: S = e^(-sqrt(0.1)) of the good, e^(-1) of lemons.
  const double good = std::exp(-std::sqrt(0.1)), bad = std::exp(-1.0);
  CHECK(burnt.lost_in_burn_in() == Approx(1 - 0.9 * good - 0.1 * bad).epsilon(1e-13));
  CHECK(burnt.installed_lemons() == Approx(0.1 * bad / (0.9 * good + 0.1 * bad)).epsilon(1e-13));
}

TEST_CASE("repairs: survival and its integral") {
  for (const double sigma : {-1.0, 0.0, 0.6, 1.5}) {
    const models::RepairLaw repair = repair_of(72, sigma);
    double sum = 0;
    for (int i = 0; i < 200'000; ++i) sum += repair.survival((i + 0.5) * 1e-3) * 1e-3;
    CHECK(repair.survival_integral(200) == Approx(sum).epsilon(1e-5));
    CHECK(repair.survival_integral(1e7) == Approx(72).epsilon(1e-9));
  }
  CHECK(repair_of(0).survival(1) == 0);
  CHECK(repair_of(0).survival_integral(1) == 0);
}

TEST_CASE("who works where whole domains go out, against every outcome") {
  models::FailureLaw law;
  law.own_availability = 0.9;
  law.domains = {domain_of(4, 0.8)};
  law.availability = 0.9 * 0.8;
  // Without spares the mean is the product.
  CHECK(law.expected_working(12, 12, 0.9) == Approx(12 * 0.72).epsilon(1e-14));
  // 12 in 3 domains of 4, 10 wanted: over the 8 states of domains, and the binomial of those in what is up.
  double exact = 0;
  for (int up = 0; up <= 3; ++up) {
    const double state = core::binomial_mass(up, 3, 0.8);
    for (int healthy = 0; healthy <= 4 * up; ++healthy)
      exact += state * core::binomial_mass(healthy, 4 * up, 0.9) * std::min(10, healthy);
  }
  CHECK(law.expected_working(12, 10, 0.9) == Approx(exact).epsilon(1e-13));
  // Independent accelerators of the same availability lose less: what goes out together overruns the spares.
  CHECK(law.expected_working(12, 10, 0.9) < models::expected_working(12, 10, 0.72));
  // Domains of one are accelerators that are up with probability 0.72.
  law.domains = {domain_of(1, 0.8)};
  CHECK(law.expected_working(12, 10, 0.9) == Approx(models::expected_working(12, 10, 0.72)).epsilon(1e-13));
  // Two kinds: the product where all are wanted.
  law.domains = {domain_of(4, 0.8), domain_of(6, 0.5)};
  law.availability = 0.9 * 0.4;
  CHECK(law.expected_working(12, 12, 0.9) == Approx(12 * 0.36).epsilon(1e-14));
  CHECK(law.expected_working(12, 10, 0.9) < 12 * 0.36);
  CHECK(domain_of(5, 1).number(12) == 3);
}

TEST_CASE("tables of a fresh batch are shared with a law that has the same, and made anew for any other") {
  const auto law_of = [](const std::string& more) {
    return test::setup_of(
               "hardware: {model: catalog, accelerators: [H100]}\noperations: {mfu: 0.4, lifetime: 2 yr, failures: "
               "{law: bathtub, start: fresh, fidelity: expected, " +
               more + "}}\n")
        .plant.operations.failures;
  };
  const std::string lemons = ", lemons: {share: 0.1, factor: 8}";
  const std::vector<std::string> laws{"mtbf: 1000 h, repair: 50 h" + lemons,
                                      "mtbf: 2000 h, repair: 50 h" + lemons,
                                      "mtbf: 1000 h, repair: 20 h" + lemons,
                                      "mtbf: 1000 h, repair: 50 h, repair_law: lognormal" + lemons,
                                      "mtbf: 1000 h, repair: 50 h, burn_in: 2 days" + lemons,
                                      "mtbf: 1000 h, repair: 50 h, lemons: {share: 0.1, factor: 3}",
                                      "mtbf: 1000 h, repair: 50 h"};
  for (const std::string& first : {laws.front(), laws.back()}) {
    const models::FailureLaw before = law_of(first);
    REQUIRE(before.tabulated > 0);
    for (const std::string& other : laws) {
      for (const double longer : {1.0, 1.5}) {
        CAPTURE(first, other, longer);
        models::FailureLaw alone = law_of(other);
        const double span = longer * before.tabulated;
        alone.good.ages = alone.lemon.ages = nullptr;
        models::FailureLaw after = alone;
        alone.tabulate(span);
        after.tabulate(span, &before);
        if (first == other) CHECK((after.good.ages == before.good.ages) == (longer == 1));
        for (const double age : {1e6, 1e8, 0.9 * span}) {
          CHECK(after.fresh_availability(0, age) == alone.fresh_availability(0, age));
          CHECK(after.fresh_failures(age) == alone.fresh_failures(age));
        }
      }
    }
  }
}
