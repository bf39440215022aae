#include "sim/scenario/schema/stand_in.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <variant>
#include <vector>

#include "sim/reader/reader.hpp"
#include "sim/reader/yaml/node.hpp"

namespace {

using namespace fleetrace;

/// The paths of sections and values that no line of the file stands for.
void add_placeless(const core::Spec& spec, const std::string& path, std::vector<std::string>& found) {
  if (spec.where.line == 0) found.push_back(path);
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const std::string here = path + '.' + std::string(spec.entry->parameters[i].name);
    const core::Value& value = spec.values[i];
    if (value.given() && value.where.line == 0) found.push_back(here);
    if (const auto* sections = std::get_if<std::vector<core::Spec>>(&value.data)) {
      for (const core::Spec& each : *sections) add_placeless(each, here, found);
    }
  }
}

}  // namespace

TEST_CASE("what stands in for a value that could not be read has its place") {
  const std::string yaml =
      "fleetrace: 1\nname: x\nhorizon: {start: 2026-01-01, length: soon}\nhardware: {model: none such}\n"
      "operations: {mfu: 2, failures: [1], job: nothing}\nprogress: 5\nsites: here\nloss:\nrental: {model: spot, price: cheap}\n"
      "initial_fleet: {H100: 5}\nstrategies: {a: {buy: never}, b: 3}\n";
  for (int variant = 0; variant < scenario::kStandIns; ++variant) {
    CAPTURE(variant);
    core::Diagnostics diagnostics;
    reader::Strangers strangers;
    core::Spec root = reader::read_scenario(reader::parse_yaml(yaml, "x.yaml", diagnostics), diagnostics, strangers);
    REQUIRE(diagnostics.size() >= 10);
    scenario::stand_in(root, variant);
    std::vector<std::string> placeless;
    add_placeless(root, "", placeless);
    CHECK(placeless == std::vector<std::string>{});
  }
}
