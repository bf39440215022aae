#pragma once

#include <cstddef>

// Preloaded into the program by the tests of trust (LD_PRELOAD): allocations and system calls fail where they are told to, and
// what is asked of the system is written down. The environment says what:
//
//   TRUST_ALLOCATION=N      the N-th allocation fails; N+ means all from the N-th on
//   TRUST_CALL=NAME:N:HOW   the N-th call NAME (or its family: open is openat, too) fails with errno HOW, or, with `short`, moves
//                           half of the bytes; N+ as above
//   TRUST_COUNT=FILE        how many allocations there were is written there at the end
//   TRUST_RECORD=FILE       a line a call: name, file, offset, result, errno, bytes in hexadecimal
//   TRUST_TRACE=1           where an allocation fails, the calls that led there go to standard error

/// What the parts of the library share. Nothing here may allocate, since allocations ask for the plan.
namespace fleetrace::trust {

/// "12" or "12+"; 0 where nothing is to fail.
struct Which {
  unsigned long first = 0;
  bool onwards = false;

  [[nodiscard]] bool is(unsigned long number) const {
    return first != 0 && (onwards ? number >= first : number == first);
  }
};

/// What is to fail and where it is written down.
struct Plan {
  Which allocation;
  char call[16] = {};
  Which which_call;
  int error = 0;  ///< 0 for `short`
  int record = -1;
  bool trace = false;
};

/// The plan of this process, which is read from the environment once, by whoever asks first: that is before there are threads.
[[nodiscard]] const Plan& plan();

/// Writes a line of a call down, where that is asked for: its name, what it was about, its result, and the bytes that it moved.
void record(const char* name, const char* path, long offset, long result, int error, const void* bytes = nullptr);
/// The same of a call that names a file below a folder, and of one on an open file. They return `result` and leave errno alone.
long record_at(const char* name, int folder, const char* path, long offset, long result);
long record_on(const char* name, int file, long offset, long result, const void* bytes = nullptr);
/// A path as it was given, below the folder that a descriptor is open on.
void path_at(int folder, const char* name, char (&path)[512]);

}  // namespace fleetrace::trust

/// A function that takes the place of one of the C library.
#define FLEETRACE_SEEN extern "C" __attribute__((visibility("default")))
