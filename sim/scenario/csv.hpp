#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "findings.hpp"

namespace fleetrace::scenario {

/// Rows of a CSV file (RFC 4180, without line ends inside quotes) as a sequence of mappings for the entry of `family`.
/// Columns are named by parameter, with the base unit of a quantity in lower case behind it: at, amount_usd; durations are in
/// years, every_yr, bandwidths in GB/s. Nothing where
/// the file as a whole cannot be read; `path` is the list's, for messages.
[[nodiscard]] std::optional<Node> read_csv(std::string_view bytes, const std::string& file, const core::Family& family,
                                           const std::string& path, Findings& findings);

}  // namespace fleetrace::scenario
