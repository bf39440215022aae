#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "sim/output/reference/entries.hpp"
#include "sim/reader/load.hpp"

namespace {

const std::string kGuide = FLEETRACE_SOURCE_DIR "/scenarios/README.md";
const std::string kFolder = FLEETRACE_SOURCE_DIR "/docs/reference/";
const std::string kBegin = "<!-- begin of the generated part -->\n";
const std::string kEnd = "<!-- end of the generated part -->\n";

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The first line that differs, for a message that can be read.
std::string first_difference(const std::string& found, const std::string& expected, const std::string& path) {
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
  return path + " has\n" + old_line + "\nthe program says\n" + new_line + "\n./dev golden rewrites it";
}

/// The page without its generated part: up to the mark where that begins. A page that is missing gets its title alone.
std::string written_by_hand(const std::string& path, const std::string& title) {
  const std::string text = read_file(path);
  const std::size_t begin = text.find(kBegin);
  return begin == std::string::npos ? "# " + title + "\n\n" : text.substr(0, begin);
}

/// The page must end with what the program says; under FLEETRACE_REWRITE_GOLDENS it is made to.
void check_page(const std::string& name, const std::string& generated) {
  const std::string path = kFolder + name + ".md";
  const std::string expected = written_by_hand(path, name) + kBegin + '\n' + generated + '\n' + kEnd;
  const std::string found = read_file(path);
  if (std::getenv("FLEETRACE_REWRITE_GOLDENS") != nullptr && found != expected) {
    std::ofstream(path, std::ios::binary) << expected;
    WARN("rewrote " << path);
    return;
  }
  INFO(first_difference(found, expected, path));
  CHECK((found == expected));
}

}  // namespace

TEST_CASE("the reference of the scenario format is what the program says", "[reference]") {
  using namespace fleetrace::output;
  check_page("README", reference_index());
  std::set<std::string> pages{"README.md"};
  for (const std::string& section : section_names()) {
    check_page(section, list_section(section).markdown());
    pages.insert(section + ".md");
  }
  for (const auto& file : std::filesystem::directory_iterator(kFolder)) {
    INFO(file.path() << " is the page of no section");
    CHECK(pages.count(file.path().filename().string()) == 1);
  }
}

TEST_CASE("the example in the guide to scenarios is a valid scenario", "[reference]") {
  constexpr std::string_view kFence = "```yaml\n";
  const std::string file = read_file(kGuide);
  const std::size_t begin = file.find(kFence) + kFence.size();
  const std::string example = file.substr(begin, file.find("```", begin) - begin);
  CHECK(fleetrace::reader::load_bytes(example, "scenarios/README.md").name() == "small");
}
