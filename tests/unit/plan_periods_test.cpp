#include "sim/api/plan_periods.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

namespace fleetrace {
namespace {

core::Time at(const char* date) { return core::parse_iso8601(date).value(); }

std::vector<std::string> names(const char* start, const char* end, const PlanOptions& options) {
  std::vector<std::string> all;
  for (const PlanDates& each : plan_periods(at(start), at(end), options)) all.push_back(each.name);
  return all;
}

TEST_CASE("Periods lie on the boundaries of the calendar") {
  using Names = std::vector<std::string>;
  CHECK(names("2026-01-01", "2026-04-01", {Period::month}) == Names{"2026-01", "2026-02", "2026-03"});
  CHECK(names("2026-01-01", "2027-01-01", {Period::quarter}) == Names{"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"});
  CHECK(names("2026-01-01", "2028-01-01", {Period::year}) == Names{"2026", "2027"});
  // A leap year, and months of every length.
  const std::vector<PlanDates> leap = plan_periods(at("2028-01-01"), at("2029-01-01"), {Period::month});
  REQUIRE(leap.size() == 12);
  CHECK((leap[1].ends - leap[1].begins) / core::kDay == 29);
  CHECK((leap[3].ends - leap[3].begins) / core::kDay == 30);
}

TEST_CASE("What the horizon cuts off is named by its dates") {
  using Names = std::vector<std::string>;
  CHECK(names("2026-02-15", "2026-08-31", {Period::quarter}) ==
        Names{"2026-02-15 to 2026-03-31", "2026-Q2", "2026-07-01 to 2026-08-30"});
  CHECK(names("2026-02-15", "2026-02-20", {Period::year}) == Names{"2026-02-15 to 2026-02-19"});
  CHECK(names("2026-02-15T06:00:00", "2026-02-15T18:30:00", {Period::year}) == Names{"2026-02-15 06:00 to 18:30"});
  CHECK(names("2030-01-01", "2031-01-01T06:00:00", {Period::year}) == Names{"2030", "2031-01-01 00:00 to 06:00"});
  // Cut off in the middle of a day, a period still has that day.
  CHECK(names("2026-01-01", "2026-02-10T12:00:00", {Period::quarter}) == Names{"2026-01-01 to 2026-02-10"});
}

TEST_CASE("A fiscal year is named after the year in which it ends") {
  using Names = std::vector<std::string>;
  CHECK(names("2026-10-01", "2027-10-01", {Period::year, 10}) == Names{"FY2027"});
  CHECK(names("2026-07-01", "2027-04-01", {Period::quarter, 10}) == Names{"FY2026-Q4", "FY2027-Q1", "FY2027-Q2"});
  // Quarters that begin in February.
  CHECK(names("2026-01-01", "2026-08-01", {Period::quarter, 2}) ==
        Names{"2026-01-01 to 2026-01-31", "FY2027-Q1", "FY2027-Q2"});
  CHECK(names("2026-01-01", "2026-03-01", {Period::month, 10}) == Names{"2026-01", "2026-02"});
}

TEST_CASE("Periods follow on each other without a gap, also far away") {
  for (const char* start : {"2026-02-15T13:00:00", "+20000-05-05", "-0044-03-15"}) {
    const core::Time begin = at(start);
    for (int month = 1; month <= 12; ++month) {
      for (const Period by : {Period::month, Period::quarter, Period::year}) {
        const core::Time end = begin + core::kYear * 7;
        const std::vector<PlanDates> periods = plan_periods(begin, end, {by, month});
        REQUIRE(periods.size() > 1);
        CHECK(periods.front().begins == begin);
        CHECK(periods.back().ends == end);
        for (std::size_t i = 1; i < periods.size(); ++i) {
          CHECK(periods[i].begins == periods[i - 1].ends);
          CHECK(core::to_date(periods[i].begins).substr(core::to_date(periods[i].begins).size() - 2) == "01");
        }
      }
    }
  }
}

TEST_CASE("Months that there are none and too many periods are refused") {
  CHECK_THROWS_AS(plan_periods(at("2026-01-01"), at("2027-01-01"), {Period::year, 0}), std::invalid_argument);
  CHECK_THROWS_AS(plan_periods(at("2026-01-01"), at("2027-01-01"), {Period::year, 13}), std::invalid_argument);
  CHECK_THROWS_AS(plan_periods(at("2026-01-01"), at("2300-01-01"), {Period::month}), std::invalid_argument);
  CHECK(usual_plan(at("2026-01-01"), at("2300-01-01")).value().by == Period::quarter);
  CHECK(usual_plan(at("2026-01-01"), at("4000-01-01")).value().by == Period::year);
  CHECK_FALSE(usual_plan(at("2026-01-01"), at("9000-01-01")));
}

TEST_CASE("Options of a plan are read back from a text") {
  for (const Period by : {Period::month, Period::quarter, Period::year}) {
    for (int month = 1; month <= 12; ++month) {
      const auto found = find_plan_options("rule fixed 0, replications 400, " + to_string(PlanOptions{by, month}));
      REQUIRE(found);
      CHECK(found->by == by);
      CHECK(found->fiscal_year_begins == month);
    }
  }
  CHECK_FALSE(find_plan_options("rule fixed 0"));
  CHECK_FALSE(find_plan_options(""));
}

}  // namespace
}  // namespace fleetrace
