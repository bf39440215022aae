#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "sim/study/proportion.hpp"
#include "tests/oracle/published_fits.hpp"

// Backtests: trends that are fitted to what was known at the end of a year are continued for two years, and what came is compared
// with the ranges. The result is docs/backtests.md (FLEETRACE_REWRITE_GOLDENS=1 rewrites it).

namespace fleetrace::test {
namespace {

constexpr double kLevels[] = {0.5, 0.8, 0.9};
constexpr int kOrigins[] = {2021, 2022, 2023};
constexpr std::size_t kLeastRows = 4;

struct Quantity {
  const char* name;
  const char* file;
  const char* column;
};
constexpr Quantity kQuantities[] = {
    {"price-performance of accelerators [FLOP/s per USD]", "price_performance.csv", "flop_per_s_per_usd"},
    {"performance of the largest clusters [16-bit FLOP/s]", "largest_clusters.csv", "flop_per_s"},
    {"power of the largest clusters [MW]", "largest_clusters.csv", "power_mw"},
    {"compute of the largest training runs [FLOP]", "largest_runs.csv", "flop"},
    {"length of the largest training runs [days]", "training_lengths.csv", "days"},
    {"stock sold by Nvidia [H100-equivalents]", "nvidia_stock.csv", "h100_equivalents"},
    {"power of that stock's chips [MW]", "nvidia_stock.csv", "chip_power_mw"},
};

struct Row {
  std::string date;
  std::string value;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line + ',');
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

/// Dates and values of a column, where it has one.
std::vector<Row> rows_of(const Quantity& quantity) {
  std::istringstream text(data_text(quantity.file));
  std::string line;
  std::getline(text, line);
  const std::vector<std::string> header = cells_of(line);
  const auto place = [&](const char* name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  std::vector<Row> rows;
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
};

Backtest backtest(const Quantity& quantity, int origin) {
  Backtest test;
  test.quantity = &quantity;
  test.origin = origin;
  std::string known = "date,value\n";
  std::vector<Row> later;
  const std::string end = std::to_string(origin) + "-12-31";
  const std::string last = std::to_string(origin + 2) + "-12-31";
  FitRequest request;
  request.model = "trend";
  for (const Row& row : rows_of(quantity)) {
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
    const Fit found = fit(request, known, quantity.file);
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
      test.excess[level].push_back(std::fabs(off) / (std::log(*place.high / *place.low) / 2));
    }
  }
  return test;
}

std::string text_of(const char* format, double value) {
  char text[48];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

/// "31 of 60 (52 %)".
std::string share(std::size_t inside, std::size_t all) {
  return std::to_string(inside) + " of " + std::to_string(all) + " (" +
         text_of("%.0f %%", 100 * static_cast<double>(inside) / static_cast<double>(all)) + ')';
}

/// A row of a pooled table: how often, and the exact interval of that probability.
std::string pooled_row(double level, std::size_t inside, std::size_t all) {
  const study::Interval ends = study::clopper_pearson(inside, all, 0.95);
  const char* verdict = ends.high < level ? "too narrow" : ends.low > level ? "too wide" : "as stated";
  return "| " + text_of("%.0f %%", 100 * level) + " | " + share(inside, all) + " | " + text_of("%.0f", 100 * ends.low) +
         " to " + text_of("%.0f %%", 100 * ends.high) + " | " + verdict + " |\n";
}

/// The factor by which ranges of a level would have to be wider to hold that share.
double widening(std::vector<double> excess, double level) {
  std::sort(excess.begin(), excess.end());
  const auto index = static_cast<std::size_t>(std::ceil(level * static_cast<double>(excess.size()))) - 1;
  return excess[index];
}

constexpr const char* kOpening =
    R"(# Backtests

How far off were the trends of this program, had they been fitted in the past? From the data up to the end of 2021, 2022 and 2023
`fleetrace fit trend` continues each quantity for two years, and each outcome of these years is compared with the range of one more
observation. This page is written by a test from [the data](../tests/oracle/data/README.md), which are Epoch AI's (CC-BY) for the
most part; `FLEETRACE_REWRITE_GOLDENS=1 build/check/tests/fleetrace_oracle_tests "[backtests]"` writes it again.

- An exponential trend, nothing chosen by hand: all rows up to the end of the year, least squares of the logarithm, Student's
  prediction intervals. With fewer than four rows there is no trend.
- Clusters and runs are those that were among the five largest on their day, which was known on that day. The numbers themselves
  are as Epoch AI estimates them today: what was believed of GPT-4's compute in 2023 was another number.
- Outcomes of one quantity and year share one trend. They miss together, so that the intervals of the pooled shares are too narrow
  by themselves. The third table takes the last outcome of each alone.
)";

std::string page(const std::vector<Backtest>& tests) {
  std::ostringstream text;
  text
      << kOpening
      << "\n## By quantity and year\n\n| quantity | known until | rows | growth | outcomes | in 50 % | in 80 % | in 90 % | outcome over prediction |\n"
      << "|---|---|---|---|---|---|---|---|---|\n";
  for (const Backtest& each : tests) {
    text << "| " << each.quantity->name << " | " << each.origin << " | " << each.known << " | ";
    if (each.known < kLeastRows) {
      text << "too few rows | " << each.outcomes << " | | | | |\n";
      continue;
    }
    text << text_of("%.2f", each.growth) << "x/yr | " << each.outcomes;
    for (const std::size_t inside : each.inside) text << " | " << inside;
    text << " | " << text_of("%.2f", std::exp(each.bias)) << " |\n";
  }
  for (const bool is_last : {false, true}) {
    text << (is_last ? "\n## The last outcome of each quantity and year\n" : "\n## All outcomes, pooled\n")
         << "\n| range | outcomes inside | 95 % interval of that share | the range is |\n|---|---|---|---|\n";
    for (std::size_t level = 0; level < 3; ++level) {
      std::size_t inside = 0;
      std::size_t all = 0;
      for (const Backtest& each : tests) {
        if (each.excess[level].empty()) continue;
        inside += is_last ? (each.last_inside[level] ? 1 : 0) : each.inside[level];
        all += is_last ? 1 : each.outcomes;
      }
      text << pooled_row(kLevels[level], inside, all);
    }
  }
  text
      << "\n## How much wider the ranges would have to be\n\nThe factor on half of the range, in logarithms, with which it would have held as many "
         "outcomes as it says.\n\n| quantity | 50 % | 80 % | 90 % |\n|---|---|---|---|\n";
  for (const Quantity& quantity : kQuantities) {
    text << "| " << quantity.name;
    for (std::size_t level = 0; level < 3; ++level) {
      std::vector<double> excess;
      for (const Backtest& each : tests) {
        if (each.quantity == &quantity)
          excess.insert(excess.end(), each.excess[level].begin(), each.excess[level].end());
      }
      text << " | " << text_of("%.2f", widening(excess, kLevels[level]));
    }
    text << " |\n";
  }
  for (const bool is_last : {false, true}) {
    text << (is_last ? "| **the last outcomes of all**" : "| **all**");
    for (std::size_t level = 0; level < 3; ++level) {
      std::vector<double> excess;
      for (const Backtest& each : tests) {
        const std::vector<double>& of = each.excess[level];
        if (!of.empty()) excess.insert(excess.end(), is_last ? of.end() - 1 : of.begin(), of.end());
      }
      text << " | " << text_of("%.2f", widening(excess, kLevels[level]));
    }
    text << " |\n";
  }
  return text.str();
}

}  // namespace

TEST_CASE("how often the future lay in the ranges of the past", "[backtests]") {
  std::vector<Backtest> tests;
  std::size_t outcomes = 0;
  for (const Quantity& quantity : kQuantities) {
    for (const int origin : kOrigins) {
      tests.push_back(backtest(quantity, origin));
      const Backtest& test = tests.back();
      CHECK(test.inside[0] <= test.inside[1]);
      CHECK(test.inside[1] <= test.inside[2]);
      CHECK(test.inside[2] <= test.outcomes);
      outcomes += test.excess[0].size();
    }
  }
  CHECK(outcomes > 150);
  const std::string path = std::string(FLEETRACE_SOURCE_DIR) + "/docs/backtests.md";
  const char* rewrite = std::getenv("FLEETRACE_REWRITE_GOLDENS");
  const std::string reading_path = std::string(FLEETRACE_SOURCE_DIR) + "/tests/oracle/data/backtests_reading.md";
  std::ifstream reading(reading_path, std::ios::binary);
  const std::string text = page(tests) + std::string{std::istreambuf_iterator<char>(reading), {}};
  if (rewrite != nullptr && std::string(rewrite) == "1") std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  INFO(path << ": ./dev golden writes it");
  CHECK(committed == text);
}

}  // namespace fleetrace::test
