#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/fleet/gauge.hpp"
#include "fleetrace/study/replications.hpp"
#include "fleetrace/study/statistics.hpp"

/// Goals and guards: "relative_loss <= 0.6 at 2032-01-01".
namespace fleetrace::study {

enum class Relation { less, at_most, greater, at_least };

struct Goal {
  std::string written;
  std::string strategy;  ///< empty for every one
  const fleet::Gauge* gauge = nullptr;
  Relation relation = Relation::at_most;
  double bound = 0;              ///< in the gauge's unit
  std::optional<core::Time> at;  ///< the end of the horizon where it is absent

  /// Whether smaller values are on the side of the goal.
  [[nodiscard]] bool is_upper() const { return relation == Relation::less || relation == Relation::at_most; }
  [[nodiscard]] bool met_by(double value) const;
  /// Of a finished race; nullopt where it has no such number.
  [[nodiscard]] std::optional<double> read(const fleet::Case& plan, const fleet::Outcome& outcome) const;
};

/// Reads `[STRATEGY.]COLUMN RELATION VALUE [at DATE or DURATION]`: a column of gauges(), one of <=, <, >=, >, a bare number in
/// the column's unit or one with a unit of its own. Strategies are those that may be named.
[[nodiscard]] std::variant<Goal, core::QuantityProblem> parse_goal(std::string_view text,
                                                                   std::span<const std::string> strategies,
                                                                   const fleet::Horizon& horizon);

/// What a goal's column is for each strategy in each replication of a study.
class GoalWatch {
 public:
  GoalWatch(std::vector<Goal> goals, std::vector<std::string> strategies, std::size_t replications);

  [[nodiscard]] const std::vector<Goal>& goals() const { return goals_; }
  [[nodiscard]] bool has(std::size_t replication) const { return kept_[replication] != 0; }
  [[nodiscard]] std::size_t room() const { return kept_.size(); }
  /// A finished race. Strategies of a replication come in their order, each replication from one thread.
  void keep(std::size_t replication, std::size_t strategy, const fleet::Case& plan, const fleet::Outcome& outcome);

  struct Verdict {
    std::size_t goal = 0;
    std::size_t strategy = 0;
    std::optional<double> mean;  ///< over the replications; nullopt where a race has no such number
    bool met = false;            ///< by the mean
  };
  /// Of each goal and each strategy that it is about, over the first so many replications.
  [[nodiscard]] std::vector<Verdict> verdicts(std::size_t replications) const;

 private:
  [[nodiscard]] std::size_t place(std::size_t replication, std::size_t strategy, std::size_t goal) const {
    return (replication * strategies_.size() + strategy) * goals_.size() + goal;
  }

  std::vector<Goal> goals_;
  std::vector<std::string> strategies_;
  std::vector<double> values_;  ///< NaN where there is none
  std::vector<std::uint8_t> kept_;
};

/// Runs those of the first `count` replications that the watch has not seen. Returns false where it was stopped.
bool complete(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop, GoalWatch& watch);

}  // namespace fleetrace::study
