#pragma once

#include <span>
#include <string_view>

/// The script of interactive charts, which was bundled from page/ when the program was built; private to the output floor.
namespace fleetrace::output::page {

/// The pieces of the script, to be written one after the other; none where the program was built without a script.
[[nodiscard]] std::span<const std::string_view> script();
/// SHA-256 of the whole script in base64, as a content security policy names it; empty without a script.
[[nodiscard]] std::string_view script_sha256();

}  // namespace fleetrace::output::page
