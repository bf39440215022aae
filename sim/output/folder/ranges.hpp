#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace fleetrace::output {

/// Ascending numbers as people and job arrays write them: "3,17-19". Of more than `most` stretches the rest is counted: "3,17-19 and 5
/// more".
[[nodiscard]] std::string ranges_text(std::span<const std::uint32_t> numbers, std::size_t most = 20);

}  // namespace fleetrace::output
