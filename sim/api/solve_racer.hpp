#pragma once

#include <array>
#include <atomic>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "sim/api/reports.hpp"
#include "sim/api/settings.hpp"
#include "sim/study/parallel.hpp"

namespace fleetrace {

/// Races the replications of a search for one input after the other: the strategies of its goal alone, on the same draws for
/// every input. What was raced is kept.
class SolveRacer {
 public:
  SolveRacer(const study::StudyDesign& design, const SolveReport& asked, const StudySettings& settings,
             const std::atomic<bool>& stop, const Progress& progress);

  /// Thrown where the search was stopped.
  struct Interrupted {};

  [[nodiscard]] std::size_t replications() const { return count_; }
  /// The goal's number in every replication; no number where a race has none.
  [[nodiscard]] const std::vector<double>& values(double input);
  /// Their mean. Throws ReplicationError where a race has no such number.
  [[nodiscard]] double mean(double input);
  /// The same numbers, those that are nearest to meeting the goal first. What has none is infinitely far from it.
  [[nodiscard]] std::span<const double> sorted(double input);
  /// What binds the goal's strategy at an input in the replications that miss the goal, what binds longest first.
  [[nodiscard]] std::vector<study::SolveObstacle> obstacles(double input);

 private:
  /// For how many years each constraint binds a strategy until the goal's date.
  using YearsBound = std::array<double, fleet::kConstraints>;

  [[nodiscard]] std::vector<double> race(double input, std::vector<YearsBound>* years);

  const study::StudyDesign& design_;
  const SolveReport& asked_;
  std::vector<std::string> strategies_;
  std::size_t count_;
  int jobs_;
  const std::atomic<bool>& stop_;
  std::size_t inputs_ = 0;  ///< that were begun
  study::DoneCounter done_;
  std::map<double, std::vector<double>> values_;  ///< by input
  std::map<double, std::vector<double>> sorted_;  ///< by input
};

}  // namespace fleetrace
