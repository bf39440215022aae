#pragma once

#include <vector>

#include "sim/core/numeric/sum.hpp"
#include "sim/fleet/cohort.hpp"

namespace fleetrace::fleet {

/// All units of one fleet: cohort by cohort, how many are in which state, and the sums over cohorts that others ask for. It
/// knows neither sites nor money; the World keeps those in step.
class Inventory {
 public:
  /// Empties it; memory is kept.
  void reset();
  /// Adds a cohort whose units are all in `state`; returns its index.
  std::uint32_t add(const Cohort& cohort, State state, core::Time now);
  /// All cohorts so far are those that stand there at the start.
  void close_initial() { initial_ = static_cast<std::uint32_t>(cohorts_.size()); }

  /// Moves units between states. `share` of those in service works on average; `site` is where they are or come to be
  /// installed. Returns what that changes of what is installed.
  UnitChange move(std::uint32_t index, State from, State to, std::int64_t count, double share, std::uint32_t site,
                  core::Time now);
  /// Makes waiting units of a cohort a part of their own, which is bound to a site, has served so long and is in place since then.
  /// Returns its index.
  std::uint32_t split(std::uint32_t index, std::int64_t count, std::uint32_t site, core::Duration served,
                      core::Time in_place);
  /// So many units leave service that were credited when they were handed down: they are not credited again.
  void keep_credit(std::uint32_t index, std::int64_t count) { cohorts_[index].credited += count; }
  /// So many units of a cohort are handed down. Returns how many of them are credited already.
  std::int64_t use_credit(std::uint32_t index, std::int64_t count);
  /// A part arrives at that time: the forecast counts on it.
  void expect(std::uint32_t index, core::Time arrives) { cohorts_[index].arrives = arrives; }
  /// Forgets units that are ordered, as if they had never been.
  void cancel(std::uint32_t index, std::int64_t count);
  /// From now on this fraction of what works trains.
  void set_training(double fraction, core::Time now);
  /// So many more units of a cohort work on average, in the same states.
  void change_working(std::uint32_t index, double change, core::Time now);

  /// Moves units between repair and work (`working`) or `idle_state` (`idle`), without bringing integrals up to date:
  /// add_past and close do so for many moves together.
  void repair(std::uint32_t index, State idle_state, std::int64_t working, std::int64_t idle) {
    Cohort& cohort = cohorts_[index];
    cohort.count(State::in_repair) -= working + idle;
    cohort.count(State::in_service) += working;
    cohort.count(idle_state) += idle;
  }
  /// Corrects the integrals of a cohort, whose counts have changed by `change` on the way, up to `at`.
  void add_past(std::uint32_t index, const UnitChange& change, core::Time at);
  /// Brings the integrals of a cohort up to date after add_past.
  void close(std::uint32_t index, core::Time at);

  [[nodiscard]] const std::vector<Cohort>& cohorts() const { return cohorts_; }
  [[nodiscard]] const Cohort& operator[](std::uint32_t index) const { return cohorts_[index]; }
  /// No cohort before this one has units that are still to be delivered.
  [[nodiscard]] std::uint32_t first_coming() const { return first_coming_; }
  [[nodiscard]] bool is_initial(std::uint32_t index) const { return index < initial_; }
  /// Hands the cohorts over in exchange for memory.
  void swap_cohorts(std::vector<Cohort>& cohorts) { std::swap(cohorts_, cohorts); }

  /// Nameplate IT power of everything that is neither retired nor rented [milliwatt].
  [[nodiscard]] std::int64_t committed_milliwatt() const { return committed_milliwatt_; }
  /// The same of what is rented, which stands elsewhere and counts against targets alone.
  [[nodiscard]] std::int64_t rented_milliwatt() const { return rented_milliwatt_; }
  /// Units that are to enter service, and their peak [FLOP/s].
  [[nodiscard]] std::int64_t pending() const { return pending_; }
  [[nodiscard]] double pending_peak() const { return pending_peak_.value(); }
  /// Peak of what serves, cohort by cohort taken from `peak` [FLOP/s].
  [[nodiscard]] double without_serving(double peak) const;

  /// Whether the counts of every cohort add up to its size, and none is negative.
  [[nodiscard]] bool conserved() const;
  /// The same for the sums over cohorts, which are counted anew.
  [[nodiscard]] bool recount_agrees() const;

 private:
  void pass_delivered();
  void count_pending(const Cohort& cohort, std::int64_t count);

  std::vector<Cohort> cohorts_;
  double training_ = 1;        ///< fraction of what works that trains
  std::uint32_t initial_ = 0;  ///< number of cohorts, the first ones, that stood there at the start
  std::uint32_t first_coming_ = 0;
  std::int64_t committed_milliwatt_ = 0;
  std::int64_t rented_milliwatt_ = 0;
  std::int64_t pending_ = 0;  ///< units pending; at 0 `pending_peak_` is set to 0, so that no rounding error is left
  core::Sum pending_peak_;
};

}  // namespace fleetrace::fleet
