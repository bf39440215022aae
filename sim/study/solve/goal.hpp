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
#include "fleetrace/study/results.hpp"
#include "sim/core/units/currency.hpp"
#include "sim/fleet/results/result_number.hpp"
#include "sim/study/replications.hpp"
#include "sim/study/statistics.hpp"

/// Goals, such as "relative_loss <= 0.6 at 2032-01-01". A guard is a goal that makes a verb fail where it is met.
namespace fleetrace::study {

enum class Relation { less, at_most, greater, at_least };

[[nodiscard]] bool holds(double value, Relation relation, double bound);
/// Whether a relation sets an upper bound.
[[nodiscard]] inline bool is_upper(Relation relation) {
  return relation == Relation::less || relation == Relation::at_most;
}

struct Goal {
  /// How the numbers of two strategies make one: "keep.npv_usd - retire.npv_usd".
  enum class Join { none, minus, over };
  /// What is asked of the probability of meeting the goal: "P(relative_loss > 0.7) > 0.1".
  struct Chance {
    Relation relation = Relation::greater;
    double bound = 0;  ///< in [0, 1]
  };

  std::string source_text;  ///< as the user wrote it
  std::string strategy;     ///< empty for every strategy
  fleet::ResultNumber number;
  Join join = Join::none;
  std::string other_strategy;  ///< of the second number; empty for that of the first
  fleet::ResultNumber other;   ///< where two are joined
  Relation relation = Relation::at_most;
  double bound = 0;              ///< in the unit of the number
  std::optional<core::Time> at;  ///< where it is absent, the goal is about the end of the horizon
  std::optional<Chance> chance;  ///< where the goal is about a probability

  /// Whether the bound is an upper one: values below it meet the goal.
  [[nodiscard]] bool is_upper() const { return study::is_upper(relation); }
  [[nodiscard]] bool met_by(double value) const { return holds(value, relation, bound); }
  [[nodiscard]] bool is_joined() const { return join != Join::none; }
  [[nodiscard]] bool needs_base() const { return number.needs_base() || (is_joined() && other.needs_base()); }
  /// The number in words and its unit: "relative_loss", "npv_usd - retire.npv_usd"; "USD", "USD/kWh".
  [[nodiscard]] std::string name() const;
  [[nodiscard]] std::string unit() const;
  /// Why a race may have none; empty where every race has one.
  [[nodiscard]] std::string absent() const;
  /// The number of two that are joined; no number where one of them is none, nor beside a zero that divides.
  [[nodiscard]] double joined(double first, double second) const;
};

/// Reads `[STRATEGY.]NUMBER [- or / [STRATEGY.]NUMBER] RELATION VALUE [at DATE or DURATION]`, where VALUE may be a number of the
/// result, too, or `P(GOAL) RELATION PROBABILITY`. NUMBER is a path of fleet::ResultNumber, RELATION one of <=, <, >= and >,
/// and VALUE a bare number in its unit or one with a unit of its own. `strategies` are those that may be named, `setups` those
/// whose items may be; without setups any may. Money may be in `currency`, too, where one is declared.
[[nodiscard]] std::variant<Goal, core::QuantityProblem> parse_goal(std::string_view text,
                                                                   std::span<const std::string> strategies,
                                                                   const fleet::Horizon& horizon,
                                                                   std::span<const fleet::StrategySetup> setups = {},
                                                                   const std::optional<core::Currency>& currency = {});
/// The same for the strategies of a scenario.
[[nodiscard]] std::variant<Goal, core::QuantityProblem> parse_goal(std::string_view text,
                                                                   std::span<const fleet::StrategySetup> setups,
                                                                   const std::optional<core::Currency>& currency = {});

/// Makes a design keep what goals ask for: the dates that they name, and the world without purchases.
void ask_for(std::span<const Goal> goals, StudyDesign& design);
/// The dates that goals name. A race must know them before it begins.
[[nodiscard]] std::vector<core::Time> dates_of(std::span<const Goal> goals);

/// Keeps the numbers of goals for each strategy in each replication of a study.
class GoalWatch {
 public:
  GoalWatch(std::vector<Goal> goals, std::vector<std::string> strategies, std::size_t replications);

  [[nodiscard]] const std::vector<Goal>& goals() const { return goals_; }
  [[nodiscard]] bool has(std::size_t replication) const { return kept_[replication] != 0; }
  [[nodiscard]] std::size_t room() const { return kept_.size(); }
  /// Keeps a finished race. The strategies of a replication come in their order and from one thread; several replications may
  /// come at a time.
  void keep(std::size_t replication, std::size_t strategy, const fleet::StrategySetup& setup,
            const fleet::Outcome& outcome);

  /// The number of a goal for a strategy in the first so many replications; no number where a race has none.
  [[nodiscard]] std::vector<double> values(std::size_t goal, std::size_t strategy, std::size_t replications) const;

  /// Whether a strategy meets a goal.
  using Verdict = GoalVerdict;
  /// Verdicts on each goal for each strategy that it is about, over the first so many replications. Without chance a probability
  /// is 0 or 1, exactly.
  [[nodiscard]] std::vector<Verdict> verdicts(std::size_t replications, double confidence, bool has_chance) const;

 private:
  [[nodiscard]] std::size_t place(std::size_t replication, std::size_t strategy, std::size_t goal) const {
    return 2 * ((replication * strategies_.size() + strategy) * goals_.size() + goal);
  }
  [[nodiscard]] bool is_about(const Goal& goal, std::size_t strategy) const;
  [[nodiscard]] std::size_t index_of(const std::string& name, std::size_t otherwise) const;
  [[nodiscard]] Verdict verdict(std::size_t goal, std::size_t strategy, std::size_t replications, double confidence,
                                bool has_chance) const;

  std::vector<Goal> goals_;
  std::vector<std::string> strategies_;
  /// Two numbers a goal: its own, and the one that is joined to it; NaN where there is none.
  std::vector<double> values_;
  std::vector<std::uint8_t> kept_;  ///< whether all strategies are kept, by replication
};

/// Runs those of the first `count` replications that the watch has not kept. Returns false where it was stopped.
bool complete(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop, GoalWatch& watch);

}  // namespace fleetrace::study
