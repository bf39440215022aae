#pragma once

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "tests/oracle/hindcasts.hpp"
#include "tests/oracle/published_fits.hpp"

/// Backtests: trends that are fitted to what was known at the end of a year are continued for two years, and what came is compared with
/// the ranges.
namespace fleetrace::test {

inline constexpr double kLevels[] = {0.5, 0.8, 0.9};
inline constexpr int kOrigins[] = {2021, 2022, 2023};
inline constexpr std::size_t kLeastRows = 4;

struct Quantity {
  const char* name;
  const char* file;
  const char* column;
};
inline constexpr Quantity kQuantities[] = {
    {"price-performance of accelerators [FLOP/s per USD]", "price_performance.csv", "flop_per_s_per_usd"},
    {"performance of the largest clusters [16-bit FLOP/s]", "largest_clusters.csv", "flop_per_s"},
    {"power of the largest clusters [MW]", "largest_clusters.csv", "power_mw"},
    {"compute of the largest training runs [FLOP]", "largest_runs.csv", "flop"},
    {"length of the largest training runs [days]", "training_lengths.csv", "days"},
    {"stock sold by Nvidia [H100-equivalents]", "nvidia_stock.csv", "h100_equivalents"},
    {"power of that stock's chips [MW]", "nvidia_stock.csv", "chip_power_mw"},
};

struct DatedValue {
  std::string date;
  std::string value;
};

/// Dates and values of a column, where it has one.
inline std::vector<DatedValue> rows_of(const Quantity& quantity) {
  std::istringstream text(data_text(quantity.file));
  std::string line;
  std::getline(text, line);
  const std::vector<std::string> header = cells_of(line);
  const auto place = [&](const char* name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  std::vector<DatedValue> rows;
  while (std::getline(text, line)) {
    const std::vector<std::string> cells = cells_of(line);
    if (!cells.at(place(quantity.column)).empty())
      rows.push_back({cells.at(place("date")), cells.at(place(quantity.column))});
  }
  return rows;
}

/// What came within the ranges of one fit.
struct Backtest {
  const Quantity* quantity = nullptr;
  int origin = 0;
  std::size_t known = 0;  ///< rows that the fit is of
  double growth = 0;      ///< fitted factor a year
  std::size_t outcomes = 0;
  std::size_t inside[3] = {};          ///< outcomes within each range
  bool last_inside[3] = {};            ///< whether the last outcome is
  double bias = 0;                     ///< mean of ln outcome less ln prediction
  std::vector<double> excess[3] = {};  ///< of each outcome |ln outcome - ln prediction| over half of the range
  std::vector<double> needed[3] =
      {};  ///< how many times as large the slope's error has to be for the range to reach each outcome
  std::size_t inside_wider[3] = {};  ///< outcomes within each range of the default
  bool last_inside_wider[3] = {};
};

inline Backtest backtest(const Quantity& quantity, int origin) {
  Backtest test;
  test.quantity = &quantity;
  test.origin = origin;
  std::string known = "date,value\n";
  std::vector<DatedValue> later;
  const std::string end = std::to_string(origin) + "-12-31";
  const std::string last = std::to_string(origin + 2) + "-12-31";
  FitRequest request;
  request.model = "trend";
  for (const DatedValue& row : rows_of(quantity)) {
    if (row.date <= end) {
      known += row.date + ',' + row.value + '\n';
      ++test.known;
    } else if (row.date <= last) {
      later.push_back(row);
      request.predict.push_back(core::parse_date(row.date).value());
    }
  }
  test.outcomes = later.size();
  if (test.known < kLeastRows || later.empty()) return test;
  for (std::size_t level = 0; level < 3; ++level) {
    request.confidence = kLevels[level];
    request.widening = 1;
    const Fit found = fit(request, known, quantity.file);
    request.widening = kTrendWidening;
    const Fit wider = fit(request, known, quantity.file);
    test.growth = constant_of(found, "growth").value;
    test.bias = 0;
    for (std::size_t i = 0; i < later.size(); ++i) {
      const FitPlace& place = found.predictions[i];
      const double value = std::stod(later[i].value);
      const bool is_inside = *place.low <= value && value <= *place.high;
      test.inside[level] += is_inside ? 1 : 0;
      test.last_inside[level] = is_inside;
      const double off = std::log(value / place.value);
      test.bias += off / static_cast<double>(later.size());
      const double half = std::log(*place.high / *place.low) / 2;
      test.excess[level].push_back(std::fabs(off) / half);
      // half^2 = scatter + slope, of which the default has the second kTrendWidening^2 times.
      const double wide = std::log(*wider.predictions[i].high / *wider.predictions[i].low) / 2;
      const double slope = (wide * wide - half * half) / (kTrendWidening * kTrendWidening - 1);
      test.needed[level].push_back(std::sqrt(std::max(0.0, off * off - half * half + slope) / slope));
      test.last_inside_wider[level] = std::fabs(off) <= wide;
      test.inside_wider[level] += test.last_inside_wider[level] ? 1 : 0;
    }
  }
  return test;
}

}  // namespace fleetrace::test
