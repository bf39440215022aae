#include "sim/fleet/accounting/ledger.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace fleetrace::test {
namespace {

using core::Money;

fleet::StrategySetup with_budget(double usd, bool covers_energy) {
  fleet::StrategySetup one;
  one.horizon.start = core::Time::from_milliseconds(0);
  one.horizon.end = one.horizon.start + core::kYear * 4;
  one.strategy.budget = Money::from_usd(usd);
  one.strategy.research = Money::from_usd(10);
  one.strategy.budget_covers_energy = covers_energy;
  return one;
}

}  // namespace

TEST_CASE("energy is paid beside the budget, research and hardware out of it") {
  const fleet::StrategySetup one = with_budget(100, false);
  fleet::Ledger ledger;
  ledger.reset(one);
  CHECK(ledger.hardware_budget() == Money::from_usd(90));
  CHECK(ledger.cash() == Money{});
  ledger.release(Money::from_usd(60), one.horizon.start);
  ledger.buy(Money::from_usd(45.000001), Money{}, one.horizon.start);
  CHECK(ledger.cash() == Money::from_usd(14.999999));
  ledger.book(Money::from_usd(30), Money::from_usd(10), Money{}, one.horizon.end);
  CHECK(ledger.unspent() == Money::from_usd(44.999999));
  CHECK(ledger.spend() == Money::from_usd(85.000001));
  CHECK(ledger.balanced());
}

TEST_CASE("a budget that covers all keeps the reserve of a purchase out of reach") {
  const fleet::StrategySetup one = with_budget(100, true);
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(90), one.horizon.start);
  ledger.buy(Money::from_usd(50), Money::from_usd(40), one.horizon.start);
  CHECK(ledger.cash() == Money{});
  CHECK(ledger.unspent() == Money::from_usd(50));
  ledger.book(Money::from_usd(40), Money::from_usd(10), Money{}, one.horizon.end);
  CHECK(ledger.unspent() == Money{});
  CHECK(ledger.balanced());
  ledger.book(Money::from_usd(40.000001), Money::from_usd(10), Money{}, one.horizon.end);
  CHECK_FALSE(ledger.balanced());
}

TEST_CASE("a correction comes out of cash, then out of budget that was not released, then is paid beside it") {
  const fleet::StrategySetup one = with_budget(100, false);
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(60), one.horizon.start);
  ledger.buy(Money::from_usd(45), Money{}, one.horizon.start);
  ledger.correct(Money::from_usd(10), one.horizon.start);
  CHECK(ledger.cash() == Money::from_usd(5));
  ledger.correct(Money::from_usd(20), one.horizon.start);
  CHECK(ledger.cash() == Money{});
  CHECK(ledger.released() == Money::from_usd(75));
  ledger.correct(Money::from_usd(25), one.horizon.start);
  CHECK(ledger.cash() == Money{});
  CHECK(ledger.capex() == Money::from_usd(100));
  CHECK(ledger.correction() == Money::from_usd(55));
  // 15 of the last 25 were in the budget for hardware; research keeps its 10.
  CHECK(ledger.unspent() == Money::from_usd(10));
  CHECK(ledger.balanced());
  ledger.correct(Money::from_usd(-30), one.horizon.start);
  CHECK(ledger.cash() == Money::from_usd(30));
  CHECK(ledger.unspent() == Money::from_usd(40));
  CHECK(ledger.balanced());
}

TEST_CASE("energy that nobody set money aside for is paid beside a budget that was corrected") {
  const fleet::StrategySetup one = with_budget(100, true);
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(90), one.horizon.start);
  ledger.buy(Money::from_usd(50), Money::from_usd(40), one.horizon.start);
  ledger.correct(Money{}, one.horizon.start);
  ledger.book(Money::from_usd(70), Money::from_usd(10), Money{}, one.horizon.end);
  CHECK(ledger.unspent() == Money{});
  CHECK(ledger.spend() == Money::from_usd(130));
  CHECK(ledger.balanced());
}

TEST_CASE("releases never exceed the budget and are never taken back") {
  const fleet::StrategySetup one = with_budget(100, false);
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(1e6), one.horizon.start);
  CHECK(ledger.released() == Money::from_usd(90));
  ledger.release(Money::from_usd(1), one.horizon.start);
  CHECK(ledger.released() == Money::from_usd(90));
}

TEST_CASE("spending more than was released unbalances the ledger") {
  const fleet::StrategySetup one = with_budget(100, false);
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(10), one.horizon.start);
  ledger.buy(Money::from_usd(10.000001), Money{}, one.horizon.start);
  CHECK_FALSE(ledger.balanced());
}

TEST_CASE("payments are discounted by their date") {
  fleet::StrategySetup one = with_budget(100, false);
  one.finance.discount_rate = 0.1;
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(90), one.horizon.start);
  ledger.buy(Money::from_usd(30), Money{}, one.horizon.start);
  ledger.buy(Money::from_usd(22), Money{}, one.horizon.start + core::kYear);
  ledger.book(Money::from_usd(12.1), Money{}, Money{}, one.horizon.start + core::kYear * 2);
  CHECK(ledger.discounted_usd() == Approx(30 + 20 + 10).epsilon(1e-14));
}

}  // namespace fleetrace::test
