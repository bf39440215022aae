#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/core/units/currency.hpp"
#include "sim/reader/findings.hpp"

namespace fleetrace::reader {

/// Rows of a CSV file (RFC 4180, without line ends inside quotes) as a sequence of mappings for the entry of `family`. A column
/// is named by its parameter, followed by the unit of a quantity in lower case: at, amount_usd, power_mw. Messages name the base unit;
/// durations are in years (every_yr), bandwidths in GB/s. Money may be in `currency`: amount_meur. A column that is none of these and near none is warned about and not read. Cells are separated by
/// commas, or by semicolons where the header has no comma. Returns nothing if the file as a whole cannot be read; `path` is that of the list, for
/// messages.
[[nodiscard]] std::optional<Node> read_csv(std::string_view bytes, const std::string& file, const core::Family& family,
                                           const std::string& path, const std::optional<core::Currency>& currency,
                                           Findings& findings);

}  // namespace fleetrace::reader
