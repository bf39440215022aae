#include "sim/cli/interruption.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <csignal>

#include "sim/cli/verb.hpp"
#include "sim/output/folder/atomic_file.hpp"

namespace fleetrace::cli {
namespace {

std::atomic<bool> interrupted = false;
std::atomic<bool> waits = false;
static_assert(std::atomic<bool>::is_always_lock_free);

/// What every step of the program leaves is whole without an end of its own: files are renamed when they are, and a journal is gone
/// on with. So the process may end anywhere.
extern "C" void end_now(int /*signal*/) {
  output::remove_pending_files();
  static constexpr char kSaid[] = "Interrupted.\n";
  (void)!::write(STDERR_FILENO, kSaid, sizeof kSaid - 1);
  ::_exit(kInterrupted);
}

extern "C" void on_interrupt(int signal) {
  if (interrupted.exchange(true) || !waits) end_now(signal);
  constexpr suseconds_t kHalfSecond = 500'000;
  const itimerval soon{{0, 0}, {1, kHalfSecond}};
  ::setitimer(ITIMER_REAL, &soon, nullptr);
}

}  // namespace

std::atomic<bool>& ends_well() { return waits; }

const std::atomic<bool>& handle_interruptions() {
  std::signal(SIGALRM, end_now);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    // What whoever started the program has it ignore stays ignored: nohup, or a shell's background job.
    if (std::signal(signal, on_interrupt) == SIG_IGN) std::signal(signal, SIG_IGN);
  }
  return interrupted;
}

}  // namespace fleetrace::cli
