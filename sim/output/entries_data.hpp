#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/output/entries.hpp"
#include "grid.hpp"

/// The two families that are data rather than models: embedded scenarios and the catalog of accelerators.
namespace fleetrace::output::listing {

inline constexpr std::string_view kScenarios = "scenarios";
inline constexpr std::string_view kAccelerators = "accelerators";

/// Name and description of every embedded scenario.
[[nodiscard]] grid::Grid scenario_grid();
/// An embedded scenario with its text. The name must exist.
[[nodiscard]] std::string show_scenario(const std::string& name, ListFormat format);

/// The main numbers of every accelerator, and which of its numbers are unverified.
[[nodiscard]] grid::Grid accelerator_grid();
/// Every number of an accelerator with its source. The name must exist.
[[nodiscard]] std::string show_accelerator(const std::string& name, ListFormat format);

}  // namespace fleetrace::output::listing
