#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "sim/reader/yaml/node.hpp"
#include "sim/reader/yaml/yaml_limits.hpp"

namespace fleetrace::reader {
namespace {

[[noreturn]] void refuse(const std::string& file, std::string problem, std::string reason, std::string suggestion) {
  throw core::InputError({{{file, 0, 0}, {}, std::move(problem), std::move(reason), std::move(suggestion)}});
}

[[noreturn]] void refuse_errno(const std::string& file, int error) {
  if (error == ENOENT || error == ENOTDIR) refuse(file, "no such file", {}, "Check the path.");
  if (error == EACCES || error == EPERM) refuse(file, "no permission to read it", {}, "Check its owner and mode.");
  refuse(file, "cannot be read", std::generic_category().message(error), {});
}

[[noreturn]] void refuse_size(const std::string& file) {
  refuse(file, "larger than 1 MiB", "that is the limit", "Split it.");
}

[[noreturn]] void refuse_kind(const std::string& file, mode_t mode) {
  const char* kind = S_ISDIR(mode)    ? "a directory"
                     : S_ISFIFO(mode) ? "a named pipe"
                     : S_ISSOCK(mode) ? "a socket"
                                      : "a device";
  refuse(file, std::string(kind) + " where a file is needed", {},
         S_ISDIR(mode) ? "Name a file inside it." : "Use \"-\" to read from standard input.");
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ > STDIN_FILENO) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

std::string read_all(int descriptor, const std::string& file) {
  std::string bytes;
  std::array<char, 65'536> buffer{};
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count == 0) return bytes;
    if (count > 0) {
      bytes.append(buffer.data(), static_cast<std::size_t>(count));
      if (bytes.size() > kMostFileBytes) refuse_size(file);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      // Standard input may have been made non-blocking by whoever shares it.
      pollfd wait{descriptor, POLLIN, 0};
      if (::poll(&wait, 1, -1) < 0 && errno != EINTR) refuse_errno(file, errno);
    } else if (errno != EINTR) {
      refuse_errno(file, errno);
    }
  }
}

int open_read_only(const std::string& path) {
  for (;;) {
    // Non-blocking, since opening a pipe would wait for its writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor >= 0) return descriptor;
    if (errno == ENXIO)
      refuse(path, "a socket or a device where a file is needed", {}, "Use \"-\" to read from standard input.");
    if (errno != EINTR) refuse_errno(path, errno);
  }
}

}  // namespace

std::string read_input(const std::string& path) {
  if (path == "-") return read_all(STDIN_FILENO, "standard input");
  if (path.find('\0') != std::string::npos) refuse(path, "no such file", "a path holds no NUL", "Check the path.");
  const Descriptor descriptor(open_read_only(path));
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) refuse_errno(path, errno);
  if (!S_ISREG(status.st_mode)) refuse_kind(path, status.st_mode);
  if (status.st_size > static_cast<off_t>(kMostFileBytes)) refuse_size(path);
  return read_all(descriptor.number(), path);
}

}  // namespace fleetrace::reader
