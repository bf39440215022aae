#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "tests/trust/faults/faults.hpp"

namespace fleetrace::trust {
namespace {

Which read_which(const char* text) {
  char* end = nullptr;
  Which which;
  which.first = std::strtoul(text, &end, 10);
  which.onwards = *end == '+';
  return which;
}

struct Name {
  const char* name;
  int error;
};
constexpr Name kErrors[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},   {"EACCES", EACCES},
                            {"EMFILE", EMFILE}, {"EROFS", EROFS},   {"EDQUOT", EDQUOT}, {"ENOMEM", ENOMEM}};

/// NAME:N:HOW
void read_call(const char* text, Plan& plan) {
  const char* const colon = std::strchr(text, ':');
  if (colon == nullptr || colon - text >= static_cast<long>(sizeof plan.call)) std::abort();
  std::memcpy(plan.call, text, static_cast<std::size_t>(colon - text));
  plan.which_call = read_which(colon + 1);
  const char* const how = std::strchr(colon + 1, ':');
  if (how == nullptr) std::abort();
  for (const Name& each : kErrors) {
    if (std::strcmp(each.name, how + 1) == 0) plan.error = each.error;
  }
  if (plan.error == 0 && std::strcmp(how + 1, "short") != 0) std::abort();
}

}  // namespace

const Plan& plan() {
  static Plan made;
  static int state = 0;  // 0 unread, 1 being read, 2 read; the first call comes before there are threads
  if (state == 0) {
    state = 1;
    if (const char* const text = std::getenv("TRUST_ALLOCATION")) made.allocation = read_which(text);
    if (const char* const text = std::getenv("TRUST_CALL")) read_call(text, made);
    if (const char* const text = std::getenv("TRUST_RECORD")) {
      const long file = syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
      made.record = static_cast<int>(syscall(SYS_fcntl, file, F_DUPFD_CLOEXEC, 900));
      syscall(SYS_close, file);
    }
    made.trace = std::getenv("TRUST_TRACE") != nullptr;
    state = 2;
  }
  return made;
}

}  // namespace fleetrace::trust
