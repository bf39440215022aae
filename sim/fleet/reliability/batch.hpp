#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "fleetrace/core/time.hpp"
#include "sim/core/random/random.hpp"
#include "sim/engine/event.hpp"
#include "sim/fleet/cohort.hpp"

namespace fleetrace::fleet {

/// The units of one cohort that were installed together. A batch retires as a whole, and its accelerators share spares.
struct Batch {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  std::uint32_t cohort = 0;
  std::uint32_t site = 0;    ///< index into Plant::sites
  std::int64_t count = 0;    ///< installed units, spares included; 0 once the batch has retired
  std::int64_t target = 0;   ///< units that work where enough are healthy; the others are spares
  std::int64_t healthy = 0;  ///< units in service, standing by or serving
  std::int64_t up = 0;       ///< healthy units, and those that lack only the power of the site's tree
  double rent = 0;           ///< rent, where the batch is rented [USD/yr]
  bool handed_down = false;  ///< whether it serves instead of training; its target is 0 then
  double share = 1;          ///< fraction of the units in service that works on average, where failures are a factor
  /// Changes of a number of units: their sum, and the sums of each times its lateness [ms] and times the square of that. They
  /// are whole numbers, so that the order of changes makes no difference.
  struct Changes {
    __extension__ using Wide = __int128;

    bool any = false;
    std::int64_t sum = 0;
    std::int64_t late = 0;
    Wide late_squared = 0;

    void count(std::int64_t change, std::int64_t how_late) {
      any = true;
      sum += change;
      late += change * how_late;
      late_squared += static_cast<Wide>(change * how_late) * how_late;
    }
    void add(const Changes& other) {
      any = any || other.any;
      sum += other.sum;
      late += other.late;
      late_squared += other.late_squared;
    }
  };
  /// Changes by failures and repairs that are not applied yet.
  struct Pending {
    Changes working;
    Changes idle;           ///< units that stand by or serve
    std::int64_t rate = 0;  ///< useful FLOP/s of one unit, in 2^-20 of those of the fleet at the last application

    [[nodiscard]] bool any() const { return working.any || idle.any; }
  };
  Pending pending;
  // Where failures are drawn batch by batch.
  engine::EventId failure;  ///< the next failure, or the next turnover
  core::Stream lives{0, 0, core::Purpose::failures};
  core::Stream repairs{0, 0, core::Purpose::repairs};
  std::uint32_t first_repair = kNone;  ///< first repair of the batch in PendingRepairs
  bool lemon_next = false;             ///< whether the next failure, or change, is a lemon's
  std::int64_t lemons = 0;             ///< lemons among the accelerators of the batch
  std::int64_t own_healthy = 0;        ///< accelerators whose own clock is up, whatever their domains are
  std::int64_t healthy_lemons = 0;     ///< lemons among the accelerators whose own clock is up
  // Where a batch goes from one change to the next.
  bool is_jumping = false;  ///< whether it has a clock, which stands at its next change
  bool jump_fails = false;  ///< whether that is a failure, or a repair
  std::uint32_t jumps = 0;  ///< changes drawn so far
  /// The random numbers of a change: an exponential variate with the mean 1, and a uniform one.
  struct JumpNumbers {
    double wait = 0;
    double which = 0;
  };
  std::array<JumpNumbers, 8> jump_numbers = {};  ///< of the change at that place among eight in a row
  // Where failures are drawn device by device.
  std::uint32_t first_device = kNone;  ///< first device of the batch; its `count` devices stand in a row
  // Where ages matter.
  /// Date from which the books write the batch off: that of its delivery, or of an initial cohort.
  core::Time in_place;
  core::Time born;        ///< when the lives of its accelerators began, after the burn-in
  core::Time counted;     ///< the date up to which expected failures are counted
  engine::EventId aging;  ///< the event at which its working share changes next
  // Where failure domains are drawn.
  std::uint32_t first_cell = kNone;  ///< first cell of the batch in FailureDomains
  std::uint32_t cells = 0;
  std::uint32_t first_domain = kNone;  ///< first domain of the batch in FailureDomains
  std::uint32_t domains = 0;

  [[nodiscard]] std::int64_t working() const { return std::min(target, healthy); }
  /// Where those are that are healthy and do not work.
  [[nodiscard]] State idle_state() const { return handed_down ? State::serving : State::standby; }
};

/// The share of a fresh batch that works on average at its age, and how long that holds [ms]; forever after its last landmark.
struct Aging {
  double share = 1;
  double wait = 0;
};

/// So many more accelerators of a batch could be up, or fewer: whether they are powered is another matter.
struct HealthChange {
  std::uint32_t batch = 0;
  std::int64_t up = 0;
};

/// An accelerator with a clock of its own. Its random numbers depend on its batch, its place in the batch and its own past,
/// never on other accelerators.
struct Device {
  core::Entity entity;
  std::int64_t repair = 0;       ///< the repair that ends its present life [ms]
  std::uint32_t batch = 0;       ///< Batch::kNone once its batch has retired
  std::uint32_t cycle : 31 = 0;  ///< lives so far, each with the repair after it
  std::uint32_t lemon : 1 = 0;
};
static_assert(sizeof(Device) == 24);

}  // namespace fleetrace::fleet
