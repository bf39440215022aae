#pragma once

#include <span>
#include <string_view>

/// The script of interactive charts, bundled when the program was built (page/); private to the output floor.
namespace fleetrace::output::page {

/// Its pieces, to be written one after the other; none where the program was built without.
[[nodiscard]] std::span<const std::string_view> script();
/// SHA-256 of all of it in base64, as a content security policy names it; empty without a script.
[[nodiscard]] std::string_view script_sha256();

}  // namespace fleetrace::output::page
