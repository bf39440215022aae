#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "sim/reader/yaml/node.hpp"

namespace {

using namespace fleetrace;
using reader::Node;

// Processor time for one text [s], far above the 40 ms that the slowest takes, and 150 ms for all 100 000 nodes: a reader whose time
// grows exponentially, or with the square of what is sent, needs minutes, and no busy machine or sanitiser as much.
constexpr double kShort = 5;
constexpr double kLong = 30;

// What is said about a text; the time that it takes is checked, too.
std::string findings(std::string_view yaml, double most_seconds = kShort) {
  const std::clock_t begin = std::clock();
  std::string said = "accepted";
  try {
    core::Diagnostics diagnostics;
    const Node node = reader::parse_yaml(yaml, "x", diagnostics);
    diagnostics.throw_if_any();
  } catch (const core::InputError& error) {
    said = error.what();
  }
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  INFO(yaml.substr(0, 40));
  CHECK(seconds < most_seconds);
  return said;
}

std::string repeat(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

const std::string kSample = R"(fleetrace: 1                       # format version
name: hare-and-turtle
horizon: {start: 2026-01-01, length: 8 yr}
hardware:
  model: catalog
  accelerators: [H100, B200, GB300]
  then: {cadence: 2 yr, price_performance_doubling: 2.07 yr}
sites:
  main: {power: 150 MW, pue: 1.1, electricity: 0.0826 USD/kWh}
initial_fleet:
  - {accelerator: "H100", count: 4096, installed: 2025-01-01}
strategies:
  hare:   {buy: front_loaded, budget: 2e9 USD, note: 'caf)"
                            "\xc3\xa9"
                            R"( ''x'' '}
  text: |
    two
    lines "\u0041
  lab:    {buy: incremental,
           with: {progress: {model: exponential, doubling: 6 months}}}
)";

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

TEST_CASE("inputs that broke YAML readers are answered", "[yaml][hostile]") {
  const std::string deep = "nested too deeply (the limit is 32 levels). Make the nesting flatter.";
  for (const char* opener : {"[", "{", "- ", "? ", ": ", "[? ", "{a: ", "[[],"}) {
    INFO(opener);
    CHECK(ends_with(findings(repeat(opener, 100'000 / std::string_view(opener).size())), deep));
  }
  CHECK(findings("!2") == "x:1:1: tag \"!2\" (tags are not accepted). Remove it: the key decides what its value is.");
  CHECK(findings("[:") == R"(x:1:2: unexpected ":" (no value begins with this character). Put the text in quotes.)");
  CHECK(findings("{:") == R"(x:1:2: unexpected ":" (no value begins with this character). Put the text in quotes.)");
  CHECK(findings("\n,\n") ==
        R"(x:2:1: unexpected "," (the document ends before it). Check the indentation, the quotes and the commas.)");
  CHECK(findings(",") ==
        R"(x:1:1: unexpected "," (the document ends before it). Check the indentation, the quotes and the commas.)");
  CHECK(findings("a: !!binary \"\xc3\xbf\"") ==
        "x:1:4: a: tag \"!!binary\" (tags are not accepted). Remove it: the key decides what its value is.");
  CHECK(
      findings("&a [*a]") ==
      "x:1:5: 0: alias \"*a\" (it stands within what it stands for, which would have no end). Write the value out where it "
      "is needed.");
  CHECK(findings("a: 1\na: 2") == "x:2:1: duplicate key \"a\" (first on line 1). Keep one of the two.");
}

TEST_CASE("a billion laughs are refused before they are expanded", "[yaml][hostile]") {
  std::string yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 9; ++level) {
    const std::string name = "a" + std::to_string(level);
    const std::string below = "*a" + std::to_string(level - 1);
    for (const std::string& part : {name, std::string(": &"), name, std::string(" ["), below}) yaml += part;
    for (int i = 1; i < 10; ++i) yaml += ", " + below;
    yaml += "]\n";
  }
  core::Diagnostics diagnostics;
  const Node root = reader::parse_yaml(yaml, "x", diagnostics);
  // Before a4 there are 12,348 values, of them 4 keys. A copy of a3 is 11,111: with 7 of them there are 90,127, with a4 and its
  // key, and the eighth, in column 10 + 7 * 5, would be beyond the limit of 100,000.
  REQUIRE(diagnostics.size() == 1);
  CHECK(
      core::to_string(diagnostics.found().front()) ==
      "x:5:45: a4.7: too many values (the limit is 100000, keys and what aliases stand for included). Split the scenario.");
  CHECK(root.kind == Node::Kind::null);
}

TEST_CASE("aliases make neither long texts nor deep nests of short ones", "[yaml][hostile]") {
  std::string yaml = "a: &a " + std::string(60'000, 'x') + "\nb: [";
  for (int i = 0; i < 200; ++i) yaml += "*a, ";
  CHECK(ends_with(findings(yaml + "*a]\n"),
                  "too much text (the limit is 8 MiB, what aliases stand for included). Split the scenario."));
  // Each line is two levels deep, and stands for two more than the one before.
  yaml = "a0: &a0 [[x]]\n";
  for (int i = 1; i < 20; ++i)
    yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [[*a" + std::to_string(i - 1) + "]]\n";
  CHECK(ends_with(findings(yaml), "nested too deeply (the limit is 32 levels). Make the nesting flatter."));
  // Anchors within anchors are kept apart: what is kept is limited, too.
  yaml = "a: ";
  for (int i = 0; i < 28; ++i) yaml += "&a" + std::to_string(i) + " [";
  yaml += "x";
  for (int i = 0; i < 4'500; ++i) yaml += ",\n x";
  CHECK(ends_with(
      findings(yaml + std::string(28, ']') + "\n"),
      "too many values (the limit is 100000 in all that has anchors). Write the value out where it is needed."));
}

TEST_CASE("wrong encodings are named with their byte and place", "[yaml][hostile]") {
  const auto wrong = [](std::string_view bytes) { return findings("a: 1\nb: \xc3\xa9" + std::string(bytes) + "\n"); };
  const auto invalid = [](const std::string& byte, const std::string& why) {
    return "x:2:5: invalid UTF-8 (byte " + byte + ": " + why + "). Save the file as UTF-8.";
  };
  CHECK(wrong("\x80") == invalid("0x80", "a continuation byte without a beginning"));
  CHECK(wrong("\xff") == invalid("0xff", "no character begins with this byte"));
  CHECK(wrong("\xc0\x80") == invalid("0xc0", "overlong"));
  CHECK(wrong("\xc1\xbf") == invalid("0xc1", "overlong"));
  CHECK(wrong("\xe0\x9f\xbf") == invalid("0xe0", "overlong"));
  CHECK(wrong("\xf0\x8f\xbf\xbf") == invalid("0xf0", "overlong"));
  CHECK(wrong("\xed\xa0\x80") == invalid("0xed", "a surrogate"));
  CHECK(wrong("\xed\xbf\xbf") == invalid("0xed", "a surrogate"));
  CHECK(wrong("\xf4\x90\x80\x80") == invalid("0xf4", "above U+10FFFF"));
  CHECK(wrong("\xf5\x80\x80\x80") == invalid("0xf5", "above U+10FFFF"));
  CHECK(wrong("\xe2\x82") == invalid("0xe2", "cut off"));
  CHECK(wrong("\xc3(") == invalid("0xc3", "cut off"));
  CHECK(findings("b: \xf0\x9f\x98") == "x:1:4: invalid UTF-8 (byte 0xf0: cut off). Save the file as UTF-8.");
  for (const char* good : {"\xc2\xa0", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80",
                           "\xf4\x8f\xbf\xbf"}) {
    CHECK(wrong(good) == "accepted");
  }
  CHECK(findings("\xff\xfe"
                 "a") == "x:1:1: UTF-16 text (only UTF-8 is read). Save the file as UTF-8.");
  CHECK(findings("\xfe\xff"
                 "a") == "x:1:1: UTF-16 text (only UTF-8 is read). Save the file as UTF-8.");
}

TEST_CASE("characters that cannot be seen are refused", "[yaml][hostile]") {
  using namespace std::string_literals;
  CHECK(findings("a: b\0c\n"s) == "x:1:5: NUL byte (not a text file). Save the scenario as UTF-8 text.");
  CHECK(findings("a: 1\x04\nb: 2\n") == "x:1:5: character U+0004 (it cannot be seen). Remove it.");
  CHECK(findings("a: \x1b[31m\n") == "x:1:4: character U+001B (it cannot be seen). Remove it.");
  CHECK(findings("a: \x7f\n") == "x:1:4: character U+007F (it cannot be seen). Remove it.");
  CHECK(findings("a: \xc2\x9b\n") == "x:1:4: character U+009B (it cannot be seen). Remove it.");
  CHECK(findings("a: \xef\xbb\xbf\n") == "x:1:4: character U+FEFF (it cannot be seen). Remove it.");
  CHECK(findings("a: 1\rb: 2\r") ==
        "x:1:5: carriage return without a line feed (not a line end). End lines with LF or CR LF.");
  for (const char* escape : {"\\0", "\\x04", "\\e", "\\x80", "\\ufeff", "\\u0000"}) {
    CHECK(findings("a: \"x" + std::string(escape) + "y\"\n") ==
          "x:1:4: a: text with an invisible character (an escape stands for it). Remove the escape.");
  }
}

TEST_CASE("each limit holds, and just below it all is well", "[yaml][hostile]") {
  CHECK(findings(repeat("[", 32) + "x" + repeat("]", 32)) == "accepted");
  CHECK(findings(repeat("[", 33) + "x" + repeat("]", 33)).find("x:1:33: ") == 0);
  CHECK(findings(repeat("- ", 32) + "x") == "accepted");
  CHECK(findings("a: " + std::string(65'536, 'x')) == "accepted");
  CHECK(findings("a: " + std::string(65'537, 'x')) ==
        "x:1:4: a: text longer than 64 KiB (that is the limit). Shorten it.");
  CHECK(findings("? " + std::string(65'537, 'x') + "\n: a") ==
        "x:1:3: text longer than 64 KiB (that is the limit). Shorten it.");
  CHECK(findings(repeat("- 1\n", 99'999), kLong) == "accepted");
  CHECK(findings(repeat("- 1\n", 100'000), kLong) ==
        "x:100000:3: 99999: too many values (the limit is 100000, keys included). Split the scenario.");
  std::string keys;
  for (int i = 0; i < 10'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  CHECK(findings(keys) == "accepted");
  CHECK(findings(keys + "more: 1\n") ==
        "x:10001:1: too many keys (the limit is 10000 in one mapping). Split the mapping.");
  CHECK(findings("[" + repeat("1, ", 43'000) + "1]") == "accepted");  // 1e5 columns and more
  CHECK(findings("a: 1\n# " + std::string(140'000, 'x')) ==
        "x:2:1: line longer than 128 KiB (that is the limit). Break it into several lines.");
  CHECK(findings(repeat("#\n", 4U << 20U), kLong).find("nothing in it") != std::string::npos);
  CHECK(findings(repeat("#\n", 4U << 20U) + "#") == "x:1:1: larger than 8 MiB (that is the limit). Split it.");
  const std::string many = findings(repeat("a: 1\n", 1'000));
  CHECK(std::count(many.begin(), many.end(), '\n') == 100);
  CHECK(many.substr(many.rfind('\n') + 1) ==
        "x:102:1: more than 100 problems (reading stops here). Mend those above first.");
}

TEST_CASE("a hostile name in a message is cut and made harmless", "[yaml][hostile]") {
  CHECK(findings("a: 1\n" + std::string(1'000, 'k') + ": 1\n" + std::string(1'000, 'k') + ": 2\n") ==
        "x:3:1: duplicate key \"" + std::string(40, 'k') + "...\" (first on line 2). Keep one of the two.");
  CHECK(findings("\xe2\x80\xae: 1\n\xe2\x80\xae: 2\n") ==
        "x:2:1: duplicate key \"\\xe2\\x80\\xae\" (first on line 1). Keep one of the two.");
}

TEST_CASE("a scenario cut at any byte is answered", "[yaml][hostile]") {
  CHECK(findings(kSample) == "accepted");
  std::string crlf;
  for (const char c : kSample) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(findings(crlf) == "accepted");
  int accepted = 0;
  for (std::size_t length = 0; length < kSample.size(); ++length) {
    const std::string said = findings(std::string_view(kSample).substr(0, length));
    if (said == "accepted") {
      ++accepted;
    } else if (said.find("x:") != 0 || said.find("not valid YAML") != std::string::npos ||
               said.find("cannot be read") != std::string::npos) {
      FAIL(length << ": " << said);
    }
  }
  CHECK(accepted > 100);  // a prefix of whole lines is a document
  CHECK(accepted < static_cast<int>(kSample.size()) / 2);
}

TEST_CASE("a scenario with any byte replaced is answered", "[yaml][hostile]") {
  for (std::size_t i = 0; i < kSample.size(); ++i) {
    for (const char c :
         {'\0', '\t', '\n', ' ', '"', '\'', '[', '{', '}', ':', '-', '&', '*', '!', '%', '@', '|', '\xff'}) {
      std::string changed = kSample;
      changed[i] = c;
      if (findings(changed).find("not valid YAML") != std::string::npos)
        FAIL(i << ' ' << c << '\n' << findings(changed));
    }
  }
}

namespace {

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/fleetrace-input-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + '/' + name; }

 private:
  std::string path_;
};

std::string refusal(const std::string& path) {
  try {
    (void)reader::read_input(path);
    return "accepted";
  } catch (const core::InputError& error) {
    CHECK(error.diagnostics().size() == 1);
    CHECK(error.diagnostics()[0].where.line == 0);
    return error.what();
  }
}

// Standard input for as long as it lives.
class StandardInput {
 public:
  explicit StandardInput(int descriptor) : saved_(::dup(STDIN_FILENO)) { ::dup2(descriptor, STDIN_FILENO); }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;
  ~StandardInput() {
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
  }

 private:
  int saved_;
};

}  // namespace

TEST_CASE("only regular files of a sane size are read", "[input][hostile]") {
  const Folder folder;
  CHECK(refusal(folder / "nosuch.yaml") == folder / "nosuch.yaml: no such file. Check the path.");
  CHECK(refusal("") == "no such file. Check the path.");
  CHECK(refusal(std::string("/dev/null\0.yaml", 15)) ==
        "/dev/null\\x00.yaml: no such file (a path holds no NUL). Check the path.");
  CHECK(refusal(folder / "") == folder / ": a directory where a file is needed. Name a file inside it.");
  for (const char* device : {"/dev/zero", "/dev/null", "/dev/urandom"}) {
    CHECK(refusal(device) ==
          std::string(device) + R"(: a device where a file is needed. Use "-" to read from standard input.)");
  }
  const std::string fifo = folder / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  CHECK(refusal(fifo) == fifo + R"(: a named pipe where a file is needed. Use "-" to read from standard input.)");

  const std::string socket_path = folder / "socket";
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_path.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  CHECK(refusal(socket_path) ==
        socket_path + R"(: a socket or a device where a file is needed. Use "-" to read from standard input.)");
  ::close(listener);

  const std::string loop = folder / "loop";
  std::filesystem::create_symlink(loop, loop);
  CHECK(refusal(loop) == loop + ": cannot be read (Too many levels of symbolic links).");
  CHECK(refusal(std::string(5'000, 'x')).find(": cannot be read (File name too long).") != std::string::npos);

  const std::string file = folder / "file";
  std::ofstream(file) << std::string(1U << 20U, '#');
  CHECK(reader::read_input(file).size() == 1U << 20U);
  std::ofstream(file, std::ios::app) << '#';
  CHECK(refusal(file) == file + ": larger than 1 MiB (that is the limit). Split it.");
  std::ofstream(file) << "a: 1\n";
  CHECK(reader::read_input(file) == "a: 1\n");
  if (::geteuid() != 0) {
    REQUIRE(::chmod(file.c_str(), 0) == 0);
    CHECK(refusal(file) == file + ": no permission to read it. Check its owner and mode.");
  }
}

TEST_CASE("standard input is read to its end, up to the limit", "[input][hostile]") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe2(ends.data(), O_NONBLOCK) == 0);
  REQUIRE(::write(ends[1], "a: 1\n", 5) == 5);
  ::close(ends[1]);
  {
    const StandardInput input(ends[0]);
    CHECK(reader::read_input("-") == "a: 1\n");
  }
  ::close(ends[0]);
  const int zero = ::open("/dev/zero", O_RDONLY);
  {
    const StandardInput input(zero);
    CHECK(refusal("-") == "standard input: larger than 1 MiB (that is the limit). Split it.");
  }
  ::close(zero);
  const int folder = ::open("/", O_RDONLY | O_DIRECTORY);
  {
    const StandardInput input(folder);
    CHECK(refusal("-") == "standard input: cannot be read (Is a directory).");
  }
  ::close(folder);
}
