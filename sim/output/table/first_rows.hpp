#pragma once

#include <string>
#include <vector>

#include "sim/output/table/table.hpp"

/// Long tables, of which people read the first rows.
namespace fleetrace::output {

/// A table is long beyond so many rows, and so many of them stand there then.
inline constexpr std::size_t kShortTable = 14;
inline constexpr std::size_t kFirstRows = 10;

/// The first rows of a long table, and all of a short one.
[[nodiscard]] Table first_rows(const Table& table);
/// How many rows that leaves out, as a line: "490 more in results.json.\n"; empty for a short table.
[[nodiscard]] std::string more_rows(const Table& table);
/// The rows in the order in which their first cells stand in `names`, where those are more than a short table has; a table of fewer
/// stays as it is.
[[nodiscard]] Table best_first(const Table& table, const std::vector<std::string>& names);

}  // namespace fleetrace::output
