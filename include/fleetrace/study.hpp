#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fleetrace/scenario.hpp"
#include "fleetrace/study/results.hpp"
#include "fleetrace/study/what_if.hpp"

/// Studies: the same scenario raced many times. All of them give the same bits for every number of threads.
///
/// Beside what each call names, all of them throw StudyError for a replication that cannot be run, std::invalid_argument for
/// options that make no sense, and Stopped where the stop token ended them before there was a result.
namespace fleetrace {

struct ComparisonReport;
struct SensitivityReport;
struct SolveReport;
struct SweepReport;
struct WhatIfReport;

/// A replication that cannot be run; the message names it and says why.
using StudyError = study::ReplicationError;

/// A study that was stopped from outside before there was a result.
class Stopped : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Called by any thread as work is done, one call at a time. `total` may shrink where a rule ends a study early.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

/// What all studies ask for. Whatever is left out is taken from the scenario's `study` section.
struct StudyOptions {
  std::optional<std::size_t> replications = {};  ///< how many draws of the world, at least 1
  std::uint32_t seed = 1;                        ///< all random numbers come from it
  int jobs = 0;                                  ///< threads; 0 for one on every core that the process may use
  std::optional<fleet::Metric> objective = {};   ///< one of fleet::objective_names(), or one of your own
  std::optional<double> target = {};             ///< the relative loss in (0, 1) that the two target objectives mean
  std::optional<double> confidence = {};         ///< of all intervals, in (0, 1)
  Progress progress = {};
  std::stop_token stop = {};
};

struct CompareOptions {
  std::optional<std::size_t> replications = {};  ///< how many draws of the world, at least 1
  std::uint32_t seed = 1;                        ///< all random numbers come from it
  int jobs = 0;                                  ///< threads; 0 for one on every core that the process may use
  std::optional<fleet::Metric> objective = {};   ///< one of fleet::objective_names(), or one of your own
  std::optional<double> target = {};             ///< the relative loss in (0, 1) that the two target objectives mean
  std::optional<double> confidence = {};         ///< of all intervals, in (0, 1)
  /// Draws until every difference between two strategies is known to this half-width, in the objective's unit. `replications`
  /// is then the largest number of draws, 100,000 where it is left out.
  std::optional<double> half_width = {};
  /// Draws until the best strategy is selected with the confidence, if it is better by this much or more (Kim and Nelson 2001).
  /// `replications` is the largest number of draws here, too.
  std::optional<double> select = {};
  Progress progress = {};
  std::stop_token stop = {};
};

/// Who wins, by how much, and how sure that is.
struct Comparison : study::Comparison {
  study::StoppingResult stopping;
  study::LossBands bands;
  /// Whether the stop token ended the study, so that it speaks of the replications finished by then.
  bool was_stopped = false;
  std::shared_ptr<const ComparisonReport> details;  ///< in a type of the library's own, as in the results below
};

/// Races all strategies in each replication on the same draw of the world and compares them. Where the stop token ends it, the
/// replications that were finished are compared, if there is at least one.
[[nodiscard]] Comparison compare(const Scenario& scenario, const CompareOptions& options = {});

/// A changed scenario for what_if(): paths and values, as Scenario::set takes them.
struct WhatIfChange {
  std::string name;
  std::vector<std::pair<std::string, std::string>> set;
  std::string summary = {};  ///< one line about the change; may be empty
};

/// The result of what_if(). Its first case is the scenario as it is.
struct WhatIfResult : study::WhatIf {
  std::shared_ptr<const WhatIfReport> details;
};

/// Races the scenario and changed ones on the same draws, for the effect of each change, the bottlenecks, and the value of one
/// more MW, million USD or month. Without changes the cases that the scenario defines are raced. Of the options, `objective` and
/// `target` have no effect. Throws InvalidScenario for a change that makes no valid scenario.
[[nodiscard]] WhatIfResult what_if(const Scenario& scenario, const std::vector<WhatIfChange>& changes = {},
                                   const StudyOptions& options = {});

/// A comparison at every point of a grid; the last axis runs fastest.
struct Sweep {
  std::vector<study::Axis> axes;
  std::vector<study::Comparison> points;
  std::shared_ptr<const SweepReport> details;
};

/// Compares the strategies at every point of the grid over these axes, of which there is at least one. Throws InvalidScenario
/// with what is wrong at any point.
[[nodiscard]] Sweep sweep(const Scenario& scenario, const std::vector<study::Axis>& axes,
                          const StudyOptions& options = {});

struct SensitivityOptions {
  std::uint32_t seed = 1;
  int jobs = 0;                                 ///< threads; 0 for one on every core that the process may use
  std::optional<fleet::Metric> objective = {};  ///< one of fleet::objective_names(), or one of your own
  std::optional<double> target = {};            ///< the relative loss in (0, 1) that the two target objectives mean
  std::optional<double> confidence = {};        ///< of all intervals, in (0, 1)
  /// The strategy that is asked about. Where it is empty, the one with the best mean is compared with the second-best.
  std::string strategy = {};
  /// The strategy whose objective is subtracted. Where it is empty, that of `strategy` is looked at alone.
  std::string against = {};
  std::size_t points = 128;  ///< size of each of the 16 Sobol samples; a power of two from 2 to 1,048,576
  Progress progress = {};
  std::stop_token stop = {};
};

/// The result of sensitivity(): which uncertain input decides.
struct Sensitivity : study::Sensitivity {
  std::vector<std::string> input_names;  ///< paths of the inputs that InputEffect::input counts
  std::shared_ptr<const SensitivityReport> details;
};

/// Sobol indices, one-at-a-time effects and break-evens of the uncertain inputs. Throws InvalidScenario where the scenario has
/// none.
[[nodiscard]] Sensitivity sensitivity(const Scenario& scenario, const SensitivityOptions& options = {});

/// The result of solve(): the input that meets a goal.
struct SolveResult : study::Solution {
  std::string strategy;      ///< the strategy that the goal is about
  study::Interval interval;  ///< the interval for the mean of the goal's number at the solution
  std::shared_ptr<const SolveReport> details;
};

/// Looks for the value of the number at `path` at which `goal` begins to be met, such as
/// solve(scenario, "strategies.turtle.budget", "turtle.relative_loss <= 0.6 at 2032-01-01"). `between` bounds the search, in
/// the base unit of the number. Of the options, `objective` and `target` have no effect. The mean over the replications meets the
/// goal, or with `probability` in (0, 1) so large a share of them does.
[[nodiscard]] SolveResult solve(const Scenario& scenario, std::string_view path, std::string_view goal,
                                const StudyOptions& options = {},
                                const std::optional<std::pair<double, double>>& between = {},
                                const std::optional<double>& probability = {});

}  // namespace fleetrace
