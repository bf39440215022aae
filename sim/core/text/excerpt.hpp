#pragma once

#include <cstddef>
#include <string>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::core {

/// The line of the input that a finding is about, and a caret under its place; empty where there is no line. A line that
/// does not fit in `width` characters is cut on both sides of the place.
///
///      14 |   turtle: {buy: incremental, every: 3 monhts}
///         |                                     ^
[[nodiscard]] std::string excerpt(const Diagnostic& diagnostic, std::size_t width);

}  // namespace fleetrace::core
