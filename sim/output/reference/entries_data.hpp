#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/output/reference/entries.hpp"

/// The two families that are data rather than models: embedded scenarios and the catalog of accelerators.
namespace fleetrace::output::listing {

inline constexpr std::string_view kScenarios = "scenarios";
inline constexpr std::string_view kAccelerators = "accelerators";

/// The name and the description of every embedded scenario.
[[nodiscard]] Table scenarios_table();
/// An embedded scenario with its text. The name must exist.
[[nodiscard]] Listing show_scenario(const std::string& name);

/// The main numbers of every accelerator, and which of its numbers are unverified.
[[nodiscard]] Table accelerators_table();
/// Every number of an accelerator with its source. The name must exist.
[[nodiscard]] Listing show_accelerator(const std::string& name);

}  // namespace fleetrace::output::listing
