#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/api/race.hpp"
#include "sim/fleet/world.hpp"
#include "sim/reader/load.hpp"
#include "tests/oracle/hindcasts.hpp"
#include "tests/oracle/run_lengths.hpp"

/// Figures of hindcasts, read from whole runs of shipped scenarios.
namespace fleetrace::test {

class Hindcasts {
 public:
  /// What the scenario predicts; none where it is not shipped.
  std::optional<double> predict(const HindcastRow& row) {
    if (reader::scenario_text(row.hindcast).empty()) return std::nullopt;
    const std::string& figure = row.figure;
    if (figure == "hazard") return hazard(row);
    if (figure == "best_days") return best_length_days(row);
    if (figure == "trend_days") return trend_length_days(row);
    if (figure == "worst_share" || figure == "nodes_hit" || figure == "down_share") return faults(row);
    if (figure.rfind("h100e_p", 0) == 0) return quantile(row, std::stod(figure.substr(7)) / 100);
    const Run& run = this->run(row.hindcast, row.from, row.until);
    const std::size_t i = index(run, row.strategy);
    if (is_date(row.until)) return on_date(run.setups[i], run.outcomes[i].checkpoints.at(0), figure);
    return at_end(run.outcomes[i], figure);
  }

 private:
  static constexpr std::uint32_t kFaultDraws = 40;
  static constexpr std::uint32_t kSalesDraws = 400;

  static bool is_date(const std::string& text) { return text.size() == 10 && text[4] == '-'; }

  static std::size_t index(const Run& run, const std::string& strategy) {
    for (std::size_t i = 0; i < run.setups.size(); ++i) {
      if (run.setups[i].strategy.name == strategy) return i;
    }
    throw std::out_of_range(strategy);
  }

  /// A date looks into the whole run; a length is that of the horizon, which may start on another date.
  const Run& run(const std::string& scenario, const std::string& from, const std::string& until) {
    const auto key = std::make_tuple(scenario, from, until);
    const auto found = runs_.find(key);
    if (found != runs_.end()) return found->second;
    std::vector<reader::Override> changes;
    std::vector<core::Time> dates;
    if (is_date(from)) changes.push_back({"horizon.start", from});
    if (is_date(until)) {
      dates.push_back(*core::parse_date(until));
    } else if (!until.empty()) {
      changes.push_back({"horizon.length", until});
    }
    return runs_.emplace(key, run_scenario(reader::load(scenario, changes), {}, {}, dates)).first->second;
  }

  static double on_date(const fleet::StrategySetup& setup, const fleet::Sample& then, const std::string& figure) {
    if (figure == "h100e") return then.h100e_8bit;
    if (figure == "facility_mw") return then.nameplate_site_power / 1e6;
    if (figure == "it_mw") {
      if (setup.strategy.sites.size() != 1) throw std::invalid_argument("of one site");
      return then.nameplate_site_power / setup.plant.sites[setup.strategy.sites[0]].pue / 1e6;
    }
    if (figure == "compute_busd") return then.capex.usd() / 1e9;
    if (figure == "construction_busd") return then.facility.usd() / 1e9;
    if (figure == "capital_busd") return (then.capex + then.facility).usd() / 1e9;
    if (figure == "in_service_share") {
      std::int64_t all = 0;
      for (const std::int64_t count : then.accelerators) all += count;
      return static_cast<double>(then.accelerators[static_cast<std::size_t>(fleet::State::in_service)]) /
             static_cast<double>(all);
    }
    throw std::invalid_argument(figure);
  }

  static double at_end(const fleet::Outcome& outcome, const std::string& figure) {
    const fleet::Summary& end = outcome.final;
    if (figure == "survival") return 1 - end.failures / size(outcome);
    if (figure == "wait_yr") return (outcome.waits.at(0).to - outcome.waits.at(0).from).years();
    if (figure == "compute_flop") return end.physical_flop;
    if (figure == "run_flop") return end.best_run_flop.value();
    if (figure == "acquisition_musd") return end.capex.usd() / 1e6;
    if (figure == "amortised_musd") return (end.finance.depreciation_usd + end.energy_cost.usd()) / 1e6;
    throw std::invalid_argument(figure);
  }

  static double size(const fleet::Outcome& outcome) {
    double sum = 0;
    for (const fleet::Cohort& cohort : outcome.cohorts) sum += static_cast<double>(cohort.size);
    return sum;
  }

  /// Deaths of one that is alive, a year, over the ages from `from` to `until`.
  double hazard(const HindcastRow& row) {
    const auto survival = [&](const std::string& age) {
      if (age == "0 yr") return 1.0;
      const Run& run = this->run(row.hindcast, "", age);
      return at_end(run.outcomes[index(run, row.strategy)], "survival");
    };
    return std::log(survival(row.from) / survival(row.until)) / (std::stod(row.until) - std::stod(row.from));
  }

  /// Of the faults that are drawn, the mean of some replications: the share of devices that is down, the share of faults on the 5 %
  /// of devices that have most of them, or how many devices have any.
  static double faults(const HindcastRow& row) {
    const scenario::Scenario scenario = reader::load(row.hindcast);
    double sum = 0;
    for (std::uint32_t k = 0; k < kFaultDraws; ++k) {
      std::map<std::uint32_t, double> by_device;
      const Run run = run_scenario(scenario, {1, k}, [&](const fleet::World& world, const fleet::Event& event) {
        if (event.payload.kind != fleet::EventKind::failure || world.setup().strategy.name != row.strategy) return;
        ++by_device[event.payload.index];
      });
      const fleet::Outcome& outcome = run.outcomes[index(run, row.strategy)];
      std::vector<double> counts;
      for (const auto& [device, count] : by_device) counts.push_back(count);
      std::sort(counts.begin(), counts.end(), std::greater<>());
      const auto worst = counts.begin() + std::lround(0.05 * size(outcome));
      const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
      if (row.figure == "nodes_hit") sum += static_cast<double>(counts.size());
      if (row.figure == "worst_share") sum += std::accumulate(counts.begin(), worst, 0.0) / all;
      if (row.figure == "down_share") sum += outcome.final.mean_in_repair / size(outcome);
    }
    return sum / kFaultDraws;
  }

  /// A quantile of the H100-equivalents of all strategies named sold-*, over draws of the uncertain inputs: of each draw as a whole,
  /// or put together from quarters of different draws (`from` is "quarters apart").
  double quantile(const HindcastRow& row, double q) {
    if (quarters_.empty()) draw_quarters(row.hindcast);
    const auto end = static_cast<std::size_t>(std::find(dates_.begin(), dates_.end(), *core::parse_date(row.until)) -
                                              dates_.begin());
    constexpr std::size_t kStep = 23;  // coprime to the number of draws
    const std::size_t step = row.from == "quarters apart" ? kStep : 0;
    std::vector<double> sums;
    for (std::size_t k = 0; k < kSalesDraws; ++k) {
      double sum = 0;
      for (std::size_t i = 0; i <= end; ++i) sum += quarters_[(k + i * step) % kSalesDraws].at(i);
      sums.push_back(sum);
    }
    std::sort(sums.begin(), sums.end());
    const double at = q * static_cast<double>(sums.size() - 1);
    const auto i = static_cast<std::size_t>(at);
    const double next = sums[std::min(i + 1, sums.size() - 1)];
    return sums[i] + (at - static_cast<double>(i)) * (next - sums[i]);
  }

  /// What each draw sold in each quarter of 2022 to 2025.
  void draw_quarters(const std::string& name) {
    for (int year = 2022; year <= 2025; ++year) {
      for (const char* quarter : {"-04-01", "-07-01", "-10-01"}) {
        dates_.push_back(*core::parse_date(std::to_string(year) + quarter));
      }
      dates_.push_back(*core::parse_date(std::to_string(year + 1) + "-01-01"));
    }
    const scenario::Scenario scenario = reader::load(name);
    for (std::uint32_t k = 0; k < kSalesDraws; ++k) {
      const Run run = run_scenario(scenario, {1, k, fleet::InputDraw::drawn}, {}, dates_);
      std::vector<double> sold(dates_.size());
      for (const fleet::Outcome& outcome : run.outcomes) {
        if (outcome.strategy.rfind("sold-", 0) != 0) continue;
        double before = 0;
        for (std::size_t i = 0; i < dates_.size(); ++i) {
          const double now = outcome.checkpoints.at(i).h100e_8bit;
          sold[i] += now - before;
          before = now;
        }
      }
      quarters_.push_back(std::move(sold));
    }
  }

  std::map<std::tuple<std::string, std::string, std::string>, Run> runs_;
  std::vector<core::Time> dates_;              ///< where quarters end
  std::vector<std::vector<double>> quarters_;  ///< by draw and quarter
};

}  // namespace fleetrace::test
