#include <array>
#include <string>

#include "sim/output/live/session.hpp"

/// Answers a request of sim/output/live/session.hpp. There are two scenarios at a time, the base in slot 0 and the reader's in slot 1.
/// The answer holds until the next call.
extern "C" __attribute__((used)) const char* fleetrace_call(int slot, const char* request) {
  static std::array<fleetrace::output::LiveSession, 2> sessions;
  static std::string answer;
  answer = sessions.at(static_cast<std::size_t>(slot)).answer(request);
  return answer.c_str();
}
