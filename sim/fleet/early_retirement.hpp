#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/fleet/plant.hpp"

/// Early retirement of a part of the initial fleet.
namespace fleetrace::fleet {

/// Which cohorts of the initial fleet are meant.
struct InitialChoice {
  std::size_t type = 0;                 ///< index into Market::types
  std::optional<core::Time> installed;  ///< nullopt for any date
  std::uint32_t site = kAnySite;        ///< where the scenario places it; kAnySite for anywhere
};

/// Takes `count` units of what is meant out of service at `at`, in the order of the list. A cohort of which only a part is meant
/// becomes two, one after the other. What is to leave already is not taken again. Returns how many of `count` there are not.
std::int64_t take_out(const InitialChoice& which, std::int64_t count, core::Time at,
                      std::vector<InitialCohort>& initial);

}  // namespace fleetrace::fleet
