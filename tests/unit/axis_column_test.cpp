#include "sim/output/studies/axis_column.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace fleetrace;
using output::AxisColumn;
using output::Cell;

AxisColumn column(std::vector<std::string> values) { return AxisColumn({"a.b", std::move(values)}); }

double number(const AxisColumn& column, std::size_t index) { return std::get<double>(column.cell(index).value()); }

}  // namespace

TEST_CASE("an axis is a column in the unit of its first value", "[axis_column]") {
  const AxisColumn times = column({"18 months", "4 yr", "90 days", "none", "\"1 month\""});
  CHECK(times.name() == "a.b_months");
  CHECK(number(times, 0) == 18);
  CHECK(number(times, 1) == 48);
  CHECK(number(times, 2) == 90 * 24 / 730.5);
  CHECK(std::get<std::string>(times.cell(3).value()) == "none");
  CHECK(number(times, 4) == 1);
  const AxisColumn money = column({"500000 USD", "2 billion USD"});
  CHECK(money.name() == "a.b_usd");
  CHECK(number(money, 1) == 2e9);
  CHECK(column({"70 USD/MWh", "0.08 USD/kWh"}).name() == "a.b_usd_per_mwh");
  CHECK(column({"0.1 /yr"}).name() == "a.b_per_yr");
  CHECK(column({"1 W/(TFLOP/s)"}).name() == "a.b_w_per_tflop_per_s");
}

TEST_CASE("numbers, words and dates need no unit", "[axis_column]") {
  const AxisColumn numbers = column({"0.04", "5e-2"});
  CHECK(numbers.name() == "a.b");
  CHECK(number(numbers, 1) == 0.05);
  const AxisColumn dates = column({"2026-01-01", "2027-01-01T12:00:00Z"});
  CHECK(dates.name() == "a.b");
  CHECK(std::get<std::string>(dates.cell(0).value()) == "2026-01-01");
  CHECK(std::get<std::string>(column({"once", "front_loaded"}).cell(1).value()) == "front_loaded");
}

TEST_CASE("sections stand in a column by their numbers", "[axis_column]") {
  const AxisColumn laws = column({"0.3", "{uniform: {low: 1 yr, high: 2 yr}}"});
  CHECK(laws.name() == "a.b_number");
  CHECK(std::get<std::int64_t>(laws.cell(0).value()) == 1);
  CHECK(std::get<std::int64_t>(laws.cell(1).value()) == 2);
  CHECK(laws.cell(1).text() == "{uniform: {low: 1 yr, high: 2 yr}}");
}
