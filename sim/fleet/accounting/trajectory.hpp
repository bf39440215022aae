#pragma once

#include <vector>

#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// Effective compute over a horizon, exactly: a list of segments between which capacity changes. Within a segment
///   C(t) = C(from) + rate * integral of A over [from, t]                                        docs/derivations.md 0c
/// so nothing is lost however long a segment is. The law of A may change from one segment to the next.
class Trajectory {
 public:
  struct Segment {
    core::Time from;
    double from_years = 0;  ///< time from the start of the horizon to `from` [yr]
    double effective = 0;   ///< effective FLOP since the start of the horizon
    double work = 0;        ///< the integral of `rate` alone [FLOP]
    std::uint32_t law = 0;  ///< index of the law of progress that holds
    double rate = 0;        ///< useful FLOP/s at A = 1, or with the algorithms of purchase where progress is embodied
    /// The rate at which `work` grows: `rate`, but where changes were averaged, since there `rate` weighs them by progress.
    double work_rate = 0;
  };

  /// Changes of the rate: their sum, and the sums of each times how long after the first instant it came, and times its
  /// square [FLOP/s, times ms, times ms^2].
  struct RateMoments {
    double sum = 0;
    double first = 0;
    double second = 0;

    friend RateMoments operator*(const RateMoments& moments, double factor) {
      return {moments.sum * factor, moments.first * factor, moments.second * factor};
    }
  };

  /// Empties it, memory kept.
  void reset(const Horizon& horizon, const models::ProgressLaw& law);
  /// Capacity changes to `rate` at `at`, no earlier than the last change.
  void change(core::Time at, double rate);
  /// Replaces the many changes in [since, at] by one segment with their average rate, followed by `rate`. `since` is no earlier
  /// than the last change. Compute at `at` is exact up to the departure of A from a parabola; inside the segment it is that of
  /// the average rate.
  void rate_moments(core::Time since, core::Time at, const RateMoments& rate_moments, double rate);
  /// Effective FLOP until `at` as rate_moments() would have it, exactly so where progress is a parabola; nothing changes.
  [[nodiscard]] double effective_after(core::Time since, core::Time at, const RateMoments& rate_moments) const;
  /// From `at` on, no earlier than the last change, progress follows `law`.
  void change_law(core::Time at, const models::ProgressLaw& law);
  /// The law that holds now.
  [[nodiscard]] const models::ProgressLaw& law() const { return laws_.back(); }

  [[nodiscard]] const Horizon& horizon() const { return horizon_; }
  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
  /// A as it multiplies rates, by time or years from the start: 1 throughout where progress is embodied.
  [[nodiscard]] double multiplier(double years) const;
  [[nodiscard]] double multiplier(core::Time t) const { return multiplier(horizon_.years_at(t)); }
  /// A by the law that holds at `within`, also for `years` beyond the end of that law.
  [[nodiscard]] double multiplier_within(double within, double years) const;
  /// ln A(to)/A(from), or further from 0, by the law that holds in `segment`; 0 where progress is embodied.
  [[nodiscard]] double change_in(const Segment& segment, double from, double to) const {
    const models::ProgressLaw& law = laws_[segment.law];
    return law.embodied ? 0 : law.change(from, to);
  }
  /// Growth of A [nat/yr] throughout `segment`, where it is steady; 0 where progress is embodied.
  [[nodiscard]] std::optional<double> growth_in(const Segment& segment) const {
    const models::ProgressLaw& law = laws_[segment.law];
    return law.embodied ? 0 : law.steady_growth();
  }
  /// The integral of A [yr] over [from, to], within `segment`.
  [[nodiscard]] double elapsed(const Segment& segment, double from, double to) const;
  /// The segment that holds at a time.
  [[nodiscard]] const Segment& segment_at(double years) const;
  /// Effective FLOP from the start of the horizon [FLOP].
  [[nodiscard]] double effective_at(double years) const;
  [[nodiscard]] double effective_at(core::Time t) const { return effective_at(horizon_.years_at(t)); }
  /// Effective FLOP from the start of the horizon until `years`, which lies in `segment`.
  [[nodiscard]] double effective_in(const Segment& segment, double years) const;
  /// Integral of the rate alone from the start of the horizon [FLOP].
  [[nodiscard]] double work_at(double years) const;
  /// Integral of the rate alone, exact also within the first seconds of a segment, which years do not resolve to 1e-12.
  [[nodiscard]] double work_at(core::Time t) const;
  /// The rate that holds from `t` on, until the next change.
  [[nodiscard]] double rate_at(core::Time t) const { return segment_at(horizon_.years_at(t)).rate; }
  /// The rate at which the integral of the rate alone grows from `t` on.
  [[nodiscard]] double work_rate_at(core::Time t) const { return segment_at(horizon_.years_at(t)).work_rate; }

 private:
  /// What changes within a time come to.
  struct Span {
    double whole = 0;      ///< the integral of A [s]
    double effective = 0;  ///< [FLOP]
  };
  /// The segment that begins at `at` where nothing changes.
  [[nodiscard]] Segment continued(core::Time at) const;
  [[nodiscard]] Span span(const Segment& segment, core::Time at, const RateMoments& rate_moments) const;
  Segment& split(core::Time at);

  Horizon horizon_;
  std::vector<models::ProgressLaw> laws_;
  std::vector<Segment> segments_;
};

}  // namespace fleetrace::fleet
