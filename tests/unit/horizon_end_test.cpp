// A horizon that is stated by its end.
#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "sim/api/resolved.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace {
namespace {

std::string with_horizon(const std::string& horizon) {
  return "fleetrace: 1\nname: x\nhorizon: " + horizon +
         "\nhardware: {model: trend}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\nstrategies: {a: {buy: none}}\n";
}

std::string end_of(const scenario::Scenario& scenario) {
  return core::to_iso8601(scenario::resolve(scenario).front().horizon.end).substr(0, 16);
}

std::string complaint(const std::string& horizon, const std::vector<reader::Override>& changes = {}) {
  try {
    (void)reader::load_bytes(with_horizon(horizon), "x.yaml", changes);
  } catch (const core::InputError& error) {
    return error.what();
  }
  return {};
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

TEST_CASE("A horizon ends on the date that it says") {
  CHECK(end_of(reader::load_bytes(with_horizon("{start: 2026-01-01, end: 2031-01-01}"), "x.yaml")) ==
        "2031-01-01T00:00");
  CHECK(end_of(reader::load_bytes(with_horizon("{start: 2026-Q2, end: 2031-Q1}"), "x.yaml")) == "2031-01-01T00:00");
  CHECK(end_of(reader::load_bytes(with_horizon("{start: 2026-03, end: 2027-03}"), "x.yaml")) == "2027-03-01T00:00");
  // Five years of 365.25 days end six hours later.
  CHECK(end_of(reader::load_bytes(with_horizon("{start: 2026-01-01, length: 5 yr}"), "x.yaml")) == "2031-01-01T06:00");
  // What it is resolved to is read back.
  const scenario::Scenario scenario = reader::load_bytes(with_horizon("{start: 2026-01-01, end: 2031-Q1}"), "x.yaml");
  const std::string resolved = to_yaml(scenario);
  CHECK(end_of(reader::load_bytes(resolved, "again.yaml")) == "2031-01-01T00:00");
  // It can be changed, and whatever names the end moves with it.
  CHECK(end_of(reader::load_bytes(with_horizon("{start: 2026-01-01, end: 2031-01-01}"), "x.yaml",
                                  {{"horizon.end", "2028-Q3"}})) == "2028-07-01T00:00");
}

TEST_CASE("A horizon without an end, with two, or with one in the past is refused") {
  CHECK(has(complaint("{start: 2026-01-01}"), "horizon.length: it is missing"));
  CHECK(has(complaint("{start: 2026-01-01, length: 5 yr, end: 2031-01-01}"),
            "horizon.end: it is given, and so is length"));
  CHECK(has(complaint("{start: 2026-01-01, length: 5 yr}", {{"horizon.end", "2031-01-01"}}), "Leave one of them out."));
  CHECK(has(complaint("{start: 2026-01-01, end: 2026-01-01}"), "horizon.end: it is not later than horizon.start"));
  CHECK(has(complaint("{start: 2026-01-01, end: Q1 2027}"), "2027-Q1"));
  CHECK(has(complaint("{start: 2026-01-01, end: 5 yr}"), "horizon.end"));
}

}  // namespace
}  // namespace fleetrace
