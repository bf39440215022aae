#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "fleetrace/output/entries.hpp"
#include "fleetrace/scenario/load.hpp"

namespace {

constexpr const char* kPath = FLEETRACE_SOURCE_DIR "/scenarios/README.md";
constexpr std::string_view kBegin = "<!-- begin of the generated part -->\n";
constexpr std::string_view kEnd = "<!-- end of the generated part -->\n";

std::string read_file() {
  std::ifstream file(kPath, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The first line that differs, for a message that can be read.
std::string first_difference(const std::string& found, const std::string& expected) {
  std::istringstream old_lines(found);
  std::istringstream new_lines(expected);
  std::string old_line;
  std::string new_line;
  do {
    const bool has_old = static_cast<bool>(std::getline(old_lines, old_line));
    const bool has_new = static_cast<bool>(std::getline(new_lines, new_line));
    if (!has_old && !has_new) return {};
    if (!has_old) old_line = "nothing";
    if (!has_new) new_line = "nothing";
  } while (old_line == new_line);
  return "the file has\n" + old_line + "\nthe program says\n" + new_line + "\n./dev golden rewrites " + kPath;
}

}  // namespace

TEST_CASE("the reference of the scenario format is what the program says", "[reference]") {
  using fleetrace::output::list_format;
  const std::string file = read_file();
  const std::size_t begin = file.find(kBegin);
  const std::size_t end = file.find(kEnd);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  REQUIRE(begin < end);
  const std::string expected = std::string(kBegin) + '\n' + list_format(fleetrace::output::ListFormat::markdown) +
                               '\n' + std::string(kEnd);
  const std::string found = file.substr(begin, end - begin) + std::string(kEnd);
  if (std::getenv("FLEETRACE_REWRITE_GOLDENS") != nullptr && found != expected) {
    std::ofstream(kPath, std::ios::binary) << file.substr(0, begin) << expected << file.substr(end + kEnd.size());
    WARN("rewrote " << kPath);
    return;
  }
  INFO(first_difference(found, expected));
  CHECK((found == expected));
}

TEST_CASE("the example in the reference of the scenario format is a valid scenario", "[reference]") {
  constexpr std::string_view kFence = "```yaml\n";
  const std::string file = read_file();
  const std::size_t begin = file.find(kFence) + kFence.size();
  const std::string example = file.substr(begin, file.find("```", begin) - begin);
  CHECK(fleetrace::scenario::load_bytes(example, "scenarios/README.md").name() == "small");
}
