#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/failure/failure.hpp"
#include "models/site/power_tree_state.hpp"
#include "sim/core/random/random.hpp"
#include "sim/engine/event.hpp"

/// The law by which elements of a site's power tree go out: each copy on its own clock, with exponential up times and repairs.
namespace fleetrace::fleet {

/// How the elements of a site's power tree fail. What is installed is spread evenly over the tree. The share of it that is powered
/// is what the tree delivers with some copies out over what it delivers whole.
struct PowerOutages {
  /// A copy of an element.
  struct Copy {
    std::uint32_t copy = 0;  ///< which copy of the tree the element stands in
    models::RepairLaw repair;
    models::LifeLaw life;
    double out = 0;  ///< share of the time that it is out [1]
  };
  /// A share of power, and the share of the time that it holds.
  struct Level {
    double share = 1;
    double probability = 1;
  };

  explicit PowerOutages(std::vector<models::PowerElement> tree) : elements(std::move(tree)), grid(elements) {}

  std::vector<models::PowerElement> elements;
  models::PowerTreeState grid;
  std::vector<Copy> copies;    ///< copies that go out
  double whole_milliwatt = 0;  ///< what the tree delivers with nothing out [milliwatt]
  /// The mean share, exact in what is lost with one copy out and with any two: 1 - sum q_a l_a - sum q_a q_b (l_ab - l_a - l_b).
  /// Of more than kMostPaired copies, or where as many have several sources, losses of two add up; so do those of three.
  double mean_share = 1;
  std::vector<Level> levels;       ///< all shares of power by time, whose mean is mean_share
  double losses_per_ms = 0;        ///< rate of outages after which less is delivered [1/ms]
  double share_losses_per_ms = 0;  ///< rate of those outages, each weighted by the share that it takes [1/ms]

  static constexpr std::size_t kMostPaired = 100;

  /// Sets mean_share, levels and rates from the copies that go out.
  void tabulate();
  [[nodiscard]] double share(const models::PowerTreeState::State& state) const {
    return static_cast<double>(state.delivers) / whole_milliwatt;
  }
  /// E min(target, units that are up and powered) of a batch by a failure law; `own` as in FailureLaw::expected_working.
  [[nodiscard]] double expected_working(const models::FailureLaw& law, std::int64_t installed, std::int64_t target,
                                        double own) const;
};

}  // namespace fleetrace::fleet
