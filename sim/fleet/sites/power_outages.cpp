#include "sim/fleet/sites/power_outages.hpp"

#include <algorithm>
#include <cmath>

namespace fleetrace::fleet {
namespace {

using models::PowerTreeState;

/// Share that is lost with one copy out, and another.
class Losses {
 public:
  explicit Losses(const PowerOutages& outages) : outages_(outages) { outages.grid.reset(state_); }

  double operator()(std::size_t a) {
    return with(a, [this] { return lost(); });
  }
  double operator()(std::size_t a, std::size_t b) {
    return with(a, [&] { return with(b, [this] { return lost(); }); });
  }

 private:
  template <class Function>
  double with(std::size_t out, const Function& function) {
    outages_.grid.toggle(state_, outages_.copies[out].copy);
    const double result = function();
    outages_.grid.toggle(state_, outages_.copies[out].copy);
    return result;
  }
  [[nodiscard]] double lost() const { return std::max(0.0, 1 - outages_.share(state_)); }

  const PowerOutages& outages_;
  PowerTreeState::State state_;
};

double often(const PowerOutages::Copy& copy) { return 1 / (copy.life.mean + copy.repair.mean); }

}  // namespace

void PowerOutages::tabulate() {
  PowerTreeState::State whole;
  grid.reset(whole);
  whole_milliwatt = static_cast<double>(whole.delivers);
  Losses losses(*this);
  std::vector<double> alone(copies.size());
  double none = 1;
  double mean_lost = 0;
  losses_per_ms = share_losses_per_ms = 0;
  for (std::size_t a = 0; a < copies.size(); ++a) {
    alone[a] = losses(a);
    none *= 1 - copies[a].out;
    mean_lost += copies[a].out * alone[a];
    share_losses_per_ms += often(copies[a]) * alone[a];
    if (alone[a] > 0) losses_per_ms += often(copies[a]);
  }
  levels.assign(1, {1, none});
  for (std::size_t a = 0; a < copies.size(); ++a)
    levels.push_back({1 - alone[a], none * copies[a].out / (1 - copies[a].out)});
  const bool pairs = copies.size() <= kMostPaired && grid.flow_nodes() <= 2 * kMostPaired;
  for (std::size_t a = 0; pairs && a < copies.size(); ++a) {
    for (std::size_t b = a + 1; b < copies.size(); ++b) {
      const double both = losses(a, b);
      const double q = copies[a].out * copies[b].out;
      mean_lost += q * (both - alone[a] - alone[b]);
      levels.push_back({1 - both, none * q / ((1 - copies[a].out) * (1 - copies[b].out))});
      // What stands in for something may be out when it goes.
      if (alone[a] == 0 && both > alone[b]) losses_per_ms += often(copies[a]) * copies[b].out;
      if (alone[b] == 0 && both > alone[a]) losses_per_ms += often(copies[b]) * copies[a].out;
      if (both > alone[a] + alone[b]) {
        share_losses_per_ms += (often(copies[a]) * copies[b].out + often(copies[b]) * copies[a].out) *
                               (both - alone[a] - alone[b]);
      }
    }
  }
  mean_share = std::clamp(1 - mean_lost, 0.0, 1.0);
  // The same shares together; the rest of the time has what the mean leaves.
  std::sort(levels.begin(), levels.end(), [](const Level& a, const Level& b) { return a.share > b.share; });
  std::vector<Level> merged;
  double time = 0;
  double mean = 0;
  for (const Level& each : levels) {
    time += each.probability;
    mean += each.share * each.probability;
    if (!merged.empty() && merged.back().share - each.share < 1e-12) {
      merged.back().probability += each.probability;
    } else {
      merged.push_back(each);
    }
  }
  if (const double rest = 1 - time; rest > 1e-15)
    merged.push_back({std::clamp((mean_share - mean) / rest, 0.0, 1.0), rest});
  levels = std::move(merged);
}

double PowerOutages::expected_working(const models::FailureLaw& law, std::int64_t installed, std::int64_t target,
                                      double own) const {
  if (target == installed) return law.expected_working(installed, target, own) * mean_share;
  double sum = 0;
  for (const Level& level : levels) {
    if (level.share <= 0) continue;
    // E min(t, s up) = s E min(t/s, up), which is linear between whole numbers.
    const double most = static_cast<double>(target) / level.share;
    const double low = std::floor(most);
    double working = 0;
    if (low >= static_cast<double>(installed)) {
      working = law.expected_working(installed, installed, own);
    } else {
      const auto whole = static_cast<std::int64_t>(low);
      working = law.expected_working(installed, whole, own);
      if (most > low) working += (most - low) * (law.expected_working(installed, whole + 1, own) - working);
    }
    sum += level.probability * level.share * working;
  }
  return sum;
}

}  // namespace fleetrace::fleet
