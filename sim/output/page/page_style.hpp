#pragma once

#include <string_view>

namespace fleetrace::output::page {

/// The style sheet of all pages. It is for light and dark screens from 360 pixels of width on, and for paper.
[[nodiscard]] std::string_view style();

}  // namespace fleetrace::output::page
