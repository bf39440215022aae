#include <cmath>
#include <limits>

#include "models/failure/job.hpp"
#include "spec_of.hpp"

// Checkpoints, restarts and goodput (docs/derivations.md 4.3) against 40-digit values and a search for the optimum.
namespace {

using namespace fleetrace;
using namespace fleetrace::models;
using test::Random;
using test::spec_of;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kHour = 3.6e6;  // [ms]

const core::Entry& job() { return *job_family().find("job"); }

}  // namespace

TEST_CASE("interval and goodput of a job that is interrupted every 3.09 h") {
  // A minute to write a checkpoint, a quarter of an hour to restart; in hours.
  const double tau = optimal_interval(1.0 / 60, 3.09);
  CHECK(tau == Approx(0.3099225290844898).epsilon(1e-14));
  CHECK(young_interval(1.0 / 60, 3.09) == Approx(0.3209361307176242).epsilon(1e-15));
  CHECK(daly_interval(1.0 / 60, 3.09) == Approx(tau).epsilon(1e-4));
  CHECK(goodput(tau, 1.0 / 60, 0.25, 3.09) == Approx(0.8297768703580498).epsilon(1e-14));
  // Tuned: 20 s and 7 min.
  const double tuned = optimal_interval(20.0 / 3600, 3.09);
  CHECK(tuned == Approx(0.18160751406832394).epsilon(1e-14));
  CHECK(goodput(tuned, 20.0 / 3600, 7.0 / 60, 3.09) == Approx(0.9063526815081011).epsilon(1e-14));
  // A hundred thousand accelerators.
  const double large = 50676.6 / 1e5;
  CHECK(goodput(optimal_interval(1.0 / 60, large), 1.0 / 60, 0.25, large) ==
        Approx(0.46708622080828778).epsilon(1e-14));
  // Kokolis 2025: 6.5e-3 failures a node and day.
  CHECK(24 / (16'384.0 / 8 * 6.5e-3) == Approx(1.80).epsilon(2e-3));
  CHECK(best_job_size(1.0 / 60, 50676.6) == Approx(675'688).epsilon(1e-6));
}

TEST_CASE("the optimal interval keeps its digits when checkpoints are cheap, and when they cost more than they save") {
  CHECK(optimal_interval(1e-10, 1) == Approx(1.4142068957142851e-05).epsilon(1e-14));
  CHECK(optimal_interval(5, 1) == Approx(0.99751508066485055).epsilon(1e-14));
  CHECK(optimal_interval(1e-200, 1) == Approx(std::sqrt(2e-200)).epsilon(1e-12));
  CHECK(optimal_interval(1e6, 1) == 1);
  CHECK(optimal_interval(1, kInfinity) == kInfinity);
  CHECK(daly_interval(2, 1) == 1);
  CHECK(daly_interval(1, kInfinity) == kInfinity);
}

TEST_CASE("no other interval has a higher goodput") {
  Random random(4);
  for (int i = 0; i < 2'000; ++i) {
    const double mtbf = std::pow(10.0, random.uniform(-3, 5));
    const double checkpoint = mtbf * std::pow(10.0, random.uniform(-7, 1));
    const double restart = mtbf * random.uniform(0, 2);
    const double tau = optimal_interval(checkpoint, mtbf);
    const double best = goodput(tau, checkpoint, restart, mtbf);
    REQUIRE(best > 0);
    REQUIRE(best < 1);
    for (const double factor : {0.5, 0.99, 1.01, 2.0}) REQUIRE(goodput(tau * factor, checkpoint, restart, mtbf) < best);
    REQUIRE(goodput(young_interval(checkpoint, mtbf), checkpoint, restart, mtbf) <= best * (1 + 1e-14));
    REQUIRE(goodput(daly_interval(checkpoint, mtbf), checkpoint, restart, mtbf) <= best * (1 + 1e-14));
  }
}

TEST_CASE("without interruptions only checkpoints cost time, and without those nothing does") {
  CHECK(goodput(9, 1, 100, kInfinity) == 0.9);
  CHECK(goodput(kInfinity, 1, 100, kInfinity) == 1);
  CHECK(goodput(9, 1, 0, 1e12) == Approx(0.9).epsilon(1e-10));
  double before = 0;
  for (const double mtbf : {1.0, 10.0, 100.0, 1e4, 1e8}) {
    const double now = goodput(optimal_interval(0.01, mtbf), 0.01, 0.1, mtbf);
    CHECK(now > before);
    before = now;
  }
  CHECK(before > 0.9999);
}

TEST_CASE("a job of the whole fleet is interrupted in proportion to it") {
  const JobLaw law = resolve_job(spec_of(job(), {}));
  CHECK(law.size == 0);
  CHECK_FALSE(law.drawn);
  // Llama 3: 419 interruptions of 16 384 accelerators in 54 days.
  CHECK(54 * 24 * kHour / law.job_mtbf(16'384) == Approx(419).epsilon(1e-5));
  CHECK(law.expected_goodput(16'384) == Approx(0.9063).epsilon(1e-3));
  CHECK(law.expected_goodput(0) == 1);
  CHECK(law.expected_goodput(100'000) < law.expected_goodput(16'384));
  const JobLaw sized = resolve_job(spec_of(job(), {{"size", "1024"}}));
  CHECK(sized.expected_goodput(1e6) == law.expected_goodput(1024));
  CHECK(sized.expected_goodput(100) == law.expected_goodput(100));
}

TEST_CASE("outages of power interrupt a job whatever its size, on top of its accelerators") {
  JobLaw law;
  law.mtbf = 1e6;
  law.outages_per_ms = 1e-4;
  CHECK(law.job_mtbf(100) == Approx(5'000).epsilon(1e-14));  // 1/(1e-4 + 1e-4)
  CHECK(law.job_mtbf(300) == Approx(2'500).epsilon(1e-14));  // 1/(3e-4 + 1e-4)
  CHECK(std::isinf(law.job_mtbf(0)));
  law.size = 100;
  CHECK(law.job_mtbf(300) == Approx(5'000).epsilon(1e-14));
  law.outages_per_ms = 0;
  CHECK(law.job_mtbf(300) == Approx(10'000).epsilon(1e-14));
}

TEST_CASE("the interval is a rule or a time") {
  const double checkpoint = 20'000;
  const double mtbf = 50'677 * kHour / 1e4;
  CHECK(resolve_job(spec_of(job(), {})).interval(1e4) == optimal_interval(checkpoint, mtbf));
  CHECK(resolve_job(spec_of(job(), {{"interval", "young"}})).interval(1e4) == young_interval(checkpoint, mtbf));
  CHECK(resolve_job(spec_of(job(), {{"interval", "daly"}})).interval(1e4) == daly_interval(checkpoint, mtbf));
  CHECK(resolve_job(spec_of(job(), {{"interval", "1 h"}})).interval(1e4) == kHour);
  CHECK(resolve_job(spec_of(job(), {{"fidelity", "aggregate"}})).drawn);
}
