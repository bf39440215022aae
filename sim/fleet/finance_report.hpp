#pragma once

#include "fleetrace/fleet/world.hpp"

namespace fleetrace::fleet {

/// What the money of a race that is over comes to. The ledger is booked up to the end of the horizon. Where it holds measures
/// alone, cash and what it is worth.
[[nodiscard]] FinanceReport finance_report(const World& world, double effective_flop);

}  // namespace fleetrace::fleet
