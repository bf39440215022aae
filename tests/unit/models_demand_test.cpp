#include <algorithm>
#include <cmath>
#include <queue>

#include "models/demand/demand.hpp"
#include "spec_of.hpp"

// Serving: Erlang's formulas against their recursion, the stationary law, Little's law and a simulated queue; load and what of
// it is not met against quadrature.
namespace fleetrace::test {
namespace {

constexpr double kYearSeconds = 31'557'600;

double recursive_b(std::int64_t servers, double offered) {
  double b = 1;
  for (std::int64_t c = 1; c <= servers; ++c) b = offered * b / (static_cast<double>(c) + offered * b);
  return b;
}

models::DemandLaw law(double load, double growth) {
  models::DemandLaw law;
  law.load = load;
  law.growth = growth;
  return law;
}

}  // namespace

TEST_CASE("Erlang by hand: one server, two servers") {
  CHECK(models::erlang_b(1, 0.5) == Approx(1.0 / 3).epsilon(1e-15));  // a / (1 + a)
  CHECK(models::erlang_c(1, 0.5) == Approx(0.5).epsilon(1e-15));      // the server is busy half the time
  CHECK(models::mean_wait(1, 0.5) == Approx(1).epsilon(1e-15));       // rho / (1 - rho)
  CHECK(models::erlang_b(2, 1) == Approx(0.2).epsilon(1e-15));        // (1/2) / (1 + 1 + 1/2)
  CHECK(models::erlang_c(2, 1) == Approx(1.0 / 3).epsilon(1e-15));
  CHECK(models::mean_wait(2, 1) == Approx(1.0 / 3).epsilon(1e-15));  // rho^2 / (1 - rho^2)
  CHECK(models::erlang_b(3, 0) == 0);
  CHECK(models::erlang_c(3, 3) == 1);
  CHECK(std::isinf(models::mean_wait(3, 3)));
  // Engineers' tables: 100 erlang on 117 lines lose 1 %.
  CHECK(models::erlang_b(117, 100) == Approx(0.0098).margin(2e-4));
}

TEST_CASE("Erlang's B is its recursion, and the queue obeys Little's law") {
  for (const std::int64_t servers : {1, 2, 7, 50, 400}) {
    for (const double use : {0.01, 0.3, 0.8, 0.97, 1.0, 1.7}) {
      const double offered = use * static_cast<double>(servers);
      const double b = models::erlang_b(servers, offered);
      CHECK(b == Approx(recursive_b(servers, offered)).epsilon(1e-12).margin(1e-290));
      if (use >= 1) continue;
      // The stationary law of the birth-death process, from the most likely state on, gives waiting customers and C.
      double below = 0;
      double term = 1;
      for (std::int64_t n = servers - 1; n >= 0; --n) below += term *= static_cast<double>(n + 1) / offered;
      const double waiting = 1 / (1 - use);  // sum over n >= c of p(n) / p(c)
      const double delayed = waiting / (below + waiting);
      const double queue = use / ((1 - use) * (1 - use)) / (below + waiting);
      CHECK(models::erlang_c(servers, offered) == Approx(delayed).epsilon(1e-11).margin(1e-290));
      CHECK(offered * models::mean_wait(servers, offered) == Approx(queue).epsilon(1e-11).margin(1e-290));
    }
  }
}

TEST_CASE("a simulated queue waits as long as Erlang says") {
  // 200 batches of 1,000 customers; 4.5 standard errors of their mean: false alarm 7e-6 a queue, 5 % off shows.
  Random random(11);
  const auto exponential = [&random](double mean) { return -mean * std::log(random.uniform(1e-16, 1)); };
  for (const int servers : {1, 4}) {
    const double offered = 0.7 * servers;
    std::priority_queue<double, std::vector<double>, std::greater<>> free;
    for (int i = 0; i < servers; ++i) free.push(0);
    double now = 0;
    double sum = 0;
    double squares = 0;
    for (int batch = 0; batch < 200; ++batch) {
      double waited = 0;
      for (int i = 0; i < 1'000; ++i) {
        now += exponential(1 / offered);
        const double begins = std::max(now, free.top());
        free.pop();
        free.push(begins + exponential(1));
        waited += begins - now;
      }
      sum += waited / 1'000;
      squares += waited / 1'000 * waited / 1'000;
    }
    const double mean = sum / 200;
    const double error = std::sqrt((squares / 200 - mean * mean) / 199);
    CHECK(std::fabs(mean - models::mean_wait(servers, offered)) < 4.5 * error);
    CHECK(error < 0.05 * mean);
  }
}

TEST_CASE("the most that a queue carries grows with servers and patience, and waits just that long") {
  double before = 0;
  for (const std::int64_t servers : {1, 10, 1'000, 100'000, 1'000'000, 2'000'000}) {
    const double most = models::most_offered(servers, 0.1);
    CHECK(most < static_cast<double>(servers));
    CHECK(most / static_cast<double>(servers) >= before);
    before = most / static_cast<double>(servers);
    if (servers <= 1'000'000) CHECK(models::mean_wait(servers, most) == Approx(0.1).epsilon(1e-4));
    CHECK(models::most_offered(servers, 0.2) >= most);
  }
  CHECK(before > 0.996);
  CHECK(models::most_offered(0, 1) == 0);
  CHECK(models::most_offered(1, 0) < 1e-290);
  CHECK(models::most_offered(1, 1) == Approx(0.5));  // rho / (1 - rho) = 1

  // 16 accelerators in servers of 8, each server 4 FLOP/s, requests of 8 FLOP: two servers and two seconds of service, so
  // that a wait of 2/3 s is a third of it: one erlang, 4 FLOP/s.
  models::DemandLaw queue = law(1, 0);
  queue.wait = 2.0 / 3;
  queue.request = 8;
  queue.server_size = 8;
  CHECK(queue.carried({16, 8}) == Approx(4).epsilon(1e-10));
  CHECK(queue.carried({23, 11.5}) == Approx(4).epsilon(1e-10));  // no third server
  CHECK(queue.carried({7, 7}) == 0);
  CHECK(queue.carried({0, 0}) == 0);
  models::DemandLaw share = law(1, 0);
  share.most_used = 0.8;
  CHECK(share.carried({0, 10}) == 8);
}

TEST_CASE("demand and what of it is not met, against quadrature") {
  Random random(12);
  for (int i = 0; i < 300; ++i) {
    const models::DemandLaw demand = law(random.uniform(0.5, 2), i % 10 == 0 ? 0 : random.uniform(-1, 1));
    const double from = random.uniform(0, 3);
    const double to = from + random.uniform(0, 3);
    const double carried = random.uniform(0, 4);
    const int steps = 2'000;
    double asked = 0;
    double unmet = 0;
    double first = std::numeric_limits<double>::infinity();
    for (int j = 0; j < steps; ++j) {
      const double at = from + (to - from) * (j + 0.5) / steps;
      const double over = std::max(0.0, demand.load_at(at) - carried);
      asked += demand.load_at(at) * (to - from) / steps * kYearSeconds;
      unmet += over * (to - from) / steps * kYearSeconds;
      if (over > 0) first = std::min(first, at);
    }
    CHECK(demand.demanded(from, to) == Approx(asked).epsilon(1e-6));
    CHECK(demand.unmet(from, to, carried) == Approx(unmet).epsilon(1e-3).margin(1e-6 * asked));
    const double crossing = demand.exceeded_from(from, carried);
    if (std::isfinite(first))
      CHECK(crossing == Approx(first).margin((to - from) / steps));
    else
      CHECK(crossing >= to - (to - from) / steps);
  }
  CHECK(law(1, 1).unmet(0, 0, 0) == 0);
  CHECK(law(2, 0).unmet(1, 3, 0.5) == Approx(2 * 1.5 * kYearSeconds));
  // Falling from e to 1 in a year, met from 1.5 on: by hand.
  CHECK(law(std::exp(1), -1).unmet(0, 1, 1.5) ==
        Approx((std::exp(1) - 1.5 - 1.5 * (1 - std::log(1.5))) * kYearSeconds).epsilon(1e-12));
}

TEST_CASE("what is served is the load up to what is carried, each second of it at the price of the time") {
  for (const double growth : {-0.5, 0.0, 0.7}) {
    for (const double pace : {-0.3, 0.0, 0.7, 1.1}) {
      for (const double carried : {0.0, 0.4, 1.0, 1.5, 100.0}) {
        models::DemandLaw law;
        law.load = 1;
        law.growth = growth;
        CAPTURE(growth, pace, carried);
        constexpr int kSteps = 20'000;
        double sum = 0;
        for (int i = 0; i < kSteps; ++i) {
          const double t = 0.5 + 2.5 * (i + 0.5) / kSteps;
          sum += std::min(std::exp(growth * t), carried) * std::exp(-pace * t) * 2.5 / kSteps;
        }
        CHECK(law.served(0.5, 3, carried, pace) == Approx(sum * core::kYear.seconds()).epsilon(1e-6).margin(1e-300));
        CHECK(law.served(2, 2, carried, pace) == 0);
        CHECK(law.served(0.5, 1, carried, pace) + law.served(1, 3, carried, pace) ==
              Approx(law.served(0.5, 3, carried, pace)).epsilon(1e-12).margin(1e-300));
      }
    }
  }
}

}  // namespace fleetrace::test
