#pragma once

#include <cmath>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "models/theory/lead.hpp"
#include "sim/api/race.hpp"
#include "sim/reader/load.hpp"
#include "tests/oracle/hindcasts.hpp"
#include "tests/oracle/published_fits.hpp"

/// Lengths of training runs, in days: how long they pay in a scenario, and how long a trend says that they get.
namespace fleetrace::test {

/// The length of the run that comes furthest by the end of the scenario, when it starts on the best date with the money that can be
/// raised by then. That grows exponentially: it is the line through the logarithms of the other strategies' budgets.
inline double best_length_days(const HindcastRow& row) {
  const Run run = run_scenario(reader::load(row.hindcast), {});
  const fleet::Horizon& horizon = run.setups.front().horizon;
  std::vector<std::pair<double, double>> raised;  // start [yr] and ln of the budget
  for (const fleet::Outcome& outcome : run.outcomes) {
    if (outcome.strategy == row.strategy) continue;
    raised.emplace_back(horizon.years_at(outcome.cohorts.at(0).ordered), std::log(outcome.final.capex.usd()));
  }
  const double first = raised.at(0).first;
  const double money = raised.at(0).second;
  const double growth = (raised.at(1).second - money) / (raised.at(1).first - first);
  const auto loss = [&](double start) {
    char at[48];
    char budget[48];
    std::snprintf(at, sizeof at, "%.9f yr", start);
    std::snprintf(budget, sizeof budget, "%.2f USD", std::exp(money + growth * (start - first)));
    const std::string path = "strategies." + row.strategy;
    const scenario::Scenario moved = reader::load(row.hindcast, {{path + ".at", at}, {path + ".budget", budget}});
    for (const fleet::Outcome& outcome : run_scenario(moved, {}).outcomes) {
      if (outcome.strategy == row.strategy) return outcome.final.relative_loss;
    }
    throw std::out_of_range(row.strategy);
  };
  // Golden sections: the loss has one minimum.
  const double end = horizon.years_at(horizon.end);
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  double low = 0;
  double high = 0.999 * end;
  while (high - low > 1e-4) {
    const double left = high - ratio * (high - low);
    const double right = low + ratio * (high - low);
    (loss(left) < loss(right) ? high : low) = loss(left) < loss(right) ? right : left;
  }
  return (end - (low + high) / 2) * core::kYear.seconds() / 86'400;
}

/// The trend of the runs that were published until `row.from`, continued to `row.until`.
inline double trend_length_days(const HindcastRow& row) {
  std::istringstream text(data_text("training_lengths.csv"));
  std::string line;
  std::string known;
  while (std::getline(text, line)) {
    if (known.empty() || cells_of(line).at(1) <= row.from) known += line + '\n';
  }
  FitRequest request;
  request.model = "trend";
  request.y = "days";
  request.predict = {*core::parse_date(row.until)};
  return fit(request, known, "training_lengths.csv").predictions.at(0).value;
}

inline PublishedSection longest_run_rows() {
  const char* source = "Sevilla et al. 2022, The longest training run";
  const double hardware = std::log(2.0) / 2.46;
  const auto longest = models::theory::embodied_lead;
  return {"How long a training run pays",
          {
              {"hardware doubles in 2.46 yr [yr]", source, 3.55, longest(hardware, 0), 2e-3},
              {"and algorithms improve 1.7x a year [yr]", source, 1.22, longest(hardware, std::log(1.7)), 0.03},
              {"hardware, algorithms and money, from those of two of them and of one [months]", source, 6.49,
               12 * longest(1 / 1.22, 12 / 9.12 - 1 / 3.55), 5e-3},
              {"hardware, and algorithms improve 3x a year [months]", "Epoch AI 2025 (Emberson and Edelman): about 9",
               9, 12 * longest(hardware, std::log(3.0)), 0.06},
          }};
}

}  // namespace fleetrace::test
