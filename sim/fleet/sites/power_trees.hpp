#pragma once

#include <optional>
#include <vector>

#include "sim/core/random/random.hpp"
#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// The power trees of the sites of one race, where their elements go out as events, each copy on its own clock. What is
/// installed is spread evenly over a tree, so that its site has a share of its power.
class PowerTrees {
 public:
  /// Draws which elements are out at the start, in the stationary regime, and plans what happens to each next.
  void reset(const StrategySetup& setup, EventScheduler& events);

  /// The element of the clock at `index` goes out and will be back. Returns its site where that has another share of its power now.
  std::optional<std::uint32_t> take_out(std::uint32_t index, EventScheduler& events);
  /// The element of the clock at `index` is back and will go out again; likewise.
  std::optional<std::uint32_t> restore(std::uint32_t index, EventScheduler& events);

  /// Whether any element goes out at all.
  [[nodiscard]] bool has_outages() const { return !clocks_.empty(); }
  /// Share of what is installed on a site and up that the site delivers power for [1].
  [[nodiscard]] double share(std::uint32_t site) const { return shares_[site]; }
  /// What the tree of a site delivers now [milliwatt], and which of its copies are out.
  [[nodiscard]] const models::PowerTreeState::State& state(std::uint32_t site) const { return trees_[site]; }
  /// Elements that have gone out so far.
  [[nodiscard]] std::int64_t outages() const { return outages_; }
  /// Where the element of the clock at `index` stands and what it is called: " site=main element=feed.2".
  [[nodiscard]] std::string describe(std::uint32_t index) const;

  /// Whether every share is what its tree delivers.
  [[nodiscard]] bool consistent() const;

 private:
  /// A copy of an element with its clock.
  struct Clock {
    core::Entity entity;
    engine::EventId next;  ///< next outage of the element, or its return
    std::uint32_t site = 0;
    std::uint32_t copy = 0;   ///< index into PowerOutages::copies
    std::uint32_t cycle = 0;  ///< number of phases so far
  };

  [[nodiscard]] const PowerOutages::Copy& law_of(const Clock& clock) const {
    return setup_->plant.sites[clock.site].outages->copies[clock.copy];
  }
  [[nodiscard]] core::Stream stream(core::Purpose purpose, const Clock& clock) const {
    return {setup_->draw.seed, setup_->draw.replication, purpose, clock.entity.part(clock.cycle)};
  }
  std::optional<std::uint32_t> toggle(const Clock& clock);

  const StrategySetup* setup_ = nullptr;
  std::vector<models::PowerTreeState::State> trees_;  ///< by site
  std::vector<double> shares_;                        ///< by site
  std::vector<Clock> clocks_;
  std::int64_t outages_ = 0;
};

}  // namespace fleetrace::fleet
