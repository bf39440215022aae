#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fleetrace/core/spec.hpp"
#include "sim/core/units/currency.hpp"

/// The section `money`: what amounts may be written in beside USD, and of which year prices are. Its values are labels and one
/// conversion, which the reader makes before anything else reads an amount.
namespace fleetrace::scenario {

/// The code of the US dollar, in which all results are.
inline constexpr std::string_view kDollar = "USD";

[[nodiscard]] const core::Family& money_family();

/// The currency that a scenario declares beside USD. `root` is a section of scenario_entry().
[[nodiscard]] std::optional<core::Currency> currency_of(const core::Spec& root);

/// "Money is in USD of 2026; 1 EUR = 1.08 USD."; empty where the scenario has no section `money`.
[[nodiscard]] std::string money_note(const core::Spec& root);

/// Adds what does not go together in the section.
void check_money(const core::Spec& root, core::Diagnostics& diagnostics);

}  // namespace fleetrace::scenario
