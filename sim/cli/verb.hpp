#pragma once

#include <atomic>
#include <iosfwd>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/cli/options.hpp"

/// Verbs of the program. Each has a file of its own and stands in the list of verbs.cpp.
namespace fleetrace::cli {

/// Exit codes of the program, which the manual page documents.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kInvalidInput = 3;
inline constexpr int kGuardTripped = 4;
inline constexpr int kBusy = 5;
inline constexpr int kInterrupted = 130;

/// Where a verb writes. Results go to `out`, everything else to `err`.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;  ///< whether `out` can show colour
  std::size_t width = 100;       ///< how many columns text for people may take
  bool err_is_terminal = false;  ///< whether `err` can show progress
  /// Set by the first Ctrl-C, upon which a verb finishes what it has begun and ends. Null where nothing can interrupt it.
  const std::atomic<bool>* interrupted = nullptr;
};

struct Verb {
  std::string_view name;
  std::string_view arguments;  ///< for the usage line, such as "SCENARIO [OPTION]..."
  std::string_view summary;    ///< one line
  std::string_view help;       ///< what it does, with examples
  /// Runs the verb with the arguments that follow it and returns an exit code. Throws UsageError and core::InputError.
  int (*run)(const std::vector<std::string>& arguments, const Streams& streams);
  std::span<const Option> options = {};  ///< in the order in which help lists them
};

/// All verbs in the order in which help shows them.
[[nodiscard]] std::span<const Verb* const> verbs();

/// Runs the program with the arguments that follow its name, prints every error, and returns the exit code.
/// Throws std::bad_alloc, after which nothing that was written to `out` is to be shown.
[[nodiscard]] int run_program(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace fleetrace::cli
