#include "sim/core/system/positioned_io.hpp"

#include <catch2/catch.hpp>
#include <cerrno>
#include <cstdio>
#include <string>

namespace {

using namespace fleetrace;

/// A file that goes with the test.
class File {
 public:
  File() : file_(std::tmpfile()) { REQUIRE(file_ != nullptr); }
  File(const File&) = delete;
  File(File&&) = delete;
  File& operator=(const File&) = delete;
  File& operator=(File&&) = delete;
  ~File() { (void)std::fclose(file_); }
  [[nodiscard]] int descriptor() const { return fileno(file_); }

 private:
  std::FILE* file_;
};

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }
std::span<std::byte> room_in(std::string& text) { return std::as_writable_bytes(std::span(text)); }

}  // namespace

TEST_CASE("what is written at a place of a file is read from there, up to its end") {
  const File file;
  CHECK(core::write_all_at(file.descriptor(), bytes_of("fleet"), 3) == 0);
  std::string all(5, '\0');
  CHECK(core::read_all_at(file.descriptor(), room_in(all), 3) == 0);
  CHECK(all == "fleet");
  std::string more(8, 'x');
  const core::Transfer done = core::read_at(file.descriptor(), room_in(more), 2);
  CHECK(done.size == 6);
  CHECK(done.error == 0);
  CHECK(more == std::string("\0fleetxx", 8));
  CHECK(core::read_all_at(file.descriptor(), room_in(more), 2) == EIO);
  CHECK(core::read_at(file.descriptor(), room_in(more), 8).size == 0);
}

TEST_CASE("what the system refuses to read or write is said by its number") {
  std::string room(4, '\0');
  CHECK(core::read_at(-1, room_in(room), 0).error == EBADF);
  CHECK(core::read_all_at(-1, room_in(room), 0) == EBADF);
  CHECK(core::write_all_at(-1, bytes_of(room), 0) == EBADF);
  CHECK(core::write_all_at(-1, {}, 0) == 0);
}
