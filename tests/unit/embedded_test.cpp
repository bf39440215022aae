#include "sim/reader/catalog/embedded.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace fleetrace::reader {
namespace {

namespace fs = std::filesystem;

std::set<std::string> yaml_files_on_disk() {
  const fs::path root = FLEETRACE_SOURCE_DIR;
  std::set<std::string> found;
  const auto add = [&](const fs::directory_entry& file) {
    if (file.path().extension() == ".yaml") found.insert(file.path().lexically_relative(root).generic_string());
  };
  for (const auto& file : fs::directory_iterator(root / "scenarios")) add(file);
  for (const auto& file : fs::recursive_directory_iterator(root / "scenarios/catalog")) add(file);
  return found;
}

TEST_CASE("Every scenario and catalog file is embedded, sorted, with its bytes") {
  const std::span<const EmbeddedFile> files = embedded_files();
  CHECK(std::is_sorted(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; }));

  std::set<std::string> embedded;
  for (const EmbeddedFile& file : files) {
    INFO(file.path);
    CHECK(embedded.insert(std::string(file.path)).second);
    std::ifstream stream(fs::path(FLEETRACE_SOURCE_DIR) / file.path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    CHECK(bytes == file.bytes);
  }
  CHECK(embedded == yaml_files_on_disk());
}

}  // namespace
}  // namespace fleetrace::reader
