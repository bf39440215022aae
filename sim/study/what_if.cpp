#include "fleetrace/study/what_if.hpp"

#include <algorithm>
#include <limits>
#include <mutex>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::study {
namespace {

using fleet::kReliefs;
using fleet::Measure;
using fleet::Measures;

constexpr std::size_t kVariants = 1 + kReliefs.size();  ///< as it is, and with each relief
constexpr double kPfDay = 8.64e19;                      ///< [FLOP]

constexpr std::array<Measure, kWhatIfMeasures> kMeasured = {
    Measure::final_loss, Measure::mean_loss,  Measure::effective_compute, Measure::spend,
    Measure::energy,     Measure::idle_money, Measure::idle_accelerators};

/// What the races of one future came to.
struct Races {
  std::size_t strategies = 0;
  std::vector<Measures> rows;     ///< by replication and strategy
  std::vector<double> effective;  ///< FLOP with a relief, by replication, relief and strategy
  std::vector<double> amounts;    ///< relieved, likewise
  std::array<bool, kReliefs.size()> applies = {};

  Races(std::size_t replications, std::size_t count)
      : strategies(count),
        rows(replications * count),
        effective(replications * count * kReliefs.size()),
        amounts(effective.size()) {}

  [[nodiscard]] std::span<Measures> row(std::size_t replication) {
    return {rows.data() + replication * strategies, strategies};
  }
  [[nodiscard]] std::size_t place(std::size_t replication, std::size_t relief, std::size_t strategy) const {
    return (replication * kReliefs.size() + relief) * strategies + strategy;
  }

  /// A figure of a strategy in a replication; no number where it does not apply.
  [[nodiscard]] double value(std::size_t replication, std::size_t strategy, std::size_t figure) const {
    const Measures& plain = rows[replication * strategies + strategy];
    if (figure < kWhatIfMeasures) return fleet::get(plain, kMeasured[figure]);
    const std::size_t at = place(replication, figure - kWhatIfMeasures, strategy);
    if (amounts[at] == 0) return std::numeric_limits<double>::quiet_NaN();
    return (effective[at] - fleet::get(plain, Measure::effective_compute)) / kPfDay / amounts[at];
  }
};

class Study {
 public:
  Study(std::span<const Future> futures, std::size_t replications, double confidence)
      : futures_(futures), confidence_(confidence) {
    result_.confidence = confidence;
    for (const Future& each : futures) result_.has_chance = result_.has_chance || each.plan.has_chance;
    result_.replications = result_.has_chance ? replications : 1;
    for (const Future& each : futures) {
      races_.emplace_back(result_.replications, each.plan.strategies.size());
      watches_.emplace_back(each.guards, each.plan.strategies, result_.replications);
      // A relief that no strategy gets anything of is not run: that shows in any replication.
      for (std::size_t k = 0; k < kReliefs.size(); ++k) {
        fleet::Scenario scenario = each.plan.inputs.at(each.plan.inputs.medians());
        const std::vector<double> amounts = fleet::relieve(scenario, kReliefs[k].relief);
        races_.back().applies[k] = std::any_of(amounts.begin(), amounts.end(),
                                               [](double amount) { return amount > 0; });
      }
    }
  }

  [[nodiscard]] WhatIf run(int jobs, const std::atomic<bool>& stop,
                           const std::function<void(std::size_t, std::size_t)>& finished) {
    struct Errand {
      std::size_t replication;
      std::size_t future;
      std::size_t variant;
    };
    std::vector<Errand> errands;
    for (std::size_t r = 0; r < result_.replications; ++r) {
      for (std::size_t f = 0; f < futures_.size(); ++f) {
        for (std::size_t v = 0; v < kVariants; ++v) {
          if (v == 0 || races_[f].applies[v - 1]) errands.push_back({r, f, v});
        }
      }
    }
    std::mutex mutex;
    std::size_t done = 0;
    const bool all = parallel_replications(futures_.front().plan, errands.size(), jobs, stop,
                                           [&](Replicator& /*of the base*/, std::size_t i) {
                                             const Errand& errand = errands[i];
                                             race(errand.replication, errand.future, errand.variant);
                                             const std::lock_guard lock(mutex);
                                             ++done;
                                             if (finished) finished(done, errands.size());
                                           });
    if (!all) return {};
    for (std::size_t f = 0; f < futures_.size(); ++f) result_.futures.push_back(standing(f));
    return result_;
  }

 private:
  void race(std::size_t replication, std::size_t future, std::size_t variant) {
    const Future& each = futures_[future];
    Races& races = races_[future];
    Replicator replicator(each.plan);
    const auto number = static_cast<std::uint32_t>(replication);
    try {
      if (variant == 0) {
        if (!each.guards.empty()) {
          replicator.observe = [this, future](std::uint32_t r, std::size_t strategy, const fleet::Case& plan,
                                              const fleet::Outcome& outcome) {
            watches_[future].keep(r, strategy, plan, outcome);
          };
        }
        return replicator.run(number, races.row(replication));
      }
      std::vector<Measures> row(races.strategies);
      std::vector<double> amounts;
      replicator.alter = [&](fleet::Scenario& drawn) { amounts = fleet::relieve(drawn, kReliefs[variant - 1].relief); };
      replicator.run(number, row);
      for (std::size_t s = 0; s < row.size(); ++s) {
        const std::size_t at = races.place(replication, variant - 1, s);
        races.effective[at] = fleet::get(row[s], Measure::effective_compute);
        races.amounts[at] = amounts[s];
      }
    } catch (const ReplicationError& error) {
      throw ReplicationError(core::printable(each.name) + ": " + error.what());
    }
  }

  [[nodiscard]] Estimate estimate(const std::vector<double>& sample) const {
    const Moments found = moments(sample);
    if (!result_.has_chance) return {found.mean, {found.mean, found.mean}};
    return {found.mean, mean_interval(found, confidence_)};
  }

  [[nodiscard]] FutureStanding standing(std::size_t future) {
    const Future& each = futures_[future];
    const std::vector<std::string>& base = futures_.front().plan.strategies;
    FutureStanding result{each.name, {}, watches_[future].verdicts(each.guards.empty() ? 0 : result_.replications)};
    for (std::size_t s = 0; s < each.plan.strategies.size(); ++s) {
      const std::string& name = each.plan.strategies[s];
      const auto twin = std::find(base.begin(), base.end(), name);
      StrategyFuture strategy{name, twin != base.end(), {}};
      const auto in_base = static_cast<std::size_t>(twin - base.begin());
      for (std::size_t k = 0; k < kFigures; ++k) {
        FigureStanding& figure = strategy.figures[k];
        std::vector<double> values(result_.replications);
        for (std::size_t r = 0; r < values.size(); ++r) values[r] = races_[future].value(r, s, k);
        figure.applies = std::none_of(values.begin(), values.end(), [](double value) { return value != value; });
        if (!figure.applies) continue;
        figure.value = estimate(values);
        if (!strategy.in_base) continue;
        for (std::size_t r = 0; r < values.size(); ++r) values[r] -= races_.front().value(r, in_base, k);
        figure.difference = estimate(values);
        const bool is_same = std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
        if (k < kWhatIfMeasures && !is_same) result.differs = true;
      }
      result.differs = result.differs || !strategy.in_base;
      result.strategies.push_back(std::move(strategy));
    }
    result.differs = result.differs || result.strategies.size() != base.size();
    return result;
  }

  std::span<const Future> futures_;
  double confidence_;
  std::vector<Races> races_;
  std::vector<GoalWatch> watches_;
  WhatIf result_;
};

}  // namespace

const Figure& figure(std::size_t index) {
  static const std::array<Figure, kFigures> kAll = [] {
    std::array<Figure, kFigures> all;
    for (std::size_t i = 0; i < kWhatIfMeasures; ++i) {
      const fleet::MeasureInfo& known = fleet::info(kMeasured[i]);
      all[i] = {known.name, known.unit, known.summary};
    }
    for (std::size_t i = 0; i < kReliefs.size(); ++i)
      all[kWhatIfMeasures + i] = {kReliefs[i].name, "PF-day", kReliefs[i].summary};
    return all;
  }();
  return kAll[index];
}

WhatIf what_if(std::span<const Future> futures, std::size_t replications, double confidence, int jobs,
               const std::atomic<bool>& stop, const std::function<void(std::size_t done, std::size_t all)>& finished) {
  return Study(futures, replications, confidence).run(jobs, stop, finished);
}

}  // namespace fleetrace::study
