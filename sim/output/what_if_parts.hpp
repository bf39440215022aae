#pragma once

#include <string>
#include <vector>

#include "fleetrace/output/text_table.hpp"
#include "fleetrace/output/what_if.hpp"

/// The parts of a what-if for people, before they are laid out; private to the output floor.
namespace fleetrace::output {

/// "grid-slips, the connection comes a year late: sites.main.power=75 MW".
[[nodiscard]] std::string what_if_title(const WhatIfReport& report, std::size_t future);
/// A row for each strategy and measure of one future: base, changed, difference.
[[nodiscard]] TextTable what_if_differences(const WhatIfReport& report, std::size_t future);
/// A row for each spell of a binding constraint, of every strategy and future.
[[nodiscard]] TextTable what_if_bindings(const WhatIfReport& report);
/// Shadow values of every strategy and future; empty where nothing can be relaxed.
[[nodiscard]] TextTable what_if_worth(const WhatIfReport& report);
[[nodiscard]] std::vector<std::string> what_if_notes(const WhatIfReport& report);

}  // namespace fleetrace::output
