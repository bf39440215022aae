#include "fleetrace/core/version.hpp"

#include <string>

// The engine's own build does not look at the checkout, so that it need not be linked anew for every commit. The page says which
// program wrote it, and with that which sources the engine was made from.
namespace fleetrace::core {
namespace {

std::string hash = "unknown";

}  // namespace

std::string_view version() { return FLEETRACE_VERSION; }
std::string_view git_hash() { return hash; }

}  // namespace fleetrace::core

extern "C" __attribute__((used)) void fleetrace_built_from(const char* git_hash) { fleetrace::core::hash = git_hash; }
