#pragma once

#include <string_view>

namespace fleetrace::output::page {

/// The style sheet of pages: light and dark, on screens from 360 pixels and on paper.
[[nodiscard]] std::string_view style();

}  // namespace fleetrace::output::page
