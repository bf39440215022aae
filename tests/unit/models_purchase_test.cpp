#include <catch2/catch.hpp>
#include <cmath>

#include "models/purchase/purchase.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using core::Money;
using core::Time;
using test::date;
using test::findings;
using test::Random;
using test::spec_of;

struct Step {
  Time at;
  Money amount;
};

struct Resolved {
  models::PurchasePolicy plan;
  std::string complaints;
};

const Time kStart = date("2026-01-01");
const Time kEnd = kStart + core::kYear * 8;

Resolved resolve(const core::Spec& spec, Time end = kEnd) {
  core::Diagnostics diagnostics;
  Resolved resolved;
  resolved.plan = models::resolve_purchase(spec, {kStart, end, "strategies.x"}, diagnostics);
  resolved.complaints = findings(diagnostics);
  return resolved;
}

core::Spec strategy(const char* name, std::vector<std::pair<std::string, std::string>> written) {
  if (std::string_view(name) != "schedule" && std::string_view(name) != "none") written.emplace_back("budget", "1 USD");
  return spec_of(*models::purchase_family().find(name), written);
}

/// Runs all reviews of a plan, as a world would, and returns what each released.
std::vector<Step> releases(const models::PurchasePolicy& plan, Money budget, Time end = kEnd) {
  std::vector<Step> steps;
  models::Observation seen{plan.first_review, kStart, end, budget, {}};
  while (seen.now < end) {
    const models::Decision decision = plan.review(plan, seen);
    REQUIRE(decision.released >= seen.released);
    REQUIRE(decision.released <= budget);
    REQUIRE(decision.next_review > seen.now);
    steps.push_back({seen.now, decision.released - seen.released});
    seen.released = decision.released;
    seen.now = decision.next_review;
  }
  return steps;
}

core::Spec schedule(const std::vector<std::pair<std::string, std::string>>& rows) {
  core::Spec spec = strategy("schedule", {});
  const core::Entry& row = *spec.entry->find("purchases")->family->entries[0];
  std::vector<core::Spec> purchases;
  purchases.reserve(rows.size());
  for (const auto& [at, amount] : rows) purchases.push_back(spec_of(row, {{"at", at}, {"amount", amount}}));
  spec.value("purchases").data = std::move(purchases);
  return spec;
}

}  // namespace

TEST_CASE("the hare releases everything at the start, once at its date, none never") {
  const auto hare = releases(resolve(strategy("front_loaded", {})).plan, Money::from_usd(2e9));
  REQUIRE(hare.size() == 1);
  CHECK(hare[0].at == kStart);
  CHECK(hare[0].amount == Money::from_usd(2e9));
  const auto once = releases(resolve(strategy("once", {{"at", "6.5 yr"}})).plan, Money::from_usd(2e9));
  REQUIRE(once.size() == 1);
  CHECK(once[0].at == kStart + core::kMonth * 78);
  CHECK(once[0].amount == Money::from_usd(2e9));
  CHECK(resolve(strategy("once", {{"at", "2030-06-01"}})).plan.first_review == date("2030-06-01"));
  CHECK(resolve(strategy("none", {})).plan.first_review == Time::latest());
}

TEST_CASE("once outside the horizon") {
  CHECK(resolve(strategy("once", {{"at", "8 yr"}})).complaints ==
        "strategies.x.at: 2034-01-01 is outside the horizon (it runs from 2026-01-01 until before 2034-01-01).");
  CHECK(resolve(strategy("once", {{"at", "2025-12-31"}})).complaints.find("2025-12-31 is outside") !=
        std::string::npos);
  CHECK(resolve(strategy("once", {{"at", "2026-01-01"}})).complaints.empty());
  CHECK(resolve(strategy("once", {{"at", "2033-12-31T23:59:59.999Z"}})).complaints.empty());
}

TEST_CASE("the turtle's 32 quarters by hand") {
  const auto steps = releases(resolve(strategy("incremental", {{"every", "3 months"}})).plan, Money::from_usd(1e9));
  REQUIRE(steps.size() == 32);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    CHECK(steps[i].at == kStart + core::kMonth * static_cast<std::int64_t>(3 * i));
    CHECK(steps[i].amount == Money::from_usd(31'250'000));
  }
}

TEST_CASE("a last interval that is not whole buys nothing") {
  CHECK(releases(resolve(strategy("incremental", {{"every", "3 yr"}})).plan, Money::from_usd(3)).size() == 2);
  CHECK(releases(resolve(strategy("incremental", {{"every", "8 yr"}})).plan, Money::from_usd(3)).size() == 1);
  const auto [plan, complaints] = resolve(strategy("incremental", {{"every", "9 yr"}}));
  CHECK(complaints.find("strategies.x.every: the interval is longer than the horizon") == 0);
}

TEST_CASE("more than a million reviews are refused") {
  const Time end = kStart + core::kSecond * 1'000'000;
  CHECK(resolve(strategy("incremental", {{"every", "1 s"}}), end).plan.reviews == 1'000'000);
  CHECK(resolve(strategy("incremental", {{"every", "1 s"}}), end + core::kSecond).complaints.find("1000001 reviews") !=
        std::string::npos);
}

TEST_CASE("equal installments differ by a micro-dollar at most and add up to the budget") {
  Random random(17);
  for (int i = 0; i < 200; ++i) {
    const Money budget = Money::from_micros(random.between(0, 9'000'000'000'000'000'000));
    const std::int64_t days = random.between(1, 900);
    const auto steps = releases(resolve(strategy("incremental", {{"every", std::to_string(days) + " days"}})).plan,
                                budget);
    const auto n = static_cast<std::int64_t>(steps.size());
    REQUIRE(n == 8 * 1461 / 4 / days);
    Money total;
    for (const Step& step : steps) {
      REQUIRE(step.amount.micros() - budget.micros() / n >= 0);
      REQUIRE(step.amount.micros() - budget.micros() / n <= 1);
      total += step.amount;
    }
    REQUIRE(total == budget);
  }
}

TEST_CASE("growing installments grow at their rate and add up to the budget") {
  Random random(18);
  for (int i = 0; i < 300; ++i) {
    models::PurchasePolicy plan = resolve(strategy("incremental", {{"every", "3 months"}})).plan;
    plan.growth = random.uniform(-1, 1) * std::pow(10.0, random.uniform(-18, 0.3));
    const Money budget = Money::from_micros(random.between(1'000'000'000'000'000, 9'000'000'000'000'000'000));
    const auto steps = releases(plan, budget);
    REQUIRE(steps.size() == 32);
    Money total = steps[0].amount;
    for (std::size_t k = 1; k < steps.size(); ++k) {
      INFO(plan.growth << ' ' << k);
      // Rounded to doubles of the budget; the amounts themselves are at least e^-15.5 of it.
      REQUIRE(steps[k].amount.usd() / steps[k - 1].amount.usd() == Approx(std::exp(plan.growth / 4)).epsilon(1e-7));
      total += steps[k].amount;
    }
    REQUIRE(total == budget);
  }
}

TEST_CASE("growth of any size neither overflows nor releases more than the budget") {
  models::PurchasePolicy plan = resolve(strategy("incremental", {{"every", "3 months"}})).plan;
  for (const double growth : {5e-324, -5e-324, 1e-300, 20.0, -20.0, 1e4, -1e4, 1e300, -1e300}) {
    for (const std::int64_t micros : {0LL, 1LL, 8'999'999'999'999'999'999LL, 9'007'199'254'740'993LL}) {
      INFO(growth << ' ' << micros);
      plan.growth = growth;
      Money total;
      for (const Step& step : releases(plan, Money::from_micros(micros))) total += step.amount;
      CHECK(total == Money::from_micros(micros));
    }
  }
}

TEST_CASE("a schedule is sorted and cumulative") {
  const auto [plan, complaints] = resolve(
      schedule({{"4 yr", "3 USD"}, {"2026-01-01", "1 USD"}, {"2 yr", "2 USD"}, {"4 yr", "0.5 USD"}}));
  CHECK(complaints.empty());
  REQUIRE(plan.installments.size() == 4);
  CHECK(plan.installments[0].released == Money::from_usd(1));
  CHECK(plan.installments[3].released == Money::from_usd(6.5));
  CHECK(plan.first_review == kStart);
  const auto steps = releases(plan, Money::from_usd(6.5));
  REQUIRE(steps.size() == 3);
  CHECK(steps[1].at == kStart + core::kYear * 2);
  CHECK(steps[1].amount == Money::from_usd(2));
  CHECK(steps[2].amount == Money::from_usd(3.5));
}

TEST_CASE("a schedule names the rows that lie outside the horizon") {
  CHECK(resolve(schedule({{"1 yr", "1 USD"}, {"8 yr", "1 USD"}})).complaints.find("strategies.x.purchases.1.at: ") ==
        0);
  CHECK(resolve(schedule({{"1 yr", "9e12 USD"}, {"2 yr", "9e12 USD"}})).complaints.find("9 trillion USD") !=
        std::string::npos);
  CHECK(resolve(schedule({})).plan.first_review == Time::latest());
}
