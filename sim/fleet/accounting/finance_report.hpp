#pragma once

#include "sim/fleet/world.hpp"

namespace fleetrace::fleet {

/// What the money of a race that is over comes to. The ledger is booked up to the end of the horizon. Where the
/// recorder keeps metrics alone, only cash and present value are filled in.
[[nodiscard]] FinanceReport finance_report(const World& world, double effective_flop);

}  // namespace fleetrace::fleet
