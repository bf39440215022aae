#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "sim/fleet/accounting/trajectory.hpp"

namespace fleetrace::fleet {

/// Relative loss over time under one of the two accountings of docs/derivations.md 11, in pieces on each of which the compute
/// behind the loss is smooth and does not fall.
///
///   cumulative  C(t)/C0 = (C0 + effective compute since the start) / C0
///   best_run    C(t)/C0 = max(C0, best run completed by t) / C0, where a run of length L ending at t computes
///               share * (work(t) - work(t - L)) * A(t - L)
///               and, where runs inherit, the inherited share of what the run ending at t - L came to, which inherits, too.
///               A run that begins at the instant of a change of A has the new one: A and C are continuous from the right.
class LossCurve {
 public:
  /// Both must outlive the curve.
  LossCurve(const Trajectory& trajectory, const LossAccounting& accounting);

  /// C(t)/C0, at least 1.
  [[nodiscard]] double ratio_at(core::Time t) const;
  [[nodiscard]] double loss_at(core::Time t) const {
    return accounting_->law.loss(ratio_at(t), trajectory_->horizon().years_at(t));
  }
  /// C/C0 of the best run that is completed within the horizon, also below 1; 0 under cumulative accounting.
  [[nodiscard]] double best_run_ratio() const { return best_run_; }
  /// Time average of the relative loss over the horizon, to about 1e-12; to about 1e-9 where a law bends sharply.
  [[nodiscard]] double mean_loss() const;
  /// The same with days that weigh e^(-rate t), `rate` [1/yr] not 0, to about 1e-11; to about 1e-9 where a law bends sharply.
  [[nodiscard]] double mean_loss_discounted(double rate) const;
  /// First millisecond at which the loss is at or below `relative_loss`; nullopt where it is not within the horizon.
  [[nodiscard]] std::optional<core::Time> time_of(double relative_loss) const;
  /// First millisecond at which C/C0 is at least `needed`; nullopt where it is not within the horizon.
  [[nodiscard]] std::optional<core::Time> time_of_ratio(double needed) const;

 private:
  enum class Kind { constant, cumulative, run };
  struct Piece {
    core::Time from;
    Kind kind = Kind::constant;
    double first = 1;   ///< C/C0 at `from`
    int ancestors = 0;  ///< number of earlier runs that a run inherits from
    double within =
        0;  ///< an instant in it [yr]: the laws of progress that hold then, and a run's length before, hold throughout
    std::uint32_t segment = 0;  ///< segment of the trajectory, under cumulative accounting
  };

  void add_best_runs();
  void add_window(core::Time from, core::Time to, double& best);
  /// The first instant in (from, to] at which C/C0 in a piece is `needed`, which it is at `to` but not at `from`.
  [[nodiscard]] core::Time time_in(const Piece& piece, core::Time to, double needed) const;
  [[nodiscard]] core::Time peak_of_runs(const Piece& window, core::Time to) const;
  [[nodiscard]] int ancestors_at(core::Time end_of_run) const;
  /// A at `years` by the law that holds so long before the middle of a piece.
  [[nodiscard]] double multiplier_before(const Piece& piece, double before, double years) const {
    return trajectory_->multiplier_within(piece.within - before, years);
  }
  [[nodiscard]] double lone_run_ending_at(const Piece& piece, double years, int generation) const;
  [[nodiscard]] double run_ending_at(const Piece& piece, double years) const;
  [[nodiscard]] double run_ending_at(const Piece& piece, core::Time t) const {
    return run_ending_at(piece, trajectory_->horizon().years_at(t));
  }
  [[nodiscard]] double ratio_in(const Piece& piece, double years) const;
  /// Under cumulative accounting each segment of the trajectory is one.
  [[nodiscard]] bool is_cumulative() const { return accounting_->accounting == Accounting::cumulative; }
  [[nodiscard]] std::size_t pieces() const { return is_cumulative() ? trajectory_->segments().size() : runs_.size(); }
  [[nodiscard]] Piece piece(std::size_t index) const;
  /// Where the piece of that index begins; the end of the last piece for an index beyond it.
  [[nodiscard]] core::Time from(std::size_t index) const;
  /// The piece that holds at a time.
  [[nodiscard]] Piece piece_at(core::Time t) const;
  [[nodiscard]] double loss_in(const Piece& piece, double years) const {
    return accounting_->law.loss(ratio_in(piece, years), years);
  }
  /// An instant within a piece.
  struct Point {
    double years = 0;
    double ratio = 1;
  };
  /// Whether the loss there is powers of a constant and an exponential that does not fall: then it takes no quadrature.
  [[nodiscard]] bool has_series(const Trajectory::Segment& segment) const {
    return accounting_->law.is_powers() && trajectory_->growth_in(segment).value_or(-1) >= 0;
  }
  [[nodiscard]] double integrate_series(const Trajectory::Segment& segment, const Point& from, const Point& to) const;
  [[nodiscard]] double smoothness(const Piece& piece, const Point& from, const Point& to) const;
  [[nodiscard]] double integrate(const Piece& piece, const Point& from, const Point& to) const;
  [[nodiscard]] double integrate_discounted(const Piece& piece, const Point& from, const Point& to, double rate) const;
  [[nodiscard]] double integrate_around_kinks(const Piece& piece, const Point& from, const Point& to) const;

  const Trajectory* trajectory_;
  const LossAccounting* accounting_;
  std::vector<Piece> runs_;  ///< the pieces under best_run accounting
  double best_run_ = 0;
};

/// A date at which the lead between two trajectories changes.
struct Overtaking {
  core::Time at;
  bool first_leads = false;  ///< whether the first of the two leads from then on
};

/// Every date within the horizon at which the lead between two trajectories with the same reference changes, to the
/// millisecond, for cumulative accounting. Differences below 1e-12 of the compute count as level.
[[nodiscard]] std::vector<Overtaking> overtakings(const Trajectory& first, const Trajectory& second);

/// The first instant in (low, high] at which a monotone predicate that is false at `low` and true at `high` holds.
template <class Predicate>
[[nodiscard]] core::Time first_true(core::Time low, core::Time high, Predicate&& holds) {
  while ((high - low).milliseconds() > 1) {
    const core::Time middle = low + core::Duration::from_milliseconds((high - low).milliseconds() / 2);
    (holds(middle) ? high : low) = middle;
  }
  return high;
}

/// The first instant in (low, high] at which a quantity that does not fall, and is less than `needed` at `low` and no less at
/// `high`, comes to it: by Illinois' rule of false position, every third step halving, as few as a sixth of those of bisection.
template <class Quantity>
[[nodiscard]] core::Time first_at_least(core::Time low, core::Time high, double needed, Quantity&& quantity) {
  double below = needed - quantity(low);
  double above = quantity(high) - needed;
  for (int step = 1, side = 0; (high - low).milliseconds() > 1; ++step) {
    const auto span = static_cast<double>((high - low).milliseconds());
    const double share = step % 3 == 0 || !(below + above > 0) ? 0.5 : below / (below + above);
    const double inside = std::clamp(share * span, 1.0, span - 1);
    const core::Time middle = low + core::Duration::from_milliseconds(static_cast<std::int64_t>(inside));
    const double excess = quantity(middle) - needed;
    if (excess >= 0) {
      high = middle;
      above = excess;
      if (side > 0) below /= 2;
      side = 1;
    } else {
      low = middle;
      below = -excess;
      if (side < 0) above /= 2;
      side = -1;
    }
  }
  return high;
}

}  // namespace fleetrace::fleet
