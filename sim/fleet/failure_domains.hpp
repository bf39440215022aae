#pragma once

#include "fleetrace/fleet/world.hpp"

/// Failure domains as events: racks and feeds that take their accelerators along.
namespace fleetrace::fleet {

/// Cuts a new batch into its domains and into cells that share all of theirs; all are up.
void lay_out_domains(World& world, std::uint32_t index);
/// Draws which of them are out, in the stationary regime, and when what happens next.
void start_domains(World& world, Batch& batch);
/// Cancels what is pending for them.
void stop_domains(World& world, Batch& batch);

/// The cell of the accelerator at that place of its batch; Batch::kNone without domains.
[[nodiscard]] std::uint32_t cell_of(const World& world, const Batch& batch, std::int64_t place);
/// The cell of one of those whose own clock is up, each with the same chance; Batch::kNone without domains.
[[nodiscard]] std::uint32_t random_healthy_cell(const World& world, const Batch& batch, core::Stream& stream);

}  // namespace fleetrace::fleet
