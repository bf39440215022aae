#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "fleetrace/fleet/metric.hpp"
#include "sim/fleet/accounting/loss_curve.hpp"
#include "sim/fleet/results/overtakings.hpp"

namespace fleetrace::fleet {
namespace {

bool is_same(const models::ProgressLaw& a, const models::ProgressLaw& b) {
  return a.catch_up == b.catch_up &&
         std::tie(a.value, a.integral_of, a.coefficients, a.own, a.embodied, a.is_plain, a.log_level, a.growth, a.since,
                  a.log_limit) == std::tie(b.value, b.integral_of, b.coefficients, b.own, b.embodied, b.is_plain,
                                           b.log_level, b.growth, b.since, b.log_limit);
}

bool has_one_law(const Trajectory& trajectory) { return trajectory.segments().back().law == 0; }

/// Whether the difference of any two is monotone wherever no rate changes, so that it changes sign once at most.
bool is_simple(const std::vector<const Trajectory*>& all) {
  return std::all_of(all.begin(), all.end(), [&first = *all.front()](const Trajectory* each) {
    return has_one_law(*each) && is_same(each->law(), first.law()) && each->horizon().start == first.horizon().start &&
           each->horizon().end == first.horizon().end;
  });
}

/// Keeps the trajectories in order of compute from one change of any rate to the next: who has to change places has overtaken.
class Sweep {
 public:
  explicit Sweep(const std::vector<const Trajectory*>& all)
      : all_(all), segment_(all.size()), compute_(all.size()), order_(all.size()), level_(all.size()) {
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = i;
  }

  std::vector<LeadChange> run() {
    const Horizon& horizon = all_.front()->horizon();
    std::vector<core::Time> breaks{horizon.end};
    for (const Trajectory* each : all_) {
      for (const Trajectory::Segment& segment : each->segments()) breaks.push_back(segment.from);
    }
    std::sort(breaks.begin(), breaks.end());
    breaks.erase(std::unique(breaks.begin(), breaks.end()), breaks.end());
    last_ = breaks.front();
    for (const core::Time date : breaks) {
      measure(horizon.years_at(date));
      put_in_order(date);
      part();
      last_ = date;
    }
    settle_doubtful();
    return std::move(found_);
  }

 private:
  void measure(double years) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const std::vector<Trajectory::Segment>& segments = all_[i]->segments();
      while (segment_[i] + 1 < segments.size() && segments[segment_[i] + 1].from_years <= years) ++segment_[i];
      compute_[i] = all_[i]->effective_in(segments[segment_[i]], years);
    }
  }

  /// Sorts by insertion, so that every two which change places are seen.
  void put_in_order(core::Time date) {
    for (std::size_t i = 1; i < order_.size(); ++i) {
      const std::size_t moved = order_[i];
      std::size_t place = i;
      for (; place > 0 && compute_[order_[place - 1]] < compute_[moved]; --place) {
        change_places(moved, order_[place - 1], date);
        order_[place] = order_[place - 1];
      }
      order_[place] = moved;
    }
  }

  void change_places(std::size_t leader, std::size_t behind, core::Time date) {
    if (level_[leader] == level_[behind]) return;  // neither has led so far
    if (are_tied(compute_[leader], compute_[behind])) {
      doubtful_.insert(std::minmax(leader, behind));
    } else {
      const Trajectory& ahead = *all_[leader];
      const Trajectory& other = *all_[behind];
      const core::Time at = first_true(last_, date,
                                       [&](core::Time t) { return ahead.effective_at(t) > other.effective_at(t); });
      found_.push_back({at, leader, behind});
    }
  }

  /// Tells apart those that have been level since the start and are so no longer.
  void part() {
    std::size_t group = 0;  // of those that are level now
    std::size_t parts = 0;
    seen_in_.assign(all_.size(), 0);
    new_level_.resize(all_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (i == 0 || !are_tied(compute_[order_[i - 1]], compute_[order_[i]])) ++group;
      std::size_t& level = level_[order_[i]];
      if (seen_in_[level] != group) {
        seen_in_[level] = group;
        new_level_[level] = parts++;
      }
      level = new_level_[level];
    }
  }

  /// Who has changed places while level may change back before either leads: such pairs are followed by themselves.
  void settle_doubtful() {
    if (doubtful_.empty()) return;
    const auto is_doubtful = [this](const LeadChange& each) {
      return doubtful_.count(std::minmax(each.leader, each.behind)) > 0;
    };
    found_.erase(std::remove_if(found_.begin(), found_.end(), is_doubtful), found_.end());
    for (const auto& [first, second] : doubtful_) {
      for (const Overtaking& each : overtakings(*all_[first], *all_[second]))
        found_.push_back({each.at, each.first_leads ? first : second, each.first_leads ? second : first});
    }
  }

  const std::vector<const Trajectory*>& all_;
  std::vector<std::size_t> segment_;
  std::vector<double> compute_;
  std::vector<std::size_t> order_;  ///< who has most first
  std::vector<std::size_t> level_;  ///< the same for two of which neither has led so far
  std::vector<std::size_t> seen_in_;
  std::vector<std::size_t> new_level_;
  std::set<std::pair<std::size_t, std::size_t>> doubtful_;
  core::Time last_;
  std::vector<LeadChange> found_;
};

std::vector<LeadChange> pair_by_pair(const std::vector<const Trajectory*>& all) {
  std::vector<LeadChange> found;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      for (const Overtaking& each : overtakings(*all[i], *all[j]))
        found.push_back({each.at, each.first_leads ? i : j, each.first_leads ? j : i});
    }
  }
  return found;
}

}  // namespace

std::vector<LeadChange> lead_changes(const std::vector<const Trajectory*>& trajectories) {
  if (trajectories.size() < 2) return {};
  std::vector<LeadChange> found = is_simple(trajectories) ? Sweep(trajectories).run() : pair_by_pair(trajectories);
  std::sort(found.begin(), found.end(), [](const LeadChange& a, const LeadChange& b) {
    return std::tie(a.at, a.leader, a.behind) < std::tie(b.at, b.leader, b.behind);
  });
  return found;
}

}  // namespace fleetrace::fleet
