#pragma once

#include <atomic>

/// How Ctrl-C and its like end the program.
namespace fleetrace::cli {

/// Set by whoever looks at Streams::interrupted and ends well by itself. Until then there is nothing to keep, and a signal ends the
/// program at once.
[[nodiscard]] std::atomic<bool>& ends_well();

/// Installs what SIGINT, SIGTERM and SIGHUP do, unless they are ignored: the first sets the flag that is returned, upon which a verb
/// has a second and a half to end well; then, or where none would, or at the next signal the program ends with kInterrupted.
[[nodiscard]] const std::atomic<bool>& handle_interruptions();

}  // namespace fleetrace::cli
