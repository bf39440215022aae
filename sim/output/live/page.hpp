#pragma once

#include <span>
#include <string>
#include <string_view>

/// The live page: one file with the engine as WebAssembly, a scenario, and the script that draws.
namespace fleetrace::output::live {

/// The page around the scenario, in pieces; both are empty in a program that was built without emscripten.
[[nodiscard]] std::span<const std::string_view> before_scenario();
[[nodiscard]] std::span<const std::string_view> after_scenario();

[[nodiscard]] inline bool has_page() { return !before_scenario().empty(); }

/// The page of a scenario, given as the text of its file; `name` is what command lines in the page call it.
[[nodiscard]] std::string page(std::string_view text, std::string_view name);

}  // namespace fleetrace::output::live
