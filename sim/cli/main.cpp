#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <sstream>
#include <string_view>
#include <system_error>

#include "sim/cli/interruption.hpp"
#include "sim/cli/verb.hpp"
#include "sim/core/text/plain.hpp"
#include "sim/engine/order.hpp"
#include "sim/fleet/events/event.hpp"
#include "sim/output/folder/atomic_file.hpp"

namespace {

constexpr std::size_t kNarrowest = 20;
constexpr std::size_t kWidest = 120;

std::size_t terminal_width(std::size_t otherwise) {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return otherwise;
  return std::clamp<std::size_t>(size.ws_col, kNarrowest, kWidest);
}

/// Whether the terminal can show nothing but ASCII: LC_ALL=C, or TERM=dumb.
bool is_ascii_only() {
  const auto is = [](const char* name, std::string_view value) {
    const char* const found = std::getenv(name);
    return found != nullptr && found == value;
  };
  return is("LC_ALL", "C") || is("LC_ALL", "POSIX") || is("TERM", "dumb");
}

/// Whether the output is text for people, rather than data that keep their bytes.
bool is_for_people(const std::vector<std::string>& arguments) {
  std::string format = "table";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    static constexpr std::string_view kOption = "--format";
    if (arguments[i].rfind(std::string(kOption) + '=', 0) == 0) format = arguments[i].substr(kOption.size() + 1);
    if (arguments[i] == kOption && i + 1 < arguments.size()) format = arguments[i + 1];
  }
  static constexpr std::array<std::string_view, 8> kPrograms = {"show",       "schema", "init",  "cluster",
                                                                "completion", "man",    "merge", "missing"};
  const bool is_data = !arguments.empty() &&
                       std::find(kPrograms.begin(), kPrograms.end(), arguments.front()) != kPrograms.end();
  return format == "table" && !is_data;
}

/// A file that is opened later must not take the number of a standard stream that is closed. What stands in for one is open the
/// other way round, so that using it is an error all the same.
void occupy_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) == -1 && errno == EBADF)
      (void)::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

/// Says so, for which it needs no memory, and ends the process.
[[noreturn]] void end_without_memory() {
  constexpr std::string_view kMessage = "fleetrace: out of memory.\n";
  (void)fleetrace::output::write_all(STDERR_FILENO, kMessage);
  std::_Exit(fleetrace::cli::kFailed);
}

/// Memory may also run out before main(), while globals are made, or where nothing may be thrown.
[[noreturn]] void on_terminate() {
  try {
    if (std::current_exception() != nullptr) throw;
  } catch (const std::bad_alloc&) {
    end_without_memory();
  } catch (...) {
    // What it was is said by the library's own handler.
  }
  __gnu_cxx::__verbose_terminate_handler();
  std::abort();
}

struct BeforeOtherGlobals {
  BeforeOtherGlobals() noexcept { std::set_terminate(on_terminate); }
};
constexpr int kFirst = 101;
[[gnu::init_priority(kFirst)]] const BeforeOtherGlobals kBeforeOtherGlobals;

#ifdef FLEETRACE_CHECK_INVARIANTS
/// Reverses the order of equals where that is asked for: in all phases, or in all but that of deliveries, which wait for room in the
/// order in which they come.
void reverse_ties(const char* which) {
  if (which == nullptr) return;
  constexpr std::uint32_t kAll = 0xffff;
  constexpr auto kDelivery = static_cast<unsigned>(fleetrace::fleet::info(fleetrace::fleet::EventKind::delivery).phase);
  const bool keeps_deliveries = std::string_view(which) == "but deliveries";
  fleetrace::engine::order::reversed_phases = keeps_deliveries ? kAll & ~(1U << kDelivery) : kAll;
}
#endif

int run(int argc, char** argv) {
#ifdef FLEETRACE_CHECK_INVARIANTS
  reverse_ties(std::getenv("FLEETRACE_REVERSE_TIES"));
#endif
  occupy_standard_streams();
  // A reader that has had enough (`| head`), or a file at its limit, ends the writing, not the program.
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_IGN);
  std::ostringstream data;
  // Else the stream would keep to itself that memory ran out, and what it has would pass for the whole.
  data.exceptions(std::ios::badbit);
  fleetrace::cli::Streams streams{data, std::cerr};
  streams.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  streams.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
  streams.interrupted = &fleetrace::cli::handle_interruptions();
  if (streams.out_is_terminal) streams.width = terminal_width(streams.width);
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const int code = fleetrace::cli::run_program(arguments, streams);
  std::string text = std::move(data).str();
  if (is_for_people(arguments)) {
    if (streams.out_is_terminal) text = fleetrace::core::narrowed(text, streams.width);
    if (is_ascii_only()) text = fleetrace::core::ascii(text);
  }
  const int error = fleetrace::output::write_all(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return code;
  std::cerr << "fleetrace: cannot write to standard output: " << std::generic_category().message(error) << ".\n";
  return fleetrace::cli::kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (...) {
    end_without_memory();  // nothing else can have failed here
  }
}
