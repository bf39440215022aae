// Every tests/hostile/wrong/NAME.yaml is refused with exactly the messages in NAME.txt.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sim/reader/load.hpp"

namespace {

using namespace fleetrace;
namespace fs = std::filesystem;

/// Messages name files as they were given, so the tests go where the files are.
class InFolder {
 public:
  explicit InFolder(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;
  ~InFolder() { fs::current_path(before_); }

 private:
  fs::path before_;
};

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string messages(const std::string& file) {
  try {
    (void)reader::load(file);
    return "accepted";
  } catch (const core::InputError& error) {
    return error.what();
  }
}

std::vector<fs::path> wrong_files() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator("wrong")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("wrong scenarios are refused with exactly these messages", "[hostile]") {
  const InFolder here(fs::path(FLEETRACE_SOURCE_DIR) / "tests/hostile");
  const std::vector<fs::path> files = wrong_files();
  CHECK(files.size() >= 200);
  for (const fs::path& file : files) {
    INFO(file.string());
    fs::path expected = file;
    expected.replace_extension(".txt");
    const std::string found = messages(file.string()) + '\n';
    // After a change of wording, run this test with FLEETRACE_ACCEPT_MESSAGES=1 and read the difference like code.
    if (std::getenv("FLEETRACE_ACCEPT_MESSAGES") != nullptr) std::ofstream(expected, std::ios::binary) << found;
    CHECK(found == bytes_of(expected));
  }
}

TEST_CASE("every message of a wrong scenario has its place and says something new", "[hostile]") {
  const InFolder here(fs::path(FLEETRACE_SOURCE_DIR) / "tests/hostile");
  for (const fs::path& file : wrong_files()) {
    INFO(file.string());
    try {
      (void)reader::load(file.string());
      FAIL("accepted");
    } catch (const core::InputError& error) {
      std::vector<std::string> seen;
      for (const core::Diagnostic& found : error.diagnostics()) {
        CHECK(found.where.line >= 1);
        CHECK(found.where.column >= 1);
        const std::string text = core::to_string(found);
        CHECK(std::find(seen.begin(), seen.end(), text) == seen.end());
        seen.push_back(text);
      }
    }
  }
}

TEST_CASE("a wrong scenario is refused at once, however large", "[hostile]") {
  std::string keys = "fleetrace: 1\n";
  for (int i = 0; i < 9'000; ++i) keys += "unknown_key_of_some_length_" + std::to_string(i) + ": 1\n";
  std::string strategies = "fleetrace: 1\nname: x\nhorizon: {start: 2026-01-01, length: 1 yr}\nstrategies:\n";
  for (int i = 0; i < 9'000; ++i) strategies += "  s" + std::to_string(i) + ": {buy: nothing, budget: 1}\n";
  for (const std::string& text : {keys, strategies}) {
    const auto before = std::chrono::steady_clock::now();
    try {
      (void)reader::load_bytes(text, "x.yaml");
      FAIL("accepted");
    } catch (const core::InputError& error) {
      CHECK(error.diagnostics().size() <= 102);
      const bool says_so = std::any_of(error.diagnostics().begin(), error.diagnostics().end(),
                                       [](const auto& found) { return found.problem == "more than 100 problems"; });
      CHECK(says_so);
    }
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
  }
}
