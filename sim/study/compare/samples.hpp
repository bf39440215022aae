#pragma once

#include <cstddef>
#include <vector>

#include "sim/study/results.hpp"

namespace fleetrace::study {

/// One objective by strategy and replication, under the rules by which strategies are compared:
/// - Where a strategy has no value, it is worse than every value. Two that have none are not tied: neither wins.
/// - Times to a target are restricted: where the target is not reached, they count as the horizon, in means and differences.
/// - All other objectives count where they have a value.
/// - Values that fleet::are_tied() are the same value.
class Samples {
 public:
  /// `results` must outlive it. Throws ReplicationError where a value that counts is not finite.
  Samples(const Results& results, fleet::Metric objective);
  /// The same for a look at this replication alone, the others of which may not have been run.
  Samples(const Results& results, fleet::Metric objective, std::size_t replication);

  [[nodiscard]] fleet::Metric objective() const { return objective_; }
  [[nodiscard]] std::size_t strategies() const { return results_->strategies(); }
  [[nodiscard]] std::size_t replications() const { return results_->replications(); }

  [[nodiscard]] double value(std::size_t strategy, std::size_t replication) const {
    return results_->get(replication, strategy, objective_);
  }
  [[nodiscard]] bool has_value(std::size_t strategy, std::size_t replication) const {
    return fleet::has_value(objective_, value(strategy, replication),
                            results_->get(replication, strategy, fleet::Metric::target_reached));
  }
  /// Whether means and differences speak of it.
  [[nodiscard]] bool counts(std::size_t strategy, std::size_t replication) const {
    return objective_ == fleet::Metric::time_to_target || has_value(strategy, replication);
  }
  /// The value with the sign that makes smaller values better.
  [[nodiscard]] double loss(std::size_t strategy, std::size_t replication) const {
    return sign_ * value(strategy, replication);
  }
  /// The smallest loss of those that have a value; infinite where none has.
  [[nodiscard]] double best_loss(std::size_t replication) const;
  /// How far a loss lies above another, 0 where they are tied.
  [[nodiscard]] double above(double loss, double other) const {
    return fleet::are_tied(objective_, loss, other) ? 0 : loss - other;
  }
  [[nodiscard]] double sign() const { return sign_; }

  /// The values of all replications, infinite where there is none, ascending.
  [[nodiscard]] std::vector<double> sorted(std::size_t strategy) const;

 private:
  void require_finite(std::size_t replication) const;

  const Results* results_;
  fleet::Metric objective_;
  double sign_;
};

}  // namespace fleetrace::study
