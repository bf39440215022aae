#include "sim/fleet/accounting/ledger.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <tuple>

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

TEST_CASE(
    "what hardware is sold for may be spent again where it is reinvested and there is a budget, else it is the owner's") {
  fleet::StrategySetup one = with_budget(100, false);
  one.plant.operations.resale.reinvested = true;
  const core::Time later = one.horizon.start + core::kYear;
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(50), one.horizon.start);
  ledger.buy(Money::from_usd(50), Money{}, one.horizon.start);
  ledger.sell(Money::from_usd(20), later);
  CHECK(ledger.cash() == Money::from_usd(20));
  CHECK(ledger.unspent() == Money::from_usd(70));
  CHECK(ledger.resale() == Money::from_usd(20));
  CHECK(ledger.balanced());
  one.plant.operations.resale.reinvested = false;
  ledger.reset(one);
  ledger.release(Money::from_usd(50), one.horizon.start);
  ledger.buy(Money::from_usd(50), Money{}, one.horizon.start);
  ledger.sell(Money::from_usd(20), later);
  CHECK(ledger.cash() == Money{});
  CHECK(ledger.unspent() == Money::from_usd(50));
  CHECK(ledger.resale() == Money::from_usd(20));
  CHECK(ledger.balanced());
  one.plant.operations.resale.reinvested = true;
  one.strategy.budget.reset();
  ledger.reset(one);
  ledger.sell(Money::from_usd(20), later);
  CHECK(ledger.cash() == Money{});
  CHECK(ledger.unspent() == Money{});
  CHECK(ledger.balanced());
}

TEST_CASE("what is owed, reserved and committed is no cash, and what is refunded is again") {
  const fleet::StrategySetup one = with_budget(100, false);
  const core::Time start = one.horizon.start;
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(80), start);
  ledger.owe(Money::from_usd(30), start);
  CHECK(ledger.cash() == Money::from_usd(50));
  CHECK(ledger.owed() == Money::from_usd(30));
  CHECK(ledger.capex() == Money{});
  ledger.settle(Money::from_usd(12), start);
  CHECK(ledger.cash() == Money::from_usd(50));
  CHECK(ledger.owed() == Money::from_usd(18));
  CHECK(ledger.capex() == Money::from_usd(12));
  CHECK(ledger.unspent() == Money::from_usd(88));
  ledger.commit(Money::from_usd(10), start);
  CHECK(ledger.cash() == Money::from_usd(40));
  ledger.book(Money{}, Money{}, Money::from_usd(4), one.horizon.end);
  CHECK(ledger.rent() == Money::from_usd(4));
  CHECK(ledger.committed_rent() == Money::from_usd(10));
  CHECK(ledger.cash() == Money::from_usd(40));
  CHECK(ledger.unspent() == Money::from_usd(84));
  ledger.refund(Money::from_usd(5), one.horizon.end);
  CHECK(ledger.cash() == Money::from_usd(45));
  CHECK(ledger.capex() == Money::from_usd(7));
  CHECK(ledger.unspent() == Money::from_usd(89));
  CHECK(ledger.spend() == Money::from_usd(11));
  CHECK(ledger.balanced());
}

TEST_CASE(
    "what was planned is paid out of what was set aside for it, and sites beside a budget that does not cover all") {
  fleet::StrategySetup one = with_budget(100, false);
  one.strategy.set_aside = Money::from_usd(25);
  one.strategy.initial_energy = Money::from_usd(3);
  one.strategy.facility = Money::from_usd(2);
  const core::Time start = one.horizon.start;
  fleet::Ledger ledger;
  ledger.reset(one);
  CHECK(ledger.hardware_budget() == Money::from_usd(60));
  ledger.release(Money::from_usd(60), start);
  ledger.buy_planned(Money::from_usd(15), start);
  ledger.commit_planned(Money::from_usd(10));
  CHECK(ledger.cash() == Money::from_usd(60));
  CHECK(ledger.capex() == Money::from_usd(15));
  CHECK(ledger.unspent() == Money::from_usd(85));
  ledger.build(Money::from_usd(7), start);
  CHECK(ledger.facility() == Money::from_usd(7));
  CHECK(ledger.unspent() == Money::from_usd(85));
  CHECK(ledger.spend() == Money::from_usd(22));
  CHECK(ledger.balanced());
  one.strategy.budget_covers_energy = true;
  ledger.reset(one);
  ledger.build(Money::from_usd(2), start);
  CHECK(ledger.unspent() == Money::from_usd(98));
  // More than all of the budget is set aside: nothing is left for hardware.
  one.strategy.set_aside = Money::from_usd(95);
  ledger.reset(one);
  CHECK(ledger.hardware_budget() == Money{});
}

TEST_CASE("cash that waits is counted from when it is released until it is spent") {
  const fleet::StrategySetup one = with_budget(100, false);
  const auto at = [&](int years) { return one.horizon.start + core::kYear * years; };
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(40), at(0));
  CHECK(ledger.idle_usd_years(at(1)) == Approx(40));
  ledger.buy(Money::from_usd(10), Money::from_usd(5), at(1));
  CHECK(ledger.idle_usd_years(at(1)) == Approx(40));
  CHECK(ledger.idle_usd_years(at(2)) == Approx(65));
  ledger.release(Money::from_usd(60), at(2));
  ledger.owe(Money::from_usd(45), at(3));
  CHECK(ledger.idle_usd_years(at(4)) == Approx(40 + 25 + 45 + 0));
}

TEST_CASE("what comes in is discounted by its date, and kept as flows where anything earns") {
  fleet::StrategySetup one = with_budget(100, false);
  one.finance.discount_rate = 0.25;
  one.finance.revenue.emplace();
  const auto at = [&](int years) { return one.horizon.start + core::kYear * years; };
  fleet::Ledger ledger;
  ledger.reset(one);
  ledger.release(Money::from_usd(90), at(0));
  ledger.buy(Money::from_usd(30), Money{}, at(0));
  ledger.buy(Money::from_usd(20), Money{}, at(0));
  ledger.book(Money::from_usd(5), Money::from_usd(2), Money{}, at(1));
  ledger.earn({Money::from_usd(10), Money::from_usd(4), Money::from_usd(1)}, at(1));
  ledger.book(Money::from_usd(5), Money::from_usd(2), Money{}, at(2));
  ledger.earn({Money::from_usd(35), Money::from_usd(4), Money::from_usd(1)}, at(2));
  ledger.sell(Money::from_usd(12.5), at(2));
  ledger.credit(Money::from_usd(25), at(2));
  // (10 + 4)/1.25 + 25/1.5625, and with interest, sales and credits (15)/1.25 + (25 + 12.5 + 25)/1.5625.
  CHECK(ledger.discounted_earnings_usd() == Approx(14 / 1.25 + 16).epsilon(1e-14));
  CHECK(ledger.discounted_income_usd() == Approx(12 + 40).epsilon(1e-14));
  CHECK(ledger.discounted_usd() == Approx(50 + 7 / 1.25).epsilon(1e-14));
  CHECK(ledger.income().revenue == Money::from_usd(35));
  CHECK(ledger.credited() == Money::from_usd(25));
  CHECK(ledger.unspent() == Money::from_usd(100 - 50 - 2));
  CHECK(ledger.balanced());
  // Of one instant and kind together, and nothing of nothing.
  const std::vector<std::tuple<double, double, bool>> known{
      {0, -50, false}, {1, 8, true}, {2, 25, true}, {2, 37.5, false}};
  REQUIRE(ledger.flows().size() == known.size());
  for (std::size_t i = 0; i < known.size(); ++i) {
    const models::CashFlow& flow = ledger.flows()[i];
    CHECK(std::tuple(flow.years, flow.usd, flow.runs) == known[i]);
  }
  ledger.reset(one);
  CHECK(ledger.flows().empty());
  CHECK(ledger.discounted_income_usd() == 0);
  one.finance.revenue.reset();
  ledger.reset(one);
  ledger.sell(Money::from_usd(1), at(1));
  CHECK(ledger.flows().empty());
}

}  // namespace fleetrace::test
