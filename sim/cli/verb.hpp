#pragma once

#include <atomic>
#include <iosfwd>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "options.hpp"

/// One file per verb; the verb list (verbs.cpp) is what the program knows.
namespace fleetrace::cli {

/// Exit codes, as the interface promises them.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kUsage = 2;
inline constexpr int kInvalidInput = 3;
inline constexpr int kGuardTripped = 4;
inline constexpr int kBusy = 5;
inline constexpr int kInterrupted = 130;

/// Where a verb reads and writes. Data go to `out`, everything else to `err`.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;  ///< whether colour may be meant
  std::size_t width = 100;       ///< columns that text for people may take
  bool err_is_terminal = false;  ///< whether progress may be shown
  /// Set by the first Ctrl-C: finish what is in hand and end.
  const std::atomic<bool>* interrupted = nullptr;
};

struct Verb {
  std::string_view name;
  std::string_view arguments;  ///< "SCENARIO [OPTION]...", for the usage line
  std::string_view summary;    ///< one line
  std::string_view help;       ///< what it does, with examples
  /// `arguments` are those behind the verb. Throws UsageError and core::InputError.
  int (*run)(const std::vector<std::string>& arguments, const Streams& streams);
  std::span<const Option> options = {};  ///< what it takes; help lists them
};

/// All verbs in the order in which help shows them.
[[nodiscard]] std::span<const Verb* const> verbs();

/// Runs the program: argv without the program's name. Returns the exit code; prints every error itself.
[[nodiscard]] int run_program(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace fleetrace::cli
