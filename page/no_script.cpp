#include "sim/output/page/page_script.hpp"

// What stands in the place of the bundled script where there is none.
namespace fleetrace::output::page {

std::span<const std::string_view> script() { return {}; }
std::string_view script_sha256() { return {}; }

}  // namespace fleetrace::output::page
