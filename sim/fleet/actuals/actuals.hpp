#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fleetrace/core/money.hpp"
#include "fleetrace/core/time.hpp"

/// What a fleet really was on some dates, as its owner counted it: it is set beside the plan, and a forecast goes on from it.
namespace fleetrace::fleet {

/// Accelerators of one type that stood on one site.
struct CountedAccelerators {
  std::size_t type = 0;    ///< index into Market::types
  std::uint32_t site = 0;  ///< index into Plant::sites
  std::int64_t count = 0;
  /// When those arrive that the plan had in place and that were not there; none where the rule of Corrections says so.
  std::optional<core::Time> expected;
};

/// Power that a site drew, with its overhead.
struct MeteredPower {
  std::uint32_t site = 0;
  double watts = 0;
};

/// The state at the first instant of a date, as the day before left it.
struct ActualState {
  core::Time date;
  bool is_counted = false;  ///< whether accelerators were counted; then what is not listed was not there
  std::vector<CountedAccelerators> counts;  ///< each type and site once
  std::vector<MeteredPower> power;          ///< each site once
  std::optional<core::Money> spend;         ///< all cash out since the start of the horizon
};

struct Actuals {
  std::vector<ActualState> states;  ///< by date, each date once
  /// Index of the state to which a forecast corrects the fleet, and of the one to which it corrects the money. None where the
  /// race is the plan.
  std::optional<std::size_t> corrects_fleet;
  std::optional<std::size_t> corrects_money;
};

}  // namespace fleetrace::fleet
