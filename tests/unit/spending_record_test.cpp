#include "sim/fleet/accounting/spending_record.hpp"

#include <catch2/catch.hpp>

namespace fleetrace::test {

TEST_CASE("spending by a date is what was paid by then, and what ran up evenly between two notes") {
  const core::Time start = *core::parse_iso8601("2026-01-01");
  const auto after = [start](int days) { return start + core::kDay * days; };
  const auto usd = [](double amount) { return core::Money::from_usd(amount); };
  fleet::SpendingRecord spending;
  CHECK(spending.usd_at(start) == 0);
  CHECK(spending.ends_before(start));
  spending.paid(start, usd(100));
  spending.ran_up(start, 0);
  spending.paid(after(1), usd(100));
  spending.paid(after(4), usd(250));
  spending.paid(after(4), usd(300));  // the same instant once more
  spending.ran_up(after(4), 8);       // 2 a day
  spending.ran_up(after(6), 18);      // then 5
  spending.paid(after(9), usd(290));  // a refund
  spending.ran_up(after(10), 18);     // then nothing
  CHECK_FALSE(spending.ends_before(after(10)));
  CHECK(spending.usd_at(start - core::kDay) == 0);
  CHECK(spending.usd_at(start) == 100);
  CHECK(spending.usd_at(after(3)) == 106);
  CHECK(spending.usd_at(after(4) - core::kMillisecond) == Approx(108).epsilon(1e-8));
  CHECK(spending.usd_at(after(4)) == 308);
  CHECK(spending.usd_at(after(5)) == 313);
  CHECK(spending.usd_at(after(6)) == 318);
  CHECK(spending.usd_at(after(9)) == 308);
  CHECK(spending.usd_at(after(30)) == 308);
  spending.clear();
  CHECK(spending.usd_at(after(30)) == 0);
}

}  // namespace fleetrace::test
