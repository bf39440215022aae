#include "sim/output/live/page.hpp"

// What stands in the place of the page where there is no emscripten to build it.
namespace fleetrace::output::live {

std::span<const std::string_view> before_scenario() { return {}; }
std::span<const std::string_view> after_scenario() { return {}; }

}  // namespace fleetrace::output::live
