#pragma once

#include <string_view>

/// The script of the page's charts, which was embedded from page/src when the program was built; private to the output floor.
namespace fleetrace::output::page {

/// The whole script. A content security policy names it by its hash.
[[nodiscard]] std::string_view script();

}  // namespace fleetrace::output::page
