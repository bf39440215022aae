#include <catch2/catch.hpp>

#include "sim/output/run/writers.hpp"
#include "sim/reader/load.hpp"
#include "tests/golden/golden_file.hpp"

/// Results of every embedded scenario, byte by byte. Rewritten with FLEETRACE_REWRITE_GOLDENS=1 and reviewed like code.
namespace fleetrace {
namespace {

namespace fs = std::filesystem;
using test::compare;
using test::kFolder;

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
