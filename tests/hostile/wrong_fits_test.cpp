// Every tests/hostile/wrong_fits/NUMBER-MODEL-WHAT.csv is refused by `fleetrace fit MODEL` with exactly the messages in the file
// of the same name that ends in .txt.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fleetrace/fit.hpp"

namespace {

using namespace fleetrace;
namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// "trend" of "810-trend-numbers".
std::string model_of(const std::string& name) {
  const std::size_t first = name.find('-') + 1;
  return name.substr(first, name.find('-', first) - first);
}

}  // namespace

TEST_CASE("data that nothing can be fitted to are refused with exactly these messages, each with its place",
          "[hostile]") {
  const fs::path folder = fs::path(FLEETRACE_SOURCE_DIR) / "tests/hostile/wrong_fits";
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  CHECK(files.size() >= 20);
  for (const fs::path& file : files) {
    INFO(file.string());
    std::string found = "accepted";
    FitRequest request;
    request.model = model_of(file.stem().string());
    try {
      (void)fit(request, bytes_of(file), file.filename().string());
    } catch (const InvalidScenario& error) {
      found = error.what();
      for (const Finding& each : error.diagnostics()) {
        CHECK(each.where.line >= 1);
        CHECK(each.where.column >= 1);
      }
    }
    found += '\n';
    fs::path expected = file;
    expected.replace_extension(".txt");
    // After a change of wording, run this test with FLEETRACE_ACCEPT_MESSAGES=1 and read the difference like code.
    if (std::getenv("FLEETRACE_ACCEPT_MESSAGES") != nullptr) std::ofstream(expected, std::ios::binary) << found;
    CHECK(found == bytes_of(expected));
    CHECK(found != "accepted\n");
  }
}
