#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "sim/api/resolved.hpp"
#include "sim/cli/verb.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/reader/load.hpp"
#include "sim/reader/starter.hpp"
#include "sim/scenario/scenario.hpp"

namespace fleetrace {
namespace {

/// What a scenario means, without where its values come from.
std::string meaning(const std::string& text) {
  static const std::regex kComment(" *# default[^\n]*");
  return std::regex_replace(fleetrace::to_yaml(reader::load_bytes(text, "a starter")), kComment, "");
}

TEST_CASE("The scenario to start from is valid, points editors to the schema and fits a screen") {
  const std::string text = reader::starter_scenario();
  CHECK(text.rfind("# yaml-language-server: $schema=fleetrace.schema.json\n", 0) == 0);
  CHECK(text.find("fleetrace schema > fleetrace.schema.json\n") != std::string::npos);
  CHECK_NOTHROW(reader::load_bytes(text, "a starter"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(core::characters(line) <= 100);
  }
}

TEST_CASE("The scenario to start from has every section and explains it") {
  const std::string text = reader::starter_scenario();
  for (const core::Parameter& section : scenario::scenario_entry().parameters) {
    INFO(section.name);
    static const std::string kExplained = "(?:^|\n)# [^\n]+\n#?";
    CHECK(std::regex_search(text, std::regex(kExplained + std::string(section.name) + ":")));
  }
}

TEST_CASE("Defaults that stand there as comments are those that hold") {
  static const std::regex kDefault("(^|\n)( *)#([a-z_]+: +(?![{\\[])|(?=(?:supply|finance|carbon):\n))");
  const std::string text = reader::starter_scenario();
  std::string all = text;
  std::string before;
  while (all != before) {
    before = all;
    all = std::regex_replace(before, kDefault, "$1$2$3", std::regex_constants::format_first_only);
  }
  CHECK(std::count(text.begin(), text.end(), '#') > 20 + std::count(all.begin(), all.end(), '#'));
  CHECK(meaning(all) == meaning(text));
}

TEST_CASE("init writes a new file, or to standard output, and never over a file") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "fleetrace-init-test";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const auto call = [](const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = cli::run_program(arguments, {out, err});
    return std::to_string(code) + '|' + out.str() + '|' + err.str();
  };
  const std::string file = (folder / "race.yaml").string();
  CHECK(call({"init", file}) == "0||" + file + " is written. Next: fleetrace run " + file + "\n");
  std::ifstream stream(file);
  CHECK(std::string(std::istreambuf_iterator<char>(stream), {}) == reader::starter_scenario());
  CHECK(call({"init", file}).find("1||fleetrace: " + file + " exists and is left alone.") == 0);
  CHECK(call({"init", (folder / "no/such.yaml").string()}).find("No such file or directory") != std::string::npos);
  CHECK(call({"init", "-"}) == "0|" + reader::starter_scenario() + "|");
  CHECK(call({"init", "a", "b"}).front() == '2');
  fs::remove_all(folder);
}

}  // namespace
}  // namespace fleetrace
