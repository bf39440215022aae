#include <algorithm>

#include "fleetrace/fleet/metric.hpp"
#include "sim/fleet/accounting/loss_curve.hpp"

namespace fleetrace::fleet {
namespace {

/// Walks two trajectories side by side.
class Chase {
 public:
  Chase(const Trajectory& first, const Trajectory& second) : first_(first), second_(second) {}

  std::vector<Overtaking> run() {
    std::vector<core::Time> breaks{first_.horizon().end};
    for (const Trajectory* trajectory : {&first_, &second_}) {
      for (const Trajectory::Segment& segment : trajectory->segments()) breaks.push_back(segment.from);
    }
    std::sort(breaks.begin(), breaks.end());
    breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
    visited_ = breaks.front();
    for (std::size_t i = 0; i + 1 < breaks.size(); ++i) {
      // Between breaks the difference of two rates changes sign at most once for exponential progress, so the difference
      // of compute turns at most once: it is monotone before and after.
      const core::Time turn = turning_point(breaks[i], breaks[i + 1]);
      if (turn < breaks[i + 1]) visit(turn);
      visit(breaks[i + 1]);
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] int lead(core::Time t) const {
    const double a = first_.effective_at(t);
    const double b = second_.effective_at(t);
    return are_tied(a, b) ? 0 : a > b ? 1 : -1;
  }

  [[nodiscard]] bool first_gains(core::Time within, core::Time t) const {
    const double from = first_.horizon().years_at(within);
    const double years = first_.horizon().years_at(t);
    return first_.rate_at(within) * first_.multiplier_within(from, years) >
           second_.rate_at(within) * second_.multiplier_within(from, years);
  }

  [[nodiscard]] core::Time turning_point(core::Time from, core::Time to) const {
    const bool gains = first_gains(from, from);
    if (first_gains(from, to) == gains) return to;
    return first_true(from, to, [&](core::Time t) { return first_gains(from, t) != gains; });
  }

  void visit(core::Time t) {
    const int leader = lead(t);
    if (leader != 0) {
      if (leader_ != 0 && leader != leader_) {
        const Trajectory& ahead = leader > 0 ? first_ : second_;
        const Trajectory& behind = leader > 0 ? second_ : first_;
        const core::Time at = first_true(visited_, t,
                                         [&](core::Time x) { return ahead.effective_at(x) > behind.effective_at(x); });
        found_.push_back({at, leader > 0});
      }
      leader_ = leader;
    }
    visited_ = t;
  }

  const Trajectory& first_;
  const Trajectory& second_;
  core::Time visited_;
  int leader_ = 0;
  std::vector<Overtaking> found_;
};

}  // namespace

std::vector<Overtaking> overtakings(const Trajectory& first, const Trajectory& second) {
  return Chase(first, second).run();
}

}  // namespace fleetrace::fleet
