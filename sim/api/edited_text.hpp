#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/reader/load.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace {

/// The text of a scenario with values changed in place, each line that was changed marked by a comment. Nothing where a change has no
/// value in the text whose place could take it.
[[nodiscard]] std::optional<std::string> edited_text(const std::string& text, const scenario::Scenario& scenario,
                                                     const std::vector<reader::Override>& changes);

}  // namespace fleetrace
