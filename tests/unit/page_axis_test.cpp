#include <catch2/catch.hpp>
#include <limits>

#include "sim/output/page/axis.hpp"
#include "sim/output/page/svg.hpp"

namespace fleetrace::output {
namespace {

std::string labels(const Axis& axis) {
  std::string text;
  for (const Tick& tick : axis.ticks) text += (text.empty() ? "" : " | ") + tick.label;
  return text;
}

std::string dates(const char* from, const char* to, int most = 5) {
  return labels(date_axis(*core::parse_iso8601(from), *core::parse_iso8601(to), most));
}

TEST_CASE("Linear axes run from one round value to another") {
  CHECK(labels(linear_axis(0, 2.183, 5)) == "0.0 | 0.5 | 1.0 | 1.5 | 2.0 | 2.5");
  CHECK(labels(linear_axis(0.4901, 1, 5)) == "0.4 | 0.6 | 0.8 | 1.0");
  CHECK(labels(linear_axis(0, 36'000, 5)) == "0 | 10,000 | 20,000 | 30,000 | 40,000");
  CHECK(labels(linear_axis(0.99931, 1, 5)) == "0.9992 | 0.9994 | 0.9996 | 0.9998 | 1.0000");
  CHECK(labels(linear_axis(0, 10, 5)) == "0 | 2 | 4 | 6 | 8 | 10");
  CHECK(labels(linear_axis(0, 0, 5)) == "0.0 | 0.2 | 0.4 | 0.6 | 0.8 | 1.0");
}

TEST_CASE("Every axis holds its data, ascends and has few ticks") {
  for (const double low : {0.0, 1e-300, 3e-7, 0.5, 0.999999, 1.0, 7e3, 1e15})
    for (const double width : {0.0, 1e-12, 1e-3, 0.7, 12.0, 9e5, 1e18}) {
      const double high = low + width;
      for (const Axis& axis : {linear_axis(low, high, 5), log_axis(low > 0 ? low : 1e-3, std::max(high, 1e-2), 6)}) {
        INFO(low << " to " << high);
        CHECK(axis.low < axis.high);
        CHECK(axis.ticks.size() >= 2);
        CHECK(axis.ticks.size() <= 8);
        for (std::size_t i = 1; i < axis.ticks.size(); ++i) {
          CHECK(axis.ticks[i - 1].at < axis.ticks[i].at);
          CHECK(axis.ticks[i - 1].label != axis.ticks[i].label);
        }
        CHECK(axis.position(high) >= 0);
        CHECK(axis.position(high) <= 1);
      }
      const Axis linear = linear_axis(low, high, 5);
      CHECK(linear.low <= low * (1 + 1e-9));
      CHECK(linear.high >= high * (1 - 1e-9));
    }
}

TEST_CASE("Logarithmic axes have whole powers of ten and cut what lies far below") {
  CHECK(labels(log_axis(7.5e25, 1.2e31, 6)) == "1e25 | 1e27 | 1e29 | 1e31");
  const Axis axis = log_axis(1, 1000, 6);
  CHECK(labels(axis) == "1e0 | 1e1 | 1e2 | 1e3");
  CHECK(axis.position(1) == 0);
  CHECK(axis.position(10) == Approx(1.0 / 3));
  CHECK(axis.position(1000) == Approx(1));
  CHECK(axis.position(0) == 0);
  CHECK(axis.position(-5) == 0);
  CHECK(axis.position(std::numeric_limits<double>::quiet_NaN()) == 0);
  CHECK(axis.position(1e9) == 1);
  CHECK(log_axis(1e-100, 1e20, 6, 18).low == 1e2);
}

TEST_CASE("Date axes mark starts of years, months, days and hours") {
  CHECK(dates("2026-01-01", "2034-01-01") == "2026 | 2028 | 2030 | 2032 | 2034");
  CHECK(dates("2026-05-12", "2029-01-01") == "2027 | 2028 | 2029");
  CHECK(dates("2026-01-01", "2027-01-01") == "Jan 2026 | Apr 2026 | Jul 2026 | Oct 2026 | Jan 2027");
  CHECK(dates("2024-02-20", "2024-04-14") == "20 Feb | 1 Mar | 11 Mar | 21 Mar | 31 Mar | 10 Apr");
  CHECK(dates("2026-01-01", "2026-01-02") == "1 Jan | 06:00 | 12:00 | 18:00 | 2 Jan");
  CHECK(dates("1900-01-01", "2900-01-01") == "2000 | 2500");
  const core::Time start = *core::parse_iso8601("9990-01-01");
  CHECK(labels(date_axis(start, start + core::kYear * 100, 5)) == "0 yr | 20 yr | 40 yr | 60 yr | 80 yr | 100 yr");
}

TEST_CASE("No two of the first 32 strategies look alike") {
  std::vector<std::string> seen;
  for (std::size_t i = 0; i < kColours * kDashes; ++i) seen.push_back(line_class(i));
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST_CASE("A line goes through its points, and a dense one keeps its peaks") {
  Chart chart;
  chart.id = "test";
  chart.x = linear_axis(0, 10, 5);
  chart.y = linear_axis(0, 10, 5);
  chart.lines.push_back({"c0 d0", {{0, 0}, {10, 10}}, ""});
  // Left edge: 12 + 8.4 a character of "10"; the frame ends 20 from the right, 28 from the bottom, 30 from the top.
  CHECK(svg(chart).find("d=\"M28.8 262L420 30\"") != std::string::npos);
  std::vector<Point>& points = chart.lines.front().points;
  points.clear();
  for (int i = 0; i <= 100'000; ++i) points.push_back({i * 1e-4, i == 51'234 ? 10.0 : 5.0});
  const std::string dense = svg(chart);
  CHECK(dense.size() < 40'000);
  CHECK(dense.find(" 30L") != std::string::npos);
}

}  // namespace
}  // namespace fleetrace::output
