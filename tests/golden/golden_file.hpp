#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

/// Golden files: what the program said when it was last looked at.
namespace fleetrace::test {

inline const std::filesystem::path kFolder = std::filesystem::path(FLEETRACE_SOURCE_DIR) / "tests/golden";

/// Where two texts part, for a message that can be read.
inline std::string first_difference(const std::string& expected, const std::string& found) {
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

/// Compares with a golden file, or writes it under FLEETRACE_REWRITE_GOLDENS=1.
inline void compare(const std::string& name, const std::string& found) {
  const std::filesystem::path path = kFolder / name;
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

}  // namespace fleetrace::test
