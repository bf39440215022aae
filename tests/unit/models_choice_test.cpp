#include <catch2/catch.hpp>

#include "models/hardware/choice.hpp"

namespace {

using namespace fleetrace;
using models::Choice;
using models::Merits;

const core::Time kOld = *core::parse_iso8601("2024-01-01");
const core::Time kNew = *core::parse_iso8601("2026-01-01");

/// Whether `a` is chosen over `b`, and never the other way round as well.
bool wins(Choice rule, const Merits& a, const Merits& b) {
  const bool result = models::is_better(rule, a, b);
  CHECK_FALSE((result && models::is_better(rule, b, a)));
  return result;
}

}  // namespace

TEST_CASE("what a rule weighs first decides, whatever the rest says") {
  const Merits cheap{2e10, 1e12, kOld};
  const Merits efficient{1e10, 2e12, kOld};
  const Merits late{1e10, 1e12, kNew};
  CHECK(wins(Choice::flop_per_usd, cheap, efficient));
  CHECK(wins(Choice::flop_per_usd, cheap, late));
  CHECK(wins(Choice::flop_per_watt, efficient, cheap));
  CHECK(wins(Choice::flop_per_watt, efficient, late));
  CHECK(wins(Choice::newest, late, cheap));
  CHECK(wins(Choice::newest, late, efficient));
}

TEST_CASE("ties go to price, efficiency and newness, in the order of each rule") {
  const Merits base{1e10, 1e12, kOld};
  const Merits cheaper{1.1e10, 1e12, kOld};
  const Merits greener{1e10, 1.1e12, kOld};
  const Merits newer{1e10, 1e12, kNew};
  for (const Choice rule : {Choice::flop_per_usd, Choice::flop_per_watt, Choice::newest}) {
    CHECK(wins(rule, cheaper, base));
    CHECK(wins(rule, greener, base));
    CHECK(wins(rule, newer, base));
    CHECK_FALSE(wins(rule, base, base));
  }
  // Equal by the watt: price before newness. Equal by the dollar: efficiency before newness. Of one date: price first.
  CHECK(wins(Choice::flop_per_watt, cheaper, newer));
  CHECK(wins(Choice::flop_per_usd, greener, newer));
  CHECK(wins(Choice::newest, cheaper, greener));
}

TEST_CASE("what differs by rounding is equal, what differs by a millionth is not") {
  Merits first{1e10, 1e12, kOld};
  Merits second{2e10, 1e12 * (1 - 1e-14), kNew};
  CHECK(wins(Choice::flop_per_watt, second, first));
  second.flops_per_watt = 1e12 * (1 - 1e-6);
  CHECK(wins(Choice::flop_per_watt, first, second));
  // Without power, all are equally efficient.
  first.flops_per_watt = second.flops_per_watt = 1e12 / 0.0;
  CHECK(wins(Choice::flop_per_watt, second, first));
}
