#include "sim/study/what_if/what_if.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "models/finance/finance.hpp"
#include "sim/study/affordable.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/race_memory.hpp"

namespace fleetrace::study {
namespace {

using fleet::Metric;
using fleet::Metrics;
using scenario::kPerturbations;

constexpr std::size_t kVariants = 1 + kPerturbations.size();  ///< of a case: as it is, and with each perturbation

/// Results of the races of one case.
struct Races {
  std::size_t strategies = 0;
  std::vector<Metrics> rows;      ///< by replication and strategy
  std::vector<double> effective;  ///< effective compute [FLOP] by replication, perturbation and strategy
  std::vector<double> amounts;    ///< amount of the perturbation, in its unit, by the same
  std::array<bool, kPerturbations.size()> applies = {};

  Races(std::size_t replications, std::size_t count)
      : strategies(count),
        rows(replications * count),
        effective(replications * count * kPerturbations.size()),
        amounts(effective.size()) {}

  [[nodiscard]] std::span<Metrics> row(std::size_t replication) {
    return {rows.data() + replication * strategies, strategies};
  }
  [[nodiscard]] std::size_t place(std::size_t replication, std::size_t perturbation, std::size_t strategy) const {
    return (replication * kPerturbations.size() + perturbation) * strategies + strategy;
  }

  /// A metric of a strategy in a replication; NaN where it does not apply.
  [[nodiscard]] double value(std::size_t replication, std::size_t strategy, std::size_t metric) const {
    const Metrics& plain = rows[replication * strategies + strategy];
    if (metric < kRaceMetrics.size()) return fleet::get(plain, kRaceMetrics[metric]);
    const std::size_t at = place(replication, metric - kRaceMetrics.size(), strategy);
    if (amounts[at] == 0) return std::numeric_limits<double>::quiet_NaN();
    return (effective[at] - fleet::get(plain, Metric::effective_compute)) / models::kPetaflopDay / amounts[at];
  }
};

/// One replication of one case, as it is (variant 0) or with perturbation variant - 1.
struct Errand {
  std::size_t replication;
  std::size_t case_index;
  std::size_t variant;
};

/// Runs errands in memory of its own. What a case resolves to is kept for its next replication.
class CaseRunner {
 public:
  CaseRunner(std::span<const WhatIfCase> cases, std::vector<Races>& races, std::vector<GoalWatch>& watches)
      : cases_(cases), races_(&races), watches_(&watches), replicators_(cases.size() * kVariants) {}

  void run(const Errand& errand) {
    Races& races = (*races_)[errand.case_index];
    const auto replication = static_cast<std::uint32_t>(errand.replication);
    try {
      Replicator& replicator = replicator_of(errand);
      if (errand.variant == 0) return replicator.run(replication, races.row(errand.replication));
      const std::span<const Metrics> row = replicator.run(replication);
      for (std::size_t s = 0; s < row.size(); ++s) {
        const std::size_t at = races.place(errand.replication, errand.variant - 1, s);
        races.effective[at] = fleet::get(row[s], Metric::effective_compute);
        races.amounts[at] = (*amounts_)[s];
      }
    } catch (const ReplicationError& error) {
      throw ReplicationError(core::printable(cases_[errand.case_index].name) + ": " + error.what());
    }
  }

 private:
  Replicator& replicator_of(const Errand& errand) {
    std::optional<Replicator>& replicator = replicators_[errand.case_index * kVariants + errand.variant];
    if (replicator) return *replicator;
    const WhatIfCase& each = cases_[errand.case_index];
    replicator.emplace(each.design, memory_);
    if (errand.variant > 0) {
      const scenario::Perturbation perturbation = kPerturbations[errand.variant - 1].kind;
      replicator->alter = [amounts = amounts_, perturbation](scenario::Scenario& drawn) {
        *amounts = scenario::perturb(drawn, perturbation);
      };
    } else if (!each.guards.empty()) {
      replicator->observe = [&watch = (*watches_)[errand.case_index]](
                                std::uint32_t replication, std::size_t strategy, const fleet::StrategySetup& setup,
                                const fleet::Outcome& outcome) { watch.keep(replication, strategy, setup, outcome); };
    }
    return *replicator;
  }

  std::span<const WhatIfCase> cases_;
  std::vector<Races>* races_;
  std::vector<GoalWatch>* watches_;
  std::shared_ptr<RaceMemory> memory_ = std::make_shared<RaceMemory>();
  /// How much each strategy got from the perturbation that was applied last.
  std::shared_ptr<std::vector<double>> amounts_ = std::make_shared<std::vector<double>>();
  std::vector<std::optional<Replicator>> replicators_;  ///< by case and variant
};

class Study {
 public:
  Study(std::span<const WhatIfCase> cases, std::size_t replications, double confidence)
      : cases_(cases), confidence_(confidence) {
    result_.confidence = confidence;
    for (const WhatIfCase& each : cases) result_.has_chance = result_.has_chance || each.design.has_chance;
    result_.replications = result_.has_chance ? replications : 1;
    std::size_t races = 0;
    for (const WhatIfCase& each : cases) races += each.design.strategies.size() * kVariants;
    require_affordable(result_.replications, races);
    for (const WhatIfCase& each : cases) {
      races_.emplace_back(result_.replications, each.design.strategies.size());
      watches_.emplace_back(each.guards, each.design.strategies, result_.replications);
      // A perturbation of which no strategy gets anything is not run. Whether it is of use is the same in every replication, so
      // that the scenario at its medians tells.
      for (std::size_t k = 0; k < kPerturbations.size(); ++k) {
        scenario::Scenario scenario = each.design.inputs.at(each.design.inputs.medians());
        const std::vector<double> amounts = scenario::perturb(scenario, kPerturbations[k].kind);
        races_.back().applies[k] = std::any_of(amounts.begin(), amounts.end(),
                                               [](double amount) { return amount > 0; });
      }
    }
  }

  [[nodiscard]] WhatIf run(int jobs, const std::atomic<bool>& stop,
                           const std::function<void(std::size_t, std::size_t)>& finished) {
    const std::vector<Errand> errands = all_errands();
    DoneCounter done([&](std::size_t count) {
      if (finished) finished(count, errands.size());
    });
    const bool all = parallel_loop(
        errands.size(), jobs, stop, [&] { return CaseRunner(cases_, races_, watches_); },
        [&](CaseRunner& runner, std::size_t i) {
          runner.run(errands[i]);
          done.add();
        });
    if (!all) return {};
    for (std::size_t i = 0; i < cases_.size(); ++i) result_.cases.push_back(standing(i));
    return result_;
  }

 private:
  [[nodiscard]] std::vector<Errand> all_errands() const {
    std::vector<Errand> errands;
    for (std::size_t r = 0; r < result_.replications; ++r) {
      for (std::size_t i = 0; i < cases_.size(); ++i) {
        for (std::size_t v = 0; v < kVariants; ++v) {
          if (v == 0 || races_[i].applies[v - 1]) errands.push_back({r, i, v});
        }
      }
    }
    return errands;
  }

  [[nodiscard]] Estimate estimate(const std::vector<double>& sample) const {
    const Moments found = moments(sample);
    if (!result_.has_chance) return {found.mean, {found.mean, found.mean}, {found.mean, found.mean, found.mean}};
    return {found.mean, mean_interval(found, confidence_), spread(sample)};
  }

  [[nodiscard]] WhatIfCaseStanding standing(std::size_t case_index) {
    const WhatIfCase& each = cases_[case_index];
    const std::vector<std::string>& base = cases_.front().design.strategies;
    WhatIfCaseStanding result{
        each.name,
        {},
        watches_[case_index].verdicts(each.guards.empty() ? 0 : result_.replications, confidence_, result_.has_chance)};
    for (std::size_t s = 0; s < each.design.strategies.size(); ++s) {
      const std::string& name = each.design.strategies[s];
      const auto twin = std::find(base.begin(), base.end(), name);
      WhatIfStrategy strategy{name, twin != base.end(), {}};
      const auto in_base = static_cast<std::size_t>(twin - base.begin());
      for (std::size_t k = 0; k < kWhatIfMetrics; ++k) {
        MetricStanding& metric = strategy.metrics[k];
        std::vector<double> values(result_.replications);
        for (std::size_t r = 0; r < values.size(); ++r) values[r] = races_[case_index].value(r, s, k);
        const auto are_numbers = [&values] {
          return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
        };
        metric.applies = are_numbers();
        if (!metric.applies) continue;
        metric.value = estimate(values);
        if (case_index == 0 || !strategy.in_base) continue;
        for (std::size_t r = 0; r < values.size(); ++r) {
          const double before = races_.front().value(r, in_base, k);
          const bool is_tied = k < kRaceMetrics.size() ? fleet::are_tied(kRaceMetrics[k], values[r], before)
                                                       : fleet::are_tied(values[r], before);
          values[r] = is_tied ? 0 : values[r] - before;
        }
        metric.has_difference = are_numbers();
        if (!metric.has_difference) continue;
        metric.difference = estimate(values);
        const bool is_same = std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
        if (k < kRaceMetrics.size() && !is_same) result.differs = true;
      }
      result.differs = result.differs || !strategy.in_base;
      result.strategies.push_back(std::move(strategy));
    }
    result.differs = result.differs || result.strategies.size() != base.size();
    return result;
  }

  std::span<const WhatIfCase> cases_;
  double confidence_;
  std::vector<Races> races_;
  std::vector<GoalWatch> watches_;
  WhatIf result_;
};

}  // namespace

const WhatIfMetric& what_if_metric(std::size_t index) {
  static const std::array<WhatIfMetric, kWhatIfMetrics> kAll = [] {
    std::array<WhatIfMetric, kWhatIfMetrics> all;
    for (std::size_t i = 0; i < kRaceMetrics.size(); ++i) {
      const fleet::MetricInfo& known = fleet::info(kRaceMetrics[i]);
      all[i] = {known.name, known.unit, known.summary};
    }
    for (std::size_t i = 0; i < kPerturbations.size(); ++i)
      all[kRaceMetrics.size() + i] = {kPerturbations[i].name, "PF-day", kPerturbations[i].summary};
    return all;
  }();
  return kAll[index];
}

WhatIf what_if(std::span<const WhatIfCase> cases, std::size_t replications, double confidence, int jobs,
               const std::atomic<bool>& stop, const std::function<void(std::size_t done, std::size_t all)>& finished) {
  return Study(cases, replications, confidence).run(jobs, stop, finished);
}

}  // namespace fleetrace::study
