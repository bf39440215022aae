#pragma once

#include <cstdint>

#include "fleetrace/core/random.hpp"
#include "fleetrace/engine/event.hpp"

namespace fleetrace::fleet {

/// What of one cohort was installed together. It retires as a whole, and its accelerators share spares.
struct Batch {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  std::uint32_t cohort = 0;
  std::int64_t count = 0;    ///< installed, spares included; 0 once it has retired
  std::int64_t target = 0;   ///< that work where enough are healthy; the rest are spares
  std::int64_t healthy = 0;  ///< in service or standing by
  double share = 1;          ///< of those in service that works on average, where spares act by expectation
  /// Where failures are drawn batch by batch.
  engine::EventId failure;  ///< the next one
  core::Stream lives{0, 0, core::Purpose::failures};
  core::Stream repairs{0, 0, core::Purpose::repairs};
  std::uint32_t first_repair = kNone;  ///< into World::pending_repairs
  /// Where they are drawn device by device.
  std::uint32_t first_device = kNone;  ///< into World::devices, `count` of them in a row
};

/// An accelerator with a clock of its own. Its numbers depend on its batch, its place in it and what befell it before, never
/// on what others do.
struct Device {
  core::Entity entity;
  engine::EventId next;  ///< its failure or the end of its repair
  std::uint32_t batch = 0;
  std::uint32_t cycle = 0;  ///< failures and repairs so far
};
static_assert(sizeof(Device) == 24);

/// A repair under way in a batch whose accelerators have no names: one link of the list of its batch, or of the free ones.
struct PendingRepair {
  engine::EventId end;
  std::uint32_t batch = 0;
  std::uint32_t before = Batch::kNone;
  std::uint32_t after = Batch::kNone;
};

}  // namespace fleetrace::fleet
