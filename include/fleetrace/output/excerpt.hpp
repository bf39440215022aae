#pragma once

#include <cstddef>
#include <string>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::output {

/// The line of the input that a finding is about, and a caret under its place; empty where there is no line. A line that
/// does not fit in `width` characters is cut on both sides of the place.
///
///      14 |   turtle: {buy: incremental, every: 3 monhts}
///         |                                     ^
[[nodiscard]] std::string excerpt(const core::Diagnostic& diagnostic, std::size_t width);

}  // namespace fleetrace::output
