#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "fleetrace/run.hpp"
#include "tests/oracle/random_scenario.hpp"

namespace fleetrace {
namespace {

std::string setting(const char* name, const std::string& otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

/// The random scenario of a seed; empty where the draw makes no sense.
std::string random_text(std::uint64_t seed) {
  std::string text = "fleetrace: 1\nname: random-" + std::to_string(seed) + '\n' +
                     test::RandomScenario(seed, seed % 2 == 1, seed % 3 == 1, seed % 5 == 1).yaml();
  try {
    (void)load(text);
  } catch (const core::InputError&) {
    return {};
  }
  return text;
}

}  // namespace

// Tests in other languages have their random scenarios from here: FLEETRACE_RANDOM_FOLDER takes FLEETRACE_RANDOM_COUNT files.
TEST_CASE("random scenarios as files") {
  const std::filesystem::path temporary = std::filesystem::temp_directory_path() / "fleetrace-random-files";
  const std::filesystem::path folder = setting("FLEETRACE_RANDOM_FOLDER", temporary.string());
  const unsigned long count = std::stoul(setting("FLEETRACE_RANDOM_COUNT", "10"));
  std::filesystem::create_directories(folder);
  std::uint64_t seed = 0;
  for (unsigned long written = 0; written < count; ++seed) {
    REQUIRE(seed < 10 * count);  // most draws make sense
    const std::string text = random_text(seed);
    if (text.empty()) continue;
    const std::filesystem::path file = folder / ("random-" + std::to_string(1000 + written) + ".yaml");
    std::ofstream(file) << text;
    ++written;
    CHECK(load(file.string()).hash() == load(text).hash());
  }
  std::filesystem::remove_all(temporary);
}

}  // namespace fleetrace
