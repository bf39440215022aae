#pragma once

#include <cstdint>

#include "fleetrace/core/time.hpp"

namespace fleetrace::models {

/// By what a strategy chooses among the types on sale.
enum class Choice : std::uint8_t { flop_per_usd, flop_per_watt, newest, named };

/// What is weighed of an accelerator type on sale.
struct Merits {
  double flops_per_usd = 0;   ///< peak over its all-in cost today
  double flops_per_watt = 0;  ///< peak over its nameplate power
  core::Time released;
};

/// Whether `a` is chosen over `b`. What a rule does not decide is decided by the next one:
///   flop_per_usd   then FLOP/s per watt, then the later release
///   flop_per_watt  then FLOP/s per USD, then the later release
///   newest         then FLOP/s per USD, then FLOP/s per watt
/// FLOP/s per USD or per watt that differ by less than one part in 1e9 are equal: generations of equal efficiency differ by
/// rounding. Two types that are equal in all three are not better than each other.
[[nodiscard]] bool is_better(Choice rule, const Merits& a, const Merits& b);

}  // namespace fleetrace::models
