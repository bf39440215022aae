#include "sim/fleet/accounting/rents.hpp"

#include <catch2/catch.hpp>

using namespace fleetrace;

TEST_CASE("rent comes due evenly while its terms run, and nothing after the last") {
  const core::Time start = *core::parse_iso8601("2026-01-01");
  fleet::Rents rents;
  rents.reset(start);
  rents.begin(100, start);
  rents.begin(0.1, start + core::kYear);
  CHECK(rents.due_usd(start + core::kYear * 2) == Approx(200.1).epsilon(1e-12));
  rents.end(100, start + core::kYear * 2);
  rents.end(0.1, start + core::kYear * 3);
  CHECK(rents.due_usd(start + core::kYear * 4) == rents.due_usd(start + core::kYear * 3));
  CHECK(rents.due_usd(start + core::kYear * 3) == Approx(200.2).epsilon(1e-12));
  CHECK(rents.consistent());
  rents.end(5, start + core::kYear * 4);
  CHECK_FALSE(rents.consistent());
}
