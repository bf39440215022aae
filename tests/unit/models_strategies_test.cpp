// Strategies that look around, one observation at a time.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/purchase/expectation.hpp"
#include "models/purchase/optimised.hpp"
#include "models/purchase/purchase.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using core::Duration;
using core::Money;
using core::Time;
using models::Decision;
using models::Observation;
using models::PurchasePolicy;
using test::date;
using test::findings;
using test::spec_of;

const Time kStart = date("2026-01-01");
const Time kEnd = kStart + core::kYear * 8;

struct Resolved {
  PurchasePolicy plan;
  std::string complaints;
};

Resolved resolve(const char* name, const std::vector<std::pair<std::string, std::string>>& written,
                 const models::PurchaseRequest& request = {kStart, kEnd, "strategies.x", true, true}) {
  core::Diagnostics diagnostics;
  Resolved resolved;
  resolved.plan = models::resolve_purchase(spec_of(*models::purchase_family().find(name), written), request,
                                           diagnostics);
  resolved.complaints = findings(diagnostics);
  return resolved;
}

/// A market of releases every two years, the last one `since` ago, at twice the FLOP/s per USD each time.
Observation release_market(Time now, Time end, Duration since = {}, double jump = 2) {
  Observation seen{now, kStart, end, Money::from_usd(1e9), {}};
  seen.offer.flops_per_usd = 1e10;
  seen.offer.unit_usd = 4e4;
  seen.outlook.releases = models::ReleaseNews{
      {core::kYear * 2, std::numeric_limits<double>::infinity(), jump, jump}, now - since, 1e10, 1e12, {}};
  return seen;
}

bool buys(const PurchasePolicy& plan, const Observation& seen) {
  const Decision decision = plan.review(plan, seen);
  REQUIRE((decision.released == seen.budget || decision.released == seen.released));
  return decision.released == seen.budget;
}

}  // namespace

TEST_CASE("a constant budget spends each quarter's money at its start, the last piece cut at the horizon") {
  const PurchasePolicy plan = resolve("constant_budget", {{"per_year", "8e8 USD/yr"}, {"every", "1.5 yr"}}).plan;
  REQUIRE(plan.planned);
  CHECK(*plan.planned == Money::from_usd(6.4e9));
  Observation seen{kStart, kStart, kEnd, Money::from_usd(9e9), {}};
  std::vector<double> amounts;
  while (seen.now < kEnd) {
    const Decision decision = plan.review(plan, seen);
    amounts.push_back((decision.released - seen.released).usd());
    seen.released = decision.released;
    seen.now = decision.next_review;
  }
  CHECK(amounts == std::vector<double>{1.2e9, 1.2e9, 1.2e9, 1.2e9, 1.2e9, 0.4e9});
}

TEST_CASE("a budget caps constant and growing spending, and without one nine trillion do") {
  for (const char* name : {"constant_budget", "exponential_growth"}) {
    const std::string first = std::string(name) == "constant_budget" ? "per_year" : "first";
    const PurchasePolicy plan = resolve(name, {{first, "8e8 USD/yr"}, {"budget", "1e9 USD"}}).plan;
    CHECK_FALSE(plan.planned_is_firm);
    const Observation late{kStart + core::kYear * 7, kStart, kEnd, Money::from_usd(1e9), Money::from_usd(1e9)};
    CHECK(plan.review(plan, late).released == Money::from_usd(1e9));
    CHECK(resolve(name, {{first, "9e12 USD/yr"}}).complaints.find("more than 9 trillion USD") != std::string::npos);
    CHECK(resolve(name, {{first, "9e12 USD/yr"}, {"budget", "1 USD"}}).complaints.empty());
  }
  CHECK(resolve("exponential_growth", {{"first", "1 USD/yr"}, {"growth", "20 /yr"}}).complaints.find("9 trillion") !=
        std::string::npos);
  const PurchasePolicy wild =
      resolve("exponential_growth", {{"first", "9e12 USD/yr"}, {"growth", "20 /yr"}, {"budget", "5 USD"}}).plan;
  CHECK(wild.review(wild, {kEnd - core::kDay, kStart, kEnd, Money::from_usd(5), {}}).released == Money::from_usd(5));
}

TEST_CASE("growing spending is the exact integral of b0 e^(rho t) over each interval") {
  const PurchasePolicy plan =
      resolve("exponential_growth", {{"first", "1e8 USD/yr"}, {"growth", "0.75 /yr"}, {"every", "1 yr"}}).plan;
  Observation seen{kStart, kStart, kEnd, Money::from_usd(9e12), {}};
  for (int k = 0; k < 8; ++k) {
    const Decision decision = plan.review(plan, seen);
    CHECK((decision.released - seen.released).usd() ==
          Approx(1e8 * std::exp(0.75 * k) * std::expm1(0.75) / 0.75).epsilon(1e-12));
    seen.released = decision.released;
    seen.now = decision.next_review;
  }
  CHECK(seen.now == kEnd);
  CHECK(seen.released == *plan.planned);
}

TEST_CASE("leapfrog is indifferent at exactly L = (1 - 1/J) x remaining horizon") {
  const PurchasePolicy plan = resolve("leapfrog", {{"budget", "1 USD"}}).plan;
  // J = 2 and L = 2 yr: 4 years are the border, and the tie is bought.
  for (const std::int64_t ms : {-3'600'000, -1, 0, 1, 3'600'000}) {
    INFO(ms);
    const Time end = kStart + core::kYear * 4 + Duration::from_milliseconds(ms);
    CHECK(buys(plan, release_market(kStart, end)) == (ms <= 0));
  }
  // J = 5: L < 0.8 H; a year after the last release L = 1 yr: 1.25 years.
  for (const std::int64_t ms : {-1, 1}) {
    const Time now = kStart + core::kYear;
    const Time end = now + Duration::from_milliseconds(39'447'000'000 + ms);  // 1.25 yr
    CHECK(buys(plan, release_market(now, end, core::kYear, 5)) == (ms < 0));
  }
}

TEST_CASE("leapfrog's border with progress, a finite life and lead time is that of the integrals") {
  const PurchasePolicy plan = resolve("leapfrog", {{"budget", "1 USD"}}).plan;
  const auto value = [](double s, double alpha, double life, double lead, double end) {
    const double from = s + lead;
    const double until = std::min(end, from + life);
    return until <= from ? 0 : (std::exp(alpha * until) - std::exp(alpha * from)) / alpha;
  };
  int waited = 0;
  int count = 0;
  for (const double alpha : {0.3, 1.04, 2.0}) {
    for (const double life : {1.0, 3.0, 50.0}) {
      for (const double lead : {0.0, 0.5}) {
        for (const double years : {1.0, 2.2, 2.6, 3.0, 4.0, 7.0}) {
          CAPTURE(alpha, life, lead, years);
          Observation seen = release_market(kStart, kStart + Duration::from_years(years));
          seen.outlook.progress = alpha;
          seen.outlook.lifetime = Duration::from_years(life);
          seen.outlook.lead_time = Duration::from_years(lead);
          const bool worth = 2 * value(2, alpha, life, lead, years) > value(0, alpha, life, lead, years);
          CHECK(buys(plan, seen) == !worth);
          waited += worth ? 1 : 0;
          ++count;
        }
      }
    }
  }
  CHECK(waited > count / 4);
  CHECK(waited < count * 3 / 4);
}

TEST_CASE("leapfrog with unlimited life waits while J e^(-r L) > 1") {
  for (const double rate : {0.3465, 0.3466}) {  // ln 2 / 2 = 0.346574
    const PurchasePolicy plan =
        resolve("leapfrog", {{"budget", "1 USD"}, {"discount_rate", std::to_string(rate) + " /yr"}}).plan;
    CHECK(buys(plan, release_market(kStart, kStart + core::kYear * 40)) == (rate > 0.34657));
  }
}

TEST_CASE("the expected wait of a Gamma law is its mean residual life") {
  const PurchasePolicy plan = resolve("leapfrog", {{"budget", "1 USD"}}).plan;
  const auto border = [&](double shape, double since) {
    // With J = 2 and no progress the border lies at a remaining horizon of 2 L.
    double low = 0;
    double high = 20;
    for (int i = 0; i < 60; ++i) {
      const double middle = (low + high) / 2;
      Observation seen = release_market(kStart, kStart + Duration::from_years(middle), Duration::from_years(since));
      seen.outlook.releases->law.shape = shape;
      (buys(plan, seen) ? low : high) = middle;
    }
    return low / 2;
  };
  // A Poisson process has no memory; two stages of a year each: (x + 2 - ...) with Q(2, x) = (1 + x) e^-x,
  // Q(3, x) = (1 + x + x^2/2) e^-x.
  for (const double since : {0.0, 1.0, 5.0, 9.0}) {
    CAPTURE(since);
    CHECK(border(1, since) == Approx(2).epsilon(1e-8));
    CHECK(border(2, since) == Approx(2 * (1 + since + since * since / 2) / (1 + since) - since).epsilon(1e-8));
  }
  CHECK(border(1e9, 0.5) == Approx(1.5).epsilon(1e-8));
}

TEST_CASE("a fixed cadence that was missed twice is no longer waited for") {
  const PurchasePolicy plan = resolve("leapfrog", {{"budget", "1 USD"}}).plan;
  const Time end = kStart + core::kYear * 8;
  CHECK_FALSE(buys(plan, release_market(kStart, end, core::kYear * 3)));
  CHECK(buys(plan, release_market(kStart, end, core::kYear * 4)));
}

TEST_CASE("capacity is triggered above theta, up to its multiple, and looked at when it will be") {
  const PurchasePolicy plan = resolve("capacity_triggered", {{"budget", "1 USD"},
                                                             {"load", "8e17 FLOP/s"},
                                                             {"growth", "0.5 /yr"},
                                                             {"theta", "0.8"},
                                                             {"up_to", "2"},
                                                             {"every", "1 yr"}})
                                  .plan;
  Observation seen{kStart, kStart, kEnd, Money::from_usd(1), {}};
  seen.outlook.utilisation = 0.4;
  seen.fleet.capacity = 1.01e18 / 0.4;
  const Decision idle = plan.review(plan, seen);
  CHECK(idle.fleet_capacity == 0);
  CHECK(idle.next_review - kStart == Duration::from_years(std::log(1.01) / 0.5) + core::kMillisecond);
  seen.fleet.capacity = 0.99e18 / 0.4;
  const Decision buying = plan.review(plan, seen);
  CHECK(buying.fleet_capacity == Approx(1.6e18 / 0.4).epsilon(1e-14));
  CHECK(buying.next_review - kStart == Duration::from_years(std::log(1.6) / 0.5) + core::kMillisecond);
}

TEST_CASE("refresh retires a slot's age before it refills the slot") {
  const PurchasePolicy plan =
      resolve("refresh", {{"budget", "1 USD"}, {"power", "4 MW"}, {"age", "4 yr"}, {"slots", "8"}}).plan;
  const Time now = kStart + core::kYear * 5;
  const Decision decision = plan.review(plan, {now, kStart, kEnd, Money::from_usd(1), {}});
  CHECK(decision.retire_ordered_by == kStart + core::kYear);
  CHECK(decision.order_power == 5e5);
  CHECK(decision.fleet_power == 4e6);
  CHECK(decision.next_review == now + core::kMonth * 6);
}

TEST_CASE("a release counts from its day on, however many cadences ahead, and with the age that it has by then") {
  // The last one half a year ago, so that the next is in 1.5 years.
  Observation seen = release_market(kStart, kEnd, core::kMonth * 6);
  const auto offered = [&](double years) {
    return models::expected_offer(seen, kStart + Duration::from_years(years)).flops_per_usd;
  };
  const double hour = 1.0 / 8'766;
  for (const int later : {0, 1, 2}) {
    INFO(later);
    const double day = 1.5 + 2 * later;
    CHECK(offered(day) == Approx(1e10 * std::pow(2, later + 1)).epsilon(1e-14));
    CHECK(offered(day - hour) == Approx(1e10 * std::pow(2, later)).epsilon(1e-14));
  }
  CHECK(models::expected_offer(seen, kStart + Duration::from_years(3.5)).flops_per_watt == Approx(4e12).epsilon(1e-14));
  seen.offer.growth = 0.1;
  CHECK(offered(1) == Approx(1e10 * std::exp(0.1)).epsilon(1e-14));
  CHECK(offered(4) == Approx(4e10 * std::exp(0.1 * 0.5)).epsilon(1e-14));
}

TEST_CASE("lookahead buys now where a later date promises just as much, and waits where it promises more") {
  const PurchasePolicy plan = resolve("lookahead", {{"budget", "1 USD"}, {"every", "1 yr"}}).plan;
  // Half of the time that is left with twice the compute per dollar, as for leapfrog.
  const Time end = kStart + core::kYear * 4;
  CHECK(buys(plan, release_market(kStart, end)));
  CHECK(buys(plan, release_market(kStart, end - core::kDay)));
  CHECK_FALSE(buys(plan, release_market(kStart, end + core::kDay)));
}

TEST_CASE("an optimal plan has the terms that its strategy states") {
  const models::PlanTerms free = models::plan_terms(resolve("optimal", {{"budget", "1e9 USD"}}).plan);
  CHECK_FALSE(free.at_events);
  CHECK_FALSE(free.target);
  CHECK_FALSE(free.yearly_spend);
  CHECK_FALSE(free.smallest_order);
  const models::PlanTerms bound = models::plan_terms(
      resolve("optimal", {{"budget", "1e9 USD"}, {"dates", "events"}, {"smallest_order", "2e6 USD"}}).plan);
  CHECK(bound.at_events);
  CHECK(bound.smallest_order == Money::from_usd(2e6));
}

TEST_CASE("strategies that need what the hardware lacks say so") {
  const models::PurchaseRequest bare{kStart, kEnd, "strategies.x", false, false};
  CHECK(resolve("constant_power", {{"budget", "1 USD"}, {"power", "1 MW"}}, bare).complaints.find("draws no power") !=
        std::string::npos);
  CHECK(resolve("refresh", {{"budget", "1 USD"}, {"power", "1 MW"}}, bare).complaints.find("draws no power") !=
        std::string::npos);
  CHECK(resolve("leapfrog", {{"budget", "1 USD"}}, bare).complaints.find("no release to wait for") !=
        std::string::npos);
  CHECK(resolve("lookahead", {{"budget", "1 USD"}}, bare).complaints.empty());
}
