#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "models/progress/progress.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/output/reference/entries.hpp"
#include "sim/reader/load.hpp"
#include "sim/scenario/reference/paths.hpp"
#include "sim/scenario/scenario.hpp"

namespace {

using namespace fleetrace;
using nlohmann::json;

std::string run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::kList.run(arguments, {out, err});
  CHECK(code == 0);
  CHECK(err.str().empty());
  return out.str();
}

json run_json(std::vector<std::string> arguments) {
  arguments.emplace_back("--format=json");
  return json::parse(run(arguments));
}

std::string complaint(const std::vector<std::string>& arguments) {
  try {
    run(arguments);
  } catch (const cli::UsageError& error) {
    return error.what();
  }
  return "accepted";
}

/// Code points of the longest line.
std::size_t widest(const std::string& text) {
  std::size_t result = 0;
  std::size_t width = 0;
  for (const char c : text) {
    if (c == '\n') width = 0;
    if (c != '\n' && (static_cast<unsigned char>(c) & 0xc0U) != 0x80U) ++width;
    result = std::max(result, width);
  }
  return result;
}

/// The family by its name, whichever way the scenario reaches it.
const core::Family* find_family(const core::Entry& entry, std::string_view name) {
  for (const core::Parameter& parameter : entry.parameters) {
    if (parameter.family == nullptr) continue;
    if (!parameter.family->selector.empty() && parameter.family->name == name) return parameter.family;
    for (const core::Entry* each : parameter.family->entries) {
      if (const core::Family* found = find_family(*each, name)) return found;
    }
  }
  return nullptr;
}

TEST_CASE("list paths: every value of a scenario can be set again by its path") {
  for (const std::string name : {"hare-and-turtle", "winner-map"}) {
    std::size_t values = 0;
    for (const scenario::Path& each : scenario::paths(reader::load(name))) {
      if (each.value.empty()) continue;
      INFO(name << ": " << each.path << '=' << each.value);
      CHECK_NOTHROW(reader::load(name, {{each.path, each.value}}));
      ++values;
    }
    CHECK(values > 40);
  }
}

TEST_CASE("list paths: models and words that may stand there, and what a strategy may have for itself") {
  const json listed = run_json({"paths", "hare-and-turtle"})["paths"];
  const auto at = [&listed](const std::string& path) {
    const auto found = std::find_if(listed.begin(), listed.end(),
                                    [&](const json& each) { return each["path"] == path; });
    return found == listed.end() ? json() : *found;
  };
  CHECK(at("progress.model")["value"] == "exponential");
  CHECK(at("progress.model")["words"].size() == models::progress_family().entries.size());
  CHECK(at("loss.compute")["value"] == "cumulative");
  CHECK(at("operations.job.interval")["value"].is_null());
  CHECK(at("hardware.accelerators")["value"] == "[H100, B200, GB300]");
  CHECK(at("strategies.lab.with.progress.doubling")["value"] == "6 months");
  CHECK(at("strategies.turtle.with.progress.doubling")["value"] == "8 months");
  CHECK(at("strategies.turtle.with.loss.kappa").is_null());
  CHECK(complaint({"paths"}).find("needs a scenario") != std::string::npos);
}

}  // namespace

TEST_CASE("every family is listed, data first, then in the order of a scenario", "[list]") {
  CHECK(output::family_names() == std::vector<std::string>{"scenarios", "accelerators", "scenario", "hardware", "price",
                                                           "progress", "throughput", "network", "failure", "repair_law",
                                                           "service_target", "loss", "accounting", "capability",
                                                           "purchase", "distribution"});
  const json all = run_json({});
  CHECK(all["format"] == 1);
  for (const json& family : all["families"]) {
    const std::string name = family["name"];
    CHECK(family["entries"] == output::entry_names(name).size());
    CHECK_FALSE(std::string(family["summary"]).empty());
    CHECK(run_json({name})["entries"].size() == family["entries"]);
  }
}

TEST_CASE("every section of a scenario has its reference in every format", "[list]") {
  const std::vector<std::string> sections = output::section_names();
  CHECK(sections == std::vector<std::string>{"horizon", "money", "accelerators", "hardware", "supply", "progress",
                                             "operations", "demand", "sites", "rental", "loss", "finance",
                                             "initial_fleet", "actuals", "strategies", "study", "cases",
                                             "distribution"});
  const std::vector<std::string> families = output::family_names();
  const std::string help(cli::kList.help);
  for (const std::string& section : sections) {
    CAPTURE(section);
    CHECK(help.find(section) != std::string::npos);
    const std::string table = run({"format", section});
    CHECK(widest(table) <= 100);
    CHECK_FALSE(run_json({"format", section})["families"].empty());
    CHECK(run({"format", section, "--format=csv"}).find("family,entry,key,summary") == 0);
    CHECK(run({"format", section, "--format=markdown"}).find("## ") == 0);
    const bool is_family = std::find(families.begin(), families.end(), section) != families.end();
    for (const std::string format : {"table", "json", "csv", "markdown"}) {
      const std::string option = "--format=" + format;
      // A word that names a family, too, keeps its list of entries.
      CHECK((run({section, option}) == run({"format", section, option})) != is_family);
    }
  }
}

TEST_CASE("the sections together are the whole format, each model in the first that reaches it", "[list]") {
  json all = json::array();
  json sections = json::array();
  const json whole = run_json({"format"})["families"];
  for (const json& family : whole) {
    for (const json& entry : family["entries"]) {
      if (entry["name"] != "scenario") all.push_back({family["name"], entry});
    }
  }
  for (const std::string& section : output::section_names()) {
    const json shown = run_json({"format", section})["families"];
    for (const json& family : shown) {
      for (const json& entry : family["entries"]) sections.push_back({family["name"], entry});
    }
  }
  REQUIRE(sections.size() == all.size());
  for (const json& each : all) CHECK(std::count(sections.begin(), sections.end(), each) == 1);
  const json operations = run_json({"operations"})["families"];
  std::vector<std::string> names;
  for (const json& family : operations) names.push_back(family["name"]);
  CHECK(names == std::vector<std::string>{"scenario", "throughput", "network", "failure", "repair_law"});
}

TEST_CASE("a section lists the models of a name that can be named in it", "[list]") {
  CHECK(run({"strategies", "once"}) == run({"purchase", "once"}));
  CHECK(run({"operations", "exponential"}) ==
        run({"failure", "exponential"}) + "\n\n" + run({"repair_law", "exponential"}));
  CHECK(output::entry_names("strategies") == output::entry_names("purchase"));
  CHECK(output::entry_names("format") == output::section_names());
  CHECK(output::entry_names("horizon").empty());
  CHECK(complaint({"strategies", "onse"}) == "there is no strategies entry \"onse\". Did you mean \"once\"?");
  CHECK(complaint({"horizon", "x"}) == "the section horizon has no models: \"x\" is one too many.");
  CHECK(complaint({"format", "suply"}) == "there is no section \"suply\". Did you mean \"supply\"?");
  CHECK(complaint({"operatoins"}) == "there is no family \"operatoins\". Did you mean \"operations\"?");
}

TEST_CASE("every entry is shown in every format, at most 100 columns wide", "[list]") {
  CHECK(widest(run({})) <= 100);
  CHECK(widest(run({"format"})) <= 100);
  for (const std::string& family : output::family_names()) {
    CHECK(widest(run({family})) <= 100);
    for (const std::string& name : output::entry_names(family)) {
      CAPTURE(family, name);
      const std::string table = run({family, name});
      if (family != "scenarios") CHECK(widest(table) <= 100);  // their text is the author's
      CHECK(table.find(name) != std::string::npos);
      CHECK(run_json({family, name})["name"] == name);
      CHECK(run({family, name, "--format=markdown"}).find("## ") == 0);
      CHECK(run({family, name, "--format=csv"}).find(',') != std::string::npos);
    }
  }
}

TEST_CASE("keys are listed with what the entries say", "[list]") {
  for (const std::string name : {"hardware", "price", "progress", "failure", "loss", "accounting", "purchase"}) {
    const core::Family* family = find_family(scenario::scenario_entry(), name);
    REQUIRE(family != nullptr);
    for (const core::Entry* entry : family->entries) {
      const json page = run_json({name, std::string(entry->name)});
      CHECK(page["summary"] == entry->summary);
      CHECK((entry->scope.empty() ? page["scope"].is_null() : page["scope"] == entry->scope));
      std::size_t own = 0;
      for (const json& key : page["keys"]) {
        const std::string text = key["key"];
        const core::Parameter* parameter = entry->find(text.substr(0, text.find(' ')));
        if (parameter == nullptr) continue;  // of a section below
        ++own;
        CAPTURE(entry->name, text);
        CHECK(key["summary"] == parameter->summary);
        CHECK(key["required"] == parameter->required);
        CHECK(key["verified"] == parameter->verified);
        if (parameter->shape != core::Shape::section) {
          CHECK((parameter->preset.empty() ? key["default"].is_null() : key["default"] == parameter->preset));
        }
        CHECK((parameter->source.empty() ? key["source"].is_null() : key["source"] == parameter->source));
      }
      CHECK(own == entry->parameters.size());
    }
  }
}

TEST_CASE("types, units and ranges are in words", "[list]") {
  const auto key = [](const std::string& family, const std::string& entry, const std::string& name) {
    const json page = run_json({family, entry});
    for (const json& each : page["keys"]) {
      if (each["key"] == name) return each;
    }
    FAIL("no key " << name);
    return json();
  };
  CHECK(key("purchase", "incremental", "every")["type"] == "duration");
  CHECK(key("purchase", "incremental", "every")["units"] == "s, min, h, day, days, month, months, yr");
  CHECK(key("purchase", "once", "at")["type"] == "date or duration from the start");
  CHECK(key("purchase", "schedule", "purchases.N.amount")["units"] ==
        "USD, kUSD, MUSD, million USD, BUSD, billion USD, TUSD, trillion USD");
  CHECK(key("hardware", "trend", "price_performance_doubling or price_performance_rate")["valid"] ==
        "at least -20 doublings/yr and at most 20 doublings/yr, or none");
  CHECK(key("hardware", "catalog", "then.cadence")["default"] == "2 yr");
  CHECK(key("loss", "relative", "kappa")["valid"] == "above 0 and at most 1");
  CHECK(key("loss", "relative", "reference")["valid"] == "above 0 FLOP, or initial-year, or own");
  CHECK(key("scenario", "operations", "lifetime")["valid"].get<std::string>().find(", or unlimited") !=
        std::string::npos);
  CHECK(key("scenario", "operations", "failures")["valid"] == "bathtub, exponential, none, observed, stepped, weibull");
  CHECK(key("scenario", "study", "objective")["valid"] ==
        "final_loss, mean_loss, time_to_target, cost_to_target, npv, cost_per_effective_compute, discounted_loss");
  CHECK(key("scenario", "scenario", "strategies")["type"] == "purchase models by name");
  CHECK(key("purchase", "none", "with")["valid"] ==
        "accelerators, hardware, supply, progress, operations, demand, sites, rental, initial_fleet");
}

TEST_CASE("unverified defaults are marked", "[list]") {
  CHECK(run({"failure", "exponential"}).find("72 h, unverified.") != std::string::npos);
  CHECK(run({"failure", "exponential", "--format=markdown"}).find("72 h, **unverified**") != std::string::npos);
  CHECK(run({"failure", "exponential"}).find("96517 h, unverified") == std::string::npos);
}

TEST_CASE("accelerators are listed with their numbers and sources", "[list]") {
  const auto catalog = reader::embedded_catalog();
  const json all = run_json({"accelerators"});
  REQUIRE(all["entries"].size() == catalog->names().size());
  for (const json& row : all["entries"]) {
    const std::string name = row["name"];
    const core::Spec& spec = *catalog->find(name);
    CAPTURE(name);
    CHECK(row["bf16_flop_per_s"] == Approx(spec.number("bf16")).epsilon(1e-11));
    CHECK(row["price_usd"] == spec.number("price"));
    CHECK(row["tdp_w"] == spec.number("tdp"));
    const json page = run_json({"accelerators", name});
    std::vector<std::string> unverified;
    for (const json& number : page["numbers"]) {
      const core::Value& value = spec.value(std::string(number["name"]));
      CHECK(number["source"] == value.provenance->source);
      CHECK(number["verified"] == value.provenance->verified);
      if (number["verified"] == "unverified") unverified.push_back(number["name"]);
    }
    CHECK(row["unverified"] == unverified);
  }
  const std::string gb300 = run({"accelerators"});
  CHECK(gb300.find("GB300        NVIDIA  2025-08-22    2500 TFLOP/s  1400 W  43000 USD  price, priced\n") !=
        std::string::npos);
  CHECK(run({"accelerators", "H100"}).find("33600 USD  27000 to 45000 USD  read [4]") != std::string::npos);
}

TEST_CASE("scenarios are listed with their description and shown as they are", "[list]") {
  const std::string text(reader::scenario_text("hare-and-turtle"));
  CHECK(run({"scenarios", "hare-and-turtle"}) == text);
  CHECK(run_json({"scenarios", "hare-and-turtle"})["text"] == text);
  const json all = run_json({"scenarios"});
  for (const json& row : all["entries"]) {
    CHECK(row["summary"] == reader::load(row["name"]).root().text("description"));
  }
}

TEST_CASE("names that do not exist are refused with the nearest", "[list]") {
  CHECK(complaint({"purchases"}) == "there is no family \"purchases\". Did you mean \"purchase\"?");
  CHECK(complaint({"fromat"}) == "there is no family \"fromat\". Did you mean \"format\"?");
  CHECK(complaint({"accelerators", "H101"}).find("there is no accelerators entry \"H101\". Did you mean \"H10") == 0);
  // Of a family that programs cannot add to, as another test may.
  CHECK(complaint({"hardware", "magic"}) ==
        "there is no hardware entry \"magic\". Valid values are: catalog, generations, trend.");
  CHECK(complaint({"a", "b", "c"}) == "list takes a family and a name: \"c\" is one too many.");
  CHECK(complaint({"loss", "\x1b[31m"}).find('\x1b') == std::string::npos);
}
