#include "sim/fleet/accounting/running_total.hpp"

#include <catch2/catch.hpp>

using namespace fleetrace;

TEST_CASE("what runs comes up evenly, and nothing after the last has ended") {
  const core::Time start = *core::parse_iso8601("2026-01-01");
  fleet::RunningTotal total;
  total.reset(start);
  total.change(1, 100, start);
  total.change(1, 0.1, start + core::kYear);
  CHECK(total.total(start + core::kYear * 2) == Approx(200.1).epsilon(1e-12));
  total.change(-1, 100, start + core::kYear * 2);
  total.change(-1, 0.1, start + core::kYear * 3);
  CHECK(total.total(start + core::kYear * 4) == total.total(start + core::kYear * 3));
  CHECK(total.total(start + core::kYear * 3) == Approx(200.2).epsilon(1e-12));
  CHECK(total.consistent());
  total.change(-1, 5, start + core::kYear * 4);
  CHECK_FALSE(total.consistent());
}

TEST_CASE("many of different amounts run at once") {
  const core::Time start = *core::parse_iso8601("2026-01-01");
  fleet::RunningTotal total;
  total.reset(start);
  total.change(300, 2, start);
  total.change(100, 5, start + core::kYear);
  total.change(-200, 2, start + core::kYear * 2);
  CHECK(total.total(start + core::kYear * 3) == Approx(600 + 1'100 + 700).epsilon(1e-12));
  total.change(-100, 2, start + core::kYear * 3);
  total.change(-100, 5, start + core::kYear * 3);
  CHECK(total.total(start + core::kYear * 9) == Approx(2'400).epsilon(1e-12));
}
