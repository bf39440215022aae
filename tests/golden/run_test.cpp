#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/output/run/writers.hpp"
#include "sim/reader/load.hpp"

/// Results of every embedded scenario, byte by byte. Rewritten with FLEETRACE_REWRITE_GOLDENS=1 and reviewed like code.
namespace fleetrace {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(FLEETRACE_SOURCE_DIR) / "tests/golden";

/// Where two texts part, for a message that can be read.
std::string first_difference(const std::string& expected, const std::string& found) {
  std::size_t line = 1;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < expected.size() && i < found.size() && expected[i] == found[i]; ++i) {
    if (expected[i] == '\n') {
      ++line;
      begin = i + 1;
    }
  }
  const auto excerpt = [begin](const std::string& text) {
    return text.substr(begin, std::min<std::size_t>(text.find('\n', begin) - begin, 200));
  };
  return "line " + std::to_string(line) + "\nexpected: " + excerpt(expected) + "\nfound:    " + excerpt(found);
}

void compare(const std::string& name, const std::string& found) {
  const fs::path path = kFolder / name;
  if (const char* rewrite = std::getenv("FLEETRACE_REWRITE_GOLDENS");
      rewrite != nullptr && std::string(rewrite) == "1") {
    std::ofstream(path, std::ios::binary) << found;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  INFO(path << (file ? "" : " is missing: ./dev golden writes it"));
  const std::string expected{std::istreambuf_iterator<char>(file), {}};
  INFO(first_difference(expected, found));
  CHECK((expected == found));
}

TEST_CASE("Results of every embedded scenario") {
  for (const std::string_view name : reader::scenario_names()) {
    const std::string scenario(name);
    DYNAMIC_SECTION(scenario) {
      compare(scenario + ".json", output::to_json(fleetrace::run_scenario(reader::load(scenario), {})));
    }
  }
}

TEST_CASE("The default race as people see it") {
  const fleetrace::Run run = fleetrace::run_scenario(reader::load("hare-and-turtle"), {});
  compare("hare-and-turtle.table.txt", output::to_table(run, {}));
  compare("hare-and-turtle.md", output::to_markdown(run));
}

TEST_CASE("No golden is left over") {
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".json") continue;
    INFO(entry.path());
    CHECK_FALSE(reader::scenario_text(entry.path().stem().string()).empty());
  }
}

}  // namespace
}  // namespace fleetrace
