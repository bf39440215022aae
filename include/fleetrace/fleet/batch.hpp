#pragma once

#include <cstdint>

#include "fleetrace/core/random.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/engine/event.hpp"

namespace fleetrace::fleet {

/// What of one cohort was installed together. It retires as a whole, and its accelerators share spares.
struct Batch {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  std::uint32_t cohort = 0;
  std::uint32_t site = 0;    ///< index into Plant::sites
  std::int64_t count = 0;    ///< installed, spares included; 0 once it has retired
  std::int64_t target = 0;   ///< that work where enough are healthy; the rest are spares
  std::int64_t healthy = 0;  ///< in service or standing by
  std::int64_t up = 0;       ///< those, and what would be but for power that the site's tree does not deliver
  double rent = 0;           ///< where it is rented [USD/yr]
  bool handed_down = false;  ///< from training to serving: then no target
  double share = 1;          ///< of those in service that works on average, where spares act by expectation
  /// Changes of a number, and the sums of each times how late it came [ms] and times its square. Whole numbers, so that the
  /// order of changes is all the same.
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
  /// What failures and repairs have changed since the world was settled last.
  struct Drift {
    Changes working;
    Changes idle;           ///< those that stand by or serve
    std::int64_t rate = 0;  ///< work of one accelerator, in 2^-20 of all useful FLOP/s at the last settlement
  };
  Drift drift;
  /// Where failures are drawn batch by batch.
  engine::EventId failure;  ///< the next one, or the next turnover
  core::Stream lives{0, 0, core::Purpose::failures};
  core::Stream repairs{0, 0, core::Purpose::repairs};
  std::uint32_t first_repair = kNone;  ///< into World::pending_repairs
  bool lemon_next = false;             ///< whether the next failure is a lemon's
  std::int64_t lemons = 0;             ///< of its accelerators
  std::int64_t own_healthy = 0;        ///< whose own clock is up, whatever their domains are
  std::int64_t healthy_lemons = 0;     ///< of those
  /// Where they are drawn device by device.
  std::uint32_t first_device = kNone;  ///< into World::devices, `count` of them in a row
  /// Where ages matter.
  core::Time born;        ///< when its lives began, after the burn-in
  core::Time counted;     ///< up to which expected failures are counted
  engine::EventId aging;  ///< when its expectations change next
  /// Where domains are drawn.
  std::uint32_t first_cell = kNone;  ///< into World::cells
  std::uint32_t cells = 0;
  std::uint32_t first_domain = kNone;  ///< into World::domains
  std::uint32_t domains = 0;
};

/// An accelerator with a clock of its own. Its numbers depend on its batch, its place in it and what befell it before, never
/// on what others do.
struct Device {
  core::Entity entity;
  std::int64_t repair = 0;       ///< that follows on the life that it leads [ms]
  std::uint32_t batch = 0;       ///< Batch::kNone once that has retired
  std::uint32_t cycle : 31 = 0;  ///< lives so far, each with its repair
  std::uint32_t lemon : 1 = 0;
};
static_assert(sizeof(Device) == 24);

/// A repair under way in a batch whose accelerators have no names: one link of the list of its batch, or of the free ones.
struct PendingRepair {
  engine::EventId end;
  std::uint32_t batch = 0;
  std::uint32_t before = Batch::kNone;
  std::uint32_t after = Batch::kNone;
  std::uint32_t cell = Batch::kNone;  ///< of the accelerator, where domains are drawn
  bool lemon = false;
};

/// Accelerators of a batch that share all their failure domains, next to each other.
struct Cell {
  std::int64_t begin = 0;  ///< its first accelerator's place in the batch
  std::int64_t count = 0;
  std::int64_t own_healthy = 0;  ///< whose own clock is up
  std::int32_t outages = 0;      ///< of its domains that are out

  /// Of its accelerators, those that are up.
  [[nodiscard]] std::int64_t healthy() const { return outages == 0 ? own_healthy : 0; }
};

/// A failure domain of a batch with its clock.
struct Domain {
  core::Entity entity;
  engine::EventId next;  ///< its outage or the end of it
  std::uint32_t batch = 0;
  std::uint32_t kind = 0;  ///< into FailureLaw::domains
  std::uint32_t first_cell = 0;
  std::uint32_t cells = 0;
  std::uint32_t cycle = 0;
};

}  // namespace fleetrace::fleet
