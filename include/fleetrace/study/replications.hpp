#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "fleetrace/fleet/inputs.hpp"
#include "fleetrace/fleet/measures.hpp"
#include "fleetrace/fleet/world.hpp"

/// Replications: in each, all strategies race on one draw of the world.
namespace fleetrace::study {

/// A replication that cannot be run: the message names it and says why.
class ReplicationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What all replications of a study have in common.
struct Plan {
  fleet::Inputs inputs;
  std::uint32_t seed = 1;
  std::optional<double> target;  ///< relative loss in (0, 1)
  std::vector<std::string> strategies;
  bool has_chance = false;        ///< whether replications differ at all
  bool resolves_by_draw = false;  ///< whether cases do, not only what happens in them

  /// Throws core::InputError for a scenario that does not resolve.
  static Plan of(const fleet::Scenario& scenario, std::uint32_t seed, std::optional<double> target);
};

/// Called with a finished race.
using Observer =
    std::function<void(std::uint32_t replication, std::size_t strategy, const fleet::Case&, const fleet::Outcome&)>;

/// As many as there are.
inline constexpr std::size_t kEveryReplication = std::numeric_limits<std::size_t>::max();

/// Runs replications one after the other and keeps its memory from one to the next.
class Replicator {
 public:
  explicit Replicator(const Plan& plan) : plan_(&plan) {}

  /// Measures of each strategy, in the order of the plan, until the next is run. Throws ReplicationError.
  std::span<const fleet::Measures> run(std::uint32_t replication) {
    row_.resize(plan_->strategies.size());
    run(replication, row_);
    return row_;
  }
  /// The same, written to `row`.
  void run(std::uint32_t replication, std::span<fleet::Measures> row);
  /// The same with these values of the inputs, in the order of Inputs::all(); chance is that of the replication.
  void run(std::uint32_t replication, std::span<const double> values, std::span<fleet::Measures> row);
  /// Called with each finished race of the first `observed` replications. Of others no more is kept than measures take.
  Observer observe;
  std::size_t observed = kEveryReplication;
  /// Called with the scenario that a replication drew, before it is resolved: what it changes there holds for that race.
  std::function<void(fleet::Scenario&)> alter;

 private:
  /// The cases of a draw, in the memory of the one before.
  std::vector<fleet::Case>& cases_of(const fleet::Draw& chance, std::span<const double> values);
  std::vector<fleet::Case>& resolve(const fleet::Draw& chance, std::span<const double> values);

  const Plan* plan_;
  std::vector<double> uniforms_;
  std::vector<double> values_;
  std::optional<fleet::DrawnScenario> drawn_;
  fleet::Resolution resolution_;
  bool holds_for_all_ = false;  ///< whether its cases are those of every replication but for chance
  fleet::World world_;
  fleet::Outcome outcome_;
  std::vector<fleet::Measures> row_;
};

/// Measures by replication and strategy: 8 bytes each, of those that are kept.
class Results {
 public:
  /// Keeps all measures.
  explicit Results(std::size_t strategies);
  /// Keeps these; of others it knows nothing.
  Results(std::size_t strategies, std::span<const fleet::Measure> kept);

  [[nodiscard]] std::size_t strategies() const { return strategies_; }
  [[nodiscard]] std::size_t replications() const { return done_.size(); }
  /// No number where the measure is not kept.
  [[nodiscard]] double get(std::size_t replication, std::size_t strategy, fleet::Measure measure) const {
    const std::size_t place = places_[static_cast<std::size_t>(measure)];
    return place == kNowhere ? kNothing : values_[(replication * strategies_ + strategy) * kept_ + place];
  }
  /// All of one race.
  [[nodiscard]] fleet::Measures at(std::size_t replication, std::size_t strategy) const;
  /// What is kept of a row. Each replication is written by one thread only.
  void set(std::size_t replication, std::span<const fleet::Measures> row);
  /// Room for so many; those that were run are kept.
  void resize(std::size_t replications) {
    values_.resize(replications * strategies_ * kept_);
    done_.resize(replications);
  }
  /// Whether replication i was run.
  [[nodiscard]] bool has(std::size_t i) const { return i < done_.size() && done_[i] != 0; }
  void set_done(std::size_t i) { done_[i] = 1; }
  [[nodiscard]] std::size_t done() const;

  /// One measure of one strategy, by replication.
  [[nodiscard]] std::vector<double> sample(std::size_t strategy, fleet::Measure measure) const;

 private:
  static constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();
  static constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

  std::size_t strategies_;
  std::size_t kept_ = 0;
  std::array<std::size_t, fleet::kMeasures> places_;
  std::vector<double> values_;
  std::vector<std::uint8_t> done_;
};

/// Calls `body(worker, i)` for each i in [0, count) on `jobs` threads, each with a worker of its own; the calls may come in
/// any order, so `body` writes to places of its i only. 0 jobs: all cores. The exception of the smallest i that failed is
/// thrown again. Once `stop` is set no further i is begun; returns whether all were done.
bool parallel_replications(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop,
                           const std::function<void(Replicator&, std::size_t)>& body);

/// Called after every replication, by any thread, one call at a time.
using Finished = std::function<void(std::uint32_t replication, std::span<const fleet::Measures> row)>;

/// Runs replications so that `results` holds the first `count`; those that it holds already are not run again. The same for
/// every number of jobs. Returns false where it was stopped: what was finished until then is in `results`. `observe` sees the
/// races of the first `observed` as they end, by any thread; the others take about half the time.
bool replicate(const Plan& plan, std::size_t count, int jobs, const std::atomic<bool>& stop, Results& results,
               const Finished& finished = {}, const Observer& observe = {}, std::size_t observed = kEveryReplication);

}  // namespace fleetrace::study
