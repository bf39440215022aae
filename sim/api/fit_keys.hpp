#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Keys of scenarios that take the rate of a trend.
namespace fleetrace {

/// Whether a scenario may have the key at that path, whatever its models, and it takes a rate of growth or a decline.
[[nodiscard]] bool takes_rate(std::string_view path);

/// All such paths outside of tables and lists.
[[nodiscard]] std::vector<std::string> rate_paths();

}  // namespace fleetrace
