#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/failure/failure.hpp"
#include "models/failure/observed.hpp"
#include "random_judge.hpp"
#include "spec_of.hpp"

// Hazards in steps of age, and lives of single devices as they were watched.

namespace {

using namespace fleetrace;
using models::HazardSteps;
using models::ObservedLife;

/// Infant mortality at 2 a year for a tenth of a year, none up to one year, then 0.5 a year; times in years.
HazardSteps three_steps() { return HazardSteps({{0, 2}, {0.1, 0}, {1, 0.5}}); }

/// Weeks in remission of the 21 patients under 6-mercaptopurine; those below 0 were in remission when last seen.
///                                                         Freireich et al. 1963, Blood 21:699; Cox and Oakes 1984
std::vector<ObservedLife> remissions() {
  std::vector<ObservedLife> lives;
  for (const int weeks : {6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35})
    lives.push_back({0, std::fabs(static_cast<double>(weeks)), weeks > 0});
  return lives;
}

models::LifeLaw life_of(const HazardSteps& steps) {
  models::LifeLaw life;
  life.steps = std::make_shared<const HazardSteps>(steps);
  life.resolve_mean();
  return life;
}

}  // namespace

TEST_CASE("a hazard in steps, by hand") {
  const HazardSteps steps = three_steps();
  CHECK(steps.cumulative(0.05) == Approx(0.1));
  CHECK(steps.cumulative(0.6) == Approx(0.2));
  CHECK(steps.cumulative(3) == Approx(1.2));  // 0.2 + 2 x 0.5
  CHECK(steps.age_at(0.1) == Approx(0.05));
  CHECK(steps.age_at(0.2) == Approx(0.1));
  CHECK(steps.age_at(1.2) == Approx(3));
  // (1 - e^-0.2)/2 + 0.9 e^-0.2 + e^-0.2/0.5
  const double survived = std::exp(-0.2);
  CHECK(steps.mean() == Approx((1 - survived) / 2 + 0.9 * survived + survived / 0.5).epsilon(1e-15));
  CHECK(life_of(steps).survival(0.6) == Approx(survived).epsilon(1e-15));
  // The share of the mean that has passed by an age, and back.
  CHECK(steps.age_at_share(0) == 0);
  CHECK(steps.age_at_share((1 - survived) / 2 / steps.mean()) == Approx(0.1));
  CHECK(steps.age_at_share(((1 - survived) / 2 + 0.45 * survived) / steps.mean()) == Approx(0.55));
  // Twice as fast: half of all ages.
  const HazardSteps fast = steps.hurried(2);
  CHECK(fast.mean() == Approx(steps.mean() / 2).epsilon(1e-15));
  CHECK(fast.cumulative(0.3) == Approx(steps.cumulative(0.6)).epsilon(1e-15));
  CHECK_FALSE(life_of(steps).is_memoryless());
}

TEST_CASE("one step is the exponential law") {
  const models::LifeLaw life = life_of(HazardSteps({{0, 0.25}}));
  CHECK(life.mean == 4);
  models::LifeLaw exponential;
  exponential.add(1, 4);
  exponential.resolve_mean();
  for (const double x : {0.01, 1.0, 7.0}) CHECK(life.survival(x) == Approx(exponential.survival(x)).epsilon(1e-14));
}

TEST_CASE("lives with a hazard in steps, and what is left of them, follow their law") {
  // 200,000 of each; the false-alarm rate is that of random_judge.hpp, 1e-6 over all its tests. A rate off by 5 % is condemned.
  const HazardSteps steps = three_steps();
  const models::LifeLaw life = life_of(steps);
  const auto survival = [&](double x) { return std::exp(-steps.cumulative(x)); };
  // The share of the integral of S, by the closed form of each step.
  const auto equilibrium = [&](double x) {
    const double s = std::exp(-0.2);
    double sum = (1 - std::exp(-2 * std::min(x, 0.1))) / 2;
    sum += s * std::max(0.0, std::min(x, 1.0) - 0.1);
    if (x > 1) sum += s * (1 - std::exp(-0.5 * (x - 1))) / 0.5;
    return sum / life.mean;
  };
  core::Stream stream(17, 0, core::Purpose::failures);
  judge::Uniformity lives;
  judge::Uniformity after;
  judge::Uniformity residuals;
  judge::Uniformity wrong;
  for (int i = 0; i < 200'000; ++i) {
    lives.add(survival(life.draw(stream)));
    after.add(survival(0.7 + life.draw_after(stream, 0.7)) / survival(0.7));
    const double residual = life.draw_residual(stream);
    residuals.add(equilibrium(residual));
    wrong.add(equilibrium(1.05 * residual));
  }
  judge::Verdict verdict;
  lives.judge(verdict);
  after.judge(verdict);
  residuals.judge(verdict);
  verdict.acquit();
  judge::Verdict against;
  wrong.judge(against);
  against.condemn();
}

TEST_CASE("Kaplan and Meier's estimate of the remissions, as the textbooks print it") {
  const auto steps = models::kaplan_meier(remissions());
  const std::vector<std::array<double, 3>> printed{// weeks, at risk, survival
                                                   {6, 21, 0.857},  {7, 17, 0.807}, {10, 15, 0.753}, {13, 12, 0.690},
                                                   {16, 11, 0.627}, {22, 7, 0.538}, {23, 6, 0.448}};
  REQUIRE(steps.size() == printed.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    CHECK(steps[i].age == printed[i][0]);
    CHECK(steps[i].at_risk == printed[i][1]);
    CHECK(steps[i].survival == Approx(printed[i][2]).margin(0.0005));
  }
  // The law passes through the estimate at each failure, and goes on at 9 failures in 359 weeks.
  const HazardSteps hazard = models::hazard_of(remissions());
  for (const models::SurvivalStep& step : steps)
    CHECK(std::exp(-hazard.cumulative(step.age)) == Approx(step.survival).epsilon(1e-14));
  CHECK(hazard.steps().back().from == 23);
  CHECK(hazard.steps().back().rate == Approx(9.0 / 359).epsilon(1e-15));
}

TEST_CASE("a record in which all have failed, and devices that were watched late") {
  // The last of three leaves none, which no finite rate does: one failure in the one year at risk since the one before.
  const HazardSteps all = models::hazard_of({{0, 1, true}, {0, 2, true}, {0, 3, true}});
  CHECK(std::exp(-all.cumulative(1)) == Approx(2.0 / 3));
  CHECK(std::exp(-all.cumulative(2)) == Approx(1.0 / 3));
  CHECK(all.steps().at(2).rate == Approx(1.0));
  CHECK(all.steps().back().rate == Approx(3.0 / 6));
  // Seen from 2 on: not at risk at the failure at 1.
  const auto late = models::kaplan_meier({{0, 1, true}, {2, 4, true}, {0, 3, false}});
  REQUIRE(late.size() == 2);
  CHECK(late[0].at_risk == 2);
  CHECK(late[0].survival == 0.5);
  CHECK(late[1].at_risk == 1);
}

TEST_CASE("estimates of drawn and censored lives come back to their law") {
  // 40,000 lives of three_steps(), each watched until an age of its own: the estimate is off by 6 standard errors of at most
  // sqrt(S (1 - S)/n at risk) with probability 2e-9 at each of the ages looked at.
  const models::LifeLaw life = life_of(three_steps());
  core::Stream stream(23, 0, core::Purpose::failures);
  std::vector<ObservedLife> lives;
  for (int i = 0; i < 40'000; ++i) {
    const double whole = life.draw(stream);
    const double watched = 3 * stream.uniform();
    lives.push_back({0, std::min(whole, watched), whole <= watched});
  }
  const HazardSteps found = models::hazard_of(lives);
  for (const double age : {0.05, 0.1, 0.5, 1.0, 1.5, 2.0}) {
    const double s = life.survival(age);
    const double at_risk = 40'000 * s * (1 - age / 3);
    CHECK(std::exp(-found.cumulative(age)) == Approx(s).margin(6 * std::sqrt(s * (1 - s) / at_risk)));
  }
}
