#include <array>
#include <map>
#include <numeric>

#include "models/failure/spares.hpp"
#include "race.hpp"
#include "sim/core/numeric/special.hpp"

// Hardware failures at the three fidelities: the same means, and the same distributions where theory says so. Seeds are
// fixed; |z| < 4.5 has a false-alarm rate of 7e-6 a check, p-values are compared with 1e-6.
namespace fleetrace::test {
namespace {

using fleet::State;

constexpr double kAlarm = 1e-6;

/// A fleet that does nothing but fail.
fleet::StrategySetup fleet_of(int count, const std::string& failures, const std::string& length = "1 yr") {
  return cases_of("horizon: {start: 2026-01-01, length: " + length + ", sample_every: " + length +
                  "}\nloss: {reference: 1e24 FLOP}\noperations: {mfu: 1, failures: {" + failures +
                  "}}\ninitial_fleet: [{accelerator: H100, count: " + std::to_string(count) +
                  ", installed: 2025-01-01}]\nstrategies: {keeper: {buy: none}}\n")
      .front();
}

std::string drawn(std::string law, const std::string& fidelity) { return law.append(", fidelity: ").append(fidelity); }

struct Estimate {
  double mean = 0;
  double error = 0;
};

/// Share of what is installed that worked.
double availability(const fleet::Outcome& outcome) {
  const fleet::Cohort& cohort = outcome.cohorts.front();
  return outcome.final.physical_flop / (static_cast<double>(cohort.size) * cohort.peak * kYearSeconds);
}

/// Means over replications, and their standard errors.
struct Estimates {
  Estimate availability, failures, energy;
};
Estimates estimate(fleet::StrategySetup one, int replications) {
  fleet::World world;
  fleet::Outcome outcome;
  std::array<double, 3> sums{};
  std::array<double, 3> squares{};
  for (int i = 0; i < replications; ++i) {
    one.draw.replication = static_cast<std::uint32_t>(i);
    fleet::simulate(world, one, outcome);
    const std::array<double, 3> values = {availability(outcome), outcome.final.failures, outcome.final.energy_kwh};
    for (std::size_t k = 0; k < values.size(); ++k) {
      sums.at(k) += values.at(k);
      squares.at(k) += values.at(k) * values.at(k);
    }
  }
  const auto of = [&](std::size_t k) {
    const double mean = sums.at(k) / replications;
    return Estimate{mean, std::sqrt((squares.at(k) / replications - mean * mean) / (replications - 1))};
  };
  return {of(0), of(1), of(2)};
}

bool agree(const Estimate& found, double exact) { return std::fabs(found.mean - exact) < 4.5 * found.error; }

const std::array<const char*, 4> kLaws = {
    "law: exponential, mtbf: 500 h, repair: 100 h",
    "law: exponential, mtbf: 500 h, repair: 100 h, repair_law: {lognormal: {sigma: 1}}",
    "law: weibull, shape: 0.75, mtbf: 500 h, repair: 100 h, repair_law: {lognormal: {sigma: 0.5}}",
    "law: bathtub, infant_mtbf: 4000 h, mtbf: 900 h, wear_mtbf: 1500 h, wear_shape: 4, repair: 80 h",
};

/// Two samples of the same law? By chi-square over cells with at least ten of each on average.
double p_of_counts(const std::vector<double>& a, const std::vector<double>& b) {
  std::map<double, std::array<double, 2>> cells;
  for (const double x : a) ++cells[x][0];
  for (const double x : b) ++cells[x][1];
  double statistic = 0;
  double freedom = -1;
  std::array<double, 2> pooled{};
  const auto close = [&] {
    const double total = pooled[0] + pooled[1];
    const double expected = total * static_cast<double>(a.size()) / static_cast<double>(a.size() + b.size());
    statistic += (pooled[0] - expected) * (pooled[0] - expected) * (1 / expected + 1 / (total - expected));
    ++freedom;
    pooled = {};
  };
  auto left = static_cast<double>(a.size() + b.size());
  for (const auto& [value, counts] : cells) {
    pooled[0] += counts[0];
    pooled[1] += counts[1];
    left -= counts[0] + counts[1];
    if (pooled[0] + pooled[1] >= 20 && left >= 20) close();
  }
  close();
  return core::gamma_q(freedom / 2, statistic / 2);
}

/// The same by Kolmogorov and Smirnov's distance.
double p_of_times(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double distance = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const double x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= x) ++i;
    while (j < b.size() && b[j] <= x) ++j;
    distance = std::max(distance, std::fabs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                            static_cast<double>(j) / static_cast<double>(b.size())));
  }
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  return std::min(1.0, 2 * std::exp(-2 * distance * distance * n * m / (n + m)));
}

/// Numbers of failures, and times of the first three [h], of many short races.
struct Failures {
  std::vector<double> counts;
  std::array<std::vector<double>, 3> times;
};
Failures failures_of(fleet::StrategySetup one, int replications) {
  Failures found;
  fleet::World world;
  fleet::Outcome outcome;
  for (int i = 0; i < replications; ++i) {
    one.draw.replication = static_cast<std::uint32_t>(i);
    std::size_t seen = 0;
    fleet::simulate(world, one, outcome, [&](const fleet::World&, const fleet::Event& event) {
      if (event.payload.kind == fleet::EventKind::failure && seen < found.times.size())
        found.times[seen++].push_back((event.time - one.horizon.start).hours());
    });
    found.counts.push_back(outcome.final.failures);
  }
  return found;
}

}  // namespace

TEST_CASE("aggregate, device and expected failures have the same mean availability and number") {
  for (const std::string law : kLaws) {
    CAPTURE(law);
    const fleet::Outcome expected = fleet::simulate(fleet_of(200, law));
    const double exact = availability(expected);
    std::array<Estimate, 2> found;
    for (const std::string fidelity : {"aggregate", "device"}) {
      CAPTURE(fidelity);
      const fleet::StrategySetup one = fleet_of(200, drawn(law, fidelity));
      const Estimates drawn = estimate(one, 25);
      CHECK(drawn.availability.error < 0.002 * exact);
      CHECK(agree(drawn.availability, exact));
      CHECK(drawn.failures.error < 0.005 * drawn.failures.mean);
      CHECK(agree(drawn.failures, expected.final.failures));
      CHECK(agree(drawn.energy, expected.final.energy_kwh));
      found.at(fidelity == "device" ? 1 : 0) = drawn.availability;
      // The check can fail: an availability off by 1 % is told apart.
      fleet::StrategySetup wrong = one;
      models::FailureLaw& changed = wrong.plant.operations.failures;
      changed.repair.mean = changed.life.mean * (1 / (0.99 * changed.availability) - 1);
      changed.repair.median *= changed.repair.mean / one.plant.operations.failures.repair.mean;
      changed.availability *= 0.99;
      CHECK_FALSE(agree(estimate(wrong, 25).availability, exact));
    }
    CHECK(std::fabs(found[0].mean - found[1].mean) < 4.5 * std::hypot(found[0].error, found[1].error));
  }
}

TEST_CASE("availability is the same on the first day as later") {
  // The stationary regime from installation on: of 20,000 accelerators up at each instant, each with probability A.
  for (const std::string law : kLaws) {
    for (const std::string fidelity : {"aggregate", "device"}) {
      CAPTURE(law, fidelity);
      fleet::StrategySetup one = fleet_of(20'000, drawn(law, fidelity), "20 days");
      one.horizon.sample_every = core::kDay * 2;
      const double up = one.plant.operations.failures.availability;
      for (const fleet::Sample& sample : fleet::simulate(one).series) {
        const auto now = static_cast<double>(sample.accelerators[static_cast<std::size_t>(State::in_service)]);
        CHECK(std::fabs(now / 20'000 - up) < 4.5 * std::sqrt(up * (1 - up) / 20'000));
      }
    }
  }
}

TEST_CASE("superposed failures come in the same numbers and at the same times as those of single accelerators") {
  // Exponential lives: exactly. Weibull lives: over spans that are short beside a life (Palm-Khintchine).
  const std::array<fleet::StrategySetup, 2> cases = {
      fleet_of(60, "law: exponential, mtbf: 600 h, repair: 30 h", "100 h"),
      fleet_of(3'000, "law: weibull, shape: 0.75, mtbf: 30000 h, repair: 30 h", "100 h"),
  };
  for (fleet::StrategySetup one : cases) {
    one.plant.operations.failures.fidelity = models::Fidelity::aggregate;
    const Failures together = failures_of(one, 4'000);
    one.plant.operations.failures.fidelity = models::Fidelity::device;
    const Failures apart = failures_of(one, one.plant.initial.front().count > 100 ? 600 : 4'000);
    CHECK(p_of_counts(together.counts, apart.counts) > kAlarm);
    for (std::size_t i = 0; i < 3; ++i) CHECK(p_of_times(together.times.at(i), apart.times.at(i)) > kAlarm);
    // The checks can fail: a fifth more failures are told apart.
    one.plant.operations.failures.fidelity = models::Fidelity::aggregate;
    one.plant.operations.failures.life.mean /= 1.2;
    const Failures more = failures_of(one, 4'000);
    CHECK(p_of_counts(more.counts, apart.counts) < kAlarm);
    CHECK(p_of_times(more.times[2], apart.times[2]) < kAlarm);
  }
}

TEST_CASE("the number in repair is binomial, and Poisson where accelerators are many, whatever the laws") {
  // Palm: N MTTR / MTTF = 23.3 of 16,384 (50,677 h between failures, 72 h of repair).
  struct Setting {
    int count;
    int replications;
    std::string law;
  };
  const std::array<Setting, 4> settings = {{
      {20, 3'000, drawn(kLaws[2], "aggregate")},
      {20, 3'000, drawn(kLaws[2], "device")},
      {16'384, 600, "law: exponential, mtbf: 50677 h, repair: 72 h, repair_law: lognormal, fidelity: aggregate"},
      {16'384, 200, "law: weibull, mtbf: 50677 h, repair: 72 h, repair_law: lognormal, fidelity: device"},
  }};
  fleet::World world;
  fleet::Outcome outcome;
  for (const Setting& setting : settings) {
    CAPTURE(setting.law);
    fleet::StrategySetup one = fleet_of(setting.count, setting.law, "10 days");
    const double down = 1 - one.plant.operations.failures.availability;
    std::vector<double> observed(static_cast<std::size_t>(std::min(setting.count, 100)) + 1);
    for (int i = 0; i < setting.replications; ++i) {
      one.draw.replication = static_cast<std::uint32_t>(i);
      fleet::simulate(world, one, outcome);
      ++observed.at(static_cast<std::size_t>(outcome.final.accelerators[static_cast<std::size_t>(State::in_repair)]));
    }
    for (const bool poisson : {false, true}) {
      if (poisson && setting.count < 1'000) continue;
      double statistic = 0;
      double freedom = -1;
      double seen = 0;
      double expected = 0;
      double left = setting.replications;
      for (std::size_t k = 0; k < observed.size(); ++k) {
        const auto number = static_cast<std::int64_t>(k);
        const double mass = poisson ? core::poisson_mass(number, setting.count * down)
                                    : core::binomial_mass(number, setting.count, down);
        seen += observed[k];
        expected += setting.replications * mass;
        left -= setting.replications * mass;
        if ((expected < 10 || left < 10) && k + 1 < observed.size()) continue;
        if (k + 1 == observed.size()) expected += std::max(0.0, left);
        statistic += (seen - expected) * (seen - expected) / expected;
        ++freedom;
        seen = expected = 0;
      }
      CHECK(core::gamma_q(freedom / 2, statistic / 2) > kAlarm);
      if (!poisson) continue;
      CHECK(setting.count * down == Approx(23.3).epsilon(5e-3));
      CHECK(models::spares_for(setting.count * down, 0.99) == 35);
    }
  }
}

TEST_CASE("spares: the expected number that works is the mean of those drawn") {
  const std::string law = "law: weibull, mtbf: 500 h, repair: 50 h, repair_law: lognormal, spares: 0.08";
  const fleet::Outcome expected = fleet::simulate(fleet_of(50, law));
  CHECK(expected.final.accelerators[static_cast<std::size_t>(State::in_service)] == 46);
  CHECK(expected.final.accelerators[static_cast<std::size_t>(State::standby)] == 4);
  const double exact = availability(expected);
  CHECK(exact == Approx(models::expected_working(50, 46, 500.0 / 550) / 50).epsilon(1e-13));
  for (const std::string fidelity : {"aggregate", "device"}) {
    CAPTURE(fidelity);
    const fleet::StrategySetup one = fleet_of(50, drawn(law, fidelity));
    const Estimates drawn = estimate(one, 60);
    CHECK(drawn.availability.error < 0.002 * exact);
    CHECK(agree(drawn.availability, exact));
    CHECK(agree(drawn.energy, expected.final.energy_kwh));
  }
}

TEST_CASE("accelerators that never fail are as if there were no failures") {
  const fleet::Outcome none = fleet::simulate(fleet_of(1'000, "law: none"));
  for (const std::string fidelity : {"expected", "aggregate", "device"}) {
    for (const std::string law :
         {"law: exponential, mtbf: 1e8 yr, repair: 1 h", "law: weibull, mtbf: 1e8 yr, repair: 1 h"}) {
      const fleet::Outcome never = fleet::simulate(fleet_of(1'000, drawn(law, fidelity)));
      CHECK(never.final.relative_loss == Approx(none.final.relative_loss).epsilon(1e-11));
      CHECK(never.final.physical_flop == Approx(none.final.physical_flop).epsilon(1e-11));
      CHECK(never.final.energy_kwh == Approx(none.final.energy_kwh).epsilon(1e-11));
      CHECK(never.final.failures <= 1e-5);
      CHECK(never.events == none.events);
    }
  }
}

TEST_CASE("strategies of one replication see the same failures of the fleet they share") {
  const std::string head =
      "horizon: {start: 2026-01-01, length: 2 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "operations: {mfu: 0.4, failures: {law: exponential, mtbf: 5000 h, fidelity: ";
  const std::string tail = "}}\ninitial_fleet: [{accelerator: H100, count: 100, installed: 2025-01-01}]\nstrategies:\n";
  const std::string late = "  late: {buy: once, at: 1 yr, budget: 1e8 USD}\n";
  const std::string keeper = "  keeper: {buy: none}\n";
  const std::string two = late + keeper;
  const auto of = [&](const std::string& fidelity, const std::string& strategies) {
    return race(head + fidelity + tail + strategies);
  };
  for (const std::string fidelity : {"aggregate", "device"}) {
    const Race both = of(fidelity, two);
    const Race alone = of(fidelity, keeper);
    CHECK(both["keeper"].final.effective_flop == alone["keeper"].final.effective_flop);
    CHECK(both["keeper"].final.failures == alone["keeper"].final.failures);
    const core::Time before = both.cases.front().horizon.start + core::kMonth * 11;
    CHECK(both["keeper"].trajectory.effective_at(before) == both["late"].trajectory.effective_at(before));
  }
}

TEST_CASE("ten million accelerators turn over for thirty years") {
  const fleet::StrategySetup one = fleet_of(10'000'000, "law: exponential, fidelity: aggregate", "30 yr");
  const fleet::Outcome outcome = fleet::simulate(one);
  const models::FailureLaw& law = one.plant.operations.failures;
  CHECK(outcome.events < 40'000);
  CHECK(outcome.trajectory.segments().size() < 5'000);
  // Their mean within five standard deviations of a Poisson number (at the most).
  const double mean = 1e7 * 30 * law.failures_per_up_year * law.own_availability;
  CHECK(std::fabs(outcome.final.failures - mean) < 5 * std::sqrt(mean));
}

TEST_CASE("many failures a step have the mean and the variance of single ones") {
  // N independent chains of two states over T:
  //   Var integral = 2 N a (1 - a) tau (T - tau (1 - e^(-T/tau)))     and the number of failures has mean N a T/MTTF
  const double life = 500;
  const double repair = 100;
  const double tau = 1 / (1 / life + 1 / repair);
  const double a = life / (life + repair);
  const double hours = 365.25 * 24;
  constexpr int kCount = 2'000;
  for (const std::string law : {"law: exponential, mtbf: 500 h, repair: 100 h",
                                "law: exponential, mtbf: 500 h, repair: 100 h, lemons: {share: 0.5, factor: 1}"}) {
    CAPTURE(law);
    fleet::StrategySetup one = fleet_of(kCount, drawn(law, "aggregate"));
    constexpr int kReplications = 400;
    std::vector<double> up;
    double failures = 0;
    fleet::World world;
    fleet::Outcome outcome;
    for (int i = 0; i < kReplications; ++i) {
      one.draw.replication = static_cast<std::uint32_t>(i);
      fleet::simulate(world, one, outcome);
      up.push_back(outcome.cohorts.front().working_seconds / 3'600);
      failures += outcome.final.failures / kReplications;
    }
    // A step for each eighth of tau instead of an event for each failure and repair.
    CHECK(static_cast<double>(outcome.events) < hours / (tau / 8) + 20);
    CHECK(static_cast<double>(outcome.events) > hours / (tau / 8) - 20);
    const double mean = std::accumulate(up.begin(), up.end(), 0.0) / kReplications;
    double square = 0;
    for (const double x : up) square += (x - mean) * (x - mean) / (kReplications - 1);
    const double variance = 2 * kCount * a * (1 - a) * tau * (hours - tau * (1 - std::exp(-hours / tau)));
    CHECK(std::fabs(mean - kCount * a * hours) < 4.5 * std::sqrt(variance / kReplications));
    // The variance of a variance of normal variates; one that is twice as large is told apart.
    const double spread = std::sqrt(2.0 / (kReplications - 1));
    CHECK(std::fabs(square / variance - 1) < 4.5 * spread);
    CHECK(std::fabs(square / (2 * variance) - 1) > 4.5 * spread);
    // Asymptotically the number has the variance of a renewal process: mean x (CV^2 of a cycle) <= mean.
    const double number = kCount * a * hours / life;
    CHECK(std::fabs(failures - number) < 4.5 * std::sqrt(number / kReplications));
  }
}

}  // namespace fleetrace::test
