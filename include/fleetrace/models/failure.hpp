#pragma once

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"

/// Hardware failures and repairs.
namespace fleetrace::models {

/// A failure law, resolved: what share of installed accelerators is up, and how often they fail.
struct FailureLaw {
  double availability = 1;          ///< MTBF / (MTBF + repair) [1], in (0, 1]
  double failures_per_up_year = 0;  ///< per accelerator that is up [1/yr]
};

struct FailureEntry : core::Entry {
  FailureLaw (*resolve)(const core::Spec&) = nullptr;
};

[[nodiscard]] const core::Family& failure_family();
[[nodiscard]] FailureLaw resolve_failures(const core::Spec& spec);

}  // namespace fleetrace::models
