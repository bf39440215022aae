#include "tests/oracle/backtests.hpp"

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

// How far off trends of the past were. The result is docs/backtests.md (FLEETRACE_REWRITE_GOLDENS=1 rewrites it).

namespace fleetrace::test {
namespace {

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

/// How many times as large the error of the slope has to be for ranges to hold the last outcomes as often as they say.
double needed_at(const std::vector<Backtest>& tests, std::size_t level) {
  std::vector<double> needed;
  for (const Backtest& each : tests) {
    if (!each.needed[level].empty()) needed.push_back(each.needed[level].back());
  }
  return widening(needed, kLevels[level]);
}

constexpr const char* kOpening =
    R"(# Backtests

How far off were the trends of this program, had they been fitted in the past? From the data up to the end of 2021, 2022 and 2023
`fleetrace fit trend` continues each quantity for two years, and each outcome of these years is compared with the range of one more
observation. This page is written by a test from [the data](../tests/oracle/data/README.md), which are Epoch AI's (CC-BY) for the
most part; `FLEETRACE_REWRITE_GOLDENS=1 build/check/tests/fleetrace_oracle_tests "[backtests]"` writes it again.

- An exponential trend, nothing chosen by hand: all rows up to the end of the year, least squares of the logarithm, Student's
  prediction intervals as fitted (`--widening 1`); the last table has the default. With fewer than four rows there is no trend.
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
  text
      << "\n## The default: the error of the slope " << text_of("%g", kTrendWidening)
      << " times as large\n\nHow many times as large the standard error of the slope would have to be for the last outcomes to lie in the ranges "
         "as often as\nthese say, and how often they do with what `fleetrace fit trend` takes where it predicts and where it gives a rate to a "
         "scenario.\n\n| range | needed | last outcomes inside | 95 % interval of that share | the range is | all outcomes inside |\n"
      << "|---|---|---|---|---|---|\n";
  for (std::size_t level = 0; level < 3; ++level) {
    std::size_t last = 0;
    std::size_t cases = 0;
    std::size_t inside = 0;
    std::size_t all = 0;
    for (const Backtest& each : tests) {
      if (each.excess[level].empty()) continue;
      last += each.last_inside_wider[level] ? 1 : 0;
      ++cases;
      inside += each.inside_wider[level];
      all += each.outcomes;
    }
    std::string row = pooled_row(kLevels[level], last, cases);
    row.insert(row.find('|', 1), "| " + text_of("%.2f", needed_at(tests, level)) + ' ');
    row.insert(row.size() - 1, ' ' + share(inside, all) + " |");
    text << row;
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
  // The default is the largest that any of the ranges needs, as a whole number; with it none is too narrow beyond chance.
  double most = 0;
  for (std::size_t level = 0; level < 3; ++level) {
    most = std::max(most, needed_at(tests, level));
    std::size_t inside = 0;
    std::size_t cases = 0;
    for (const Backtest& each : tests) {
      if (each.excess[level].empty()) continue;
      inside += each.last_inside_wider[level] ? 1 : 0;
      ++cases;
    }
    CHECK(study::clopper_pearson(inside, cases, 0.95).high >= kLevels[level]);
  }
  CHECK(std::ceil(most) == kTrendWidening);
  // Price-performance is 1.54 to 3.13 years where scenarios have it uncertain: all fits lie in there, and their ranges held as fitted.
  for (const Backtest& each : tests) {
    if (std::string(each.quantity->column) != "flop_per_s_per_usd") continue;
    const double doubling = std::log(2.0) / std::log(each.growth);
    CHECK(doubling >= 1.54);
    CHECK(doubling <= 3.13);
    CHECK(each.needed[1].back() <= 1);
  }
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
