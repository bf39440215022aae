#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetrace/core/random.hpp"
#include "fleetrace/engine/event.hpp"
#include "fleetrace/models/failure.hpp"
#include "fleetrace/models/power_grid.hpp"

/// Elements of a site's power tree that go out, each copy on its own clock: exponential up times and repairs.
namespace fleetrace::fleet {

/// How a site's elements fail. What is installed is spread evenly over the tree, so that the share of it that is powered is what
/// the tree delivers with all that is out, over what it delivers whole; in what follows that is called the share.
struct PowerOutages {
  struct Copy {
    std::uint32_t copy = 0;  ///< of the grid
    models::RepairLaw repair;
    models::LifeLaw life;
    double out = 0;  ///< share of the time [1]
  };
  /// A share and how much of the time it holds.
  struct Level {
    double share = 1;
    double probability = 1;
  };

  explicit PowerOutages(std::vector<models::PowerElement> tree) : elements(std::move(tree)), grid(elements) {}

  std::vector<models::PowerElement> elements;
  models::PowerGrid grid;
  std::vector<Copy> copies;  ///< that go out
  double whole_mw = 0;       ///< delivered with nothing out [milliwatt]
  /// The mean share, exact in what is lost with one copy out and with any two: 1 - sum q_a l_a - sum q_a q_b (l_ab - l_a - l_b).
  /// Of more than kMostPaired copies, or where as many have several sources, losses of two add up; so do those of three.
  double mean_share = 1;
  std::vector<Level> levels;       ///< with that mean
  double losses_per_ms = 0;        ///< how often less is delivered than before [1/ms]
  double share_losses_per_ms = 0;  ///< the same, each counted by the share that it takes

  static constexpr std::size_t kMostPaired = 100;

  /// Sets what follows from the copies that go out.
  void tabulate();
  [[nodiscard]] double share(const models::PowerGrid::State& state) const {
    return static_cast<double>(state.delivers) / whole_mw;
  }
  /// E min(target, those that are up and powered) of a batch by that failure law, own as there.
  [[nodiscard]] double expected_working(const models::FailureLaw& law, std::int64_t installed, std::int64_t target,
                                        double own) const;
};

/// A copy with its clock.
struct PowerClock {
  core::Entity entity;
  engine::EventId next;
  std::uint32_t site = 0;
  std::uint32_t copy = 0;  ///< into PowerOutages::copies
  std::uint32_t cycle = 0;
};

}  // namespace fleetrace::fleet
