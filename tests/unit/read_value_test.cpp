#include "sim/core/schema/read_value.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <stdexcept>

#include "fleetrace/models/loss.hpp"
#include "models/failure/failure.hpp"
#include "models/hardware/hardware.hpp"
#include "models/loss/accounting.hpp"
#include "models/progress/progress.hpp"
#include "models/purchase/purchase.hpp"
#include "sim/scenario/scenario.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace::core;
using fleetrace::test::date;

const Parameter kGrowth{.name = "doubling",
                        .summary = "",
                        .shape = Shape::growth,
                        .dimension = Dimension::growth,
                        .range = between(-100, 100)};
const Parameter kShare{.name = "share", .summary = "", .range = above_up_to(0, 1)};
const Parameter kLife{
    .name = "life", .summary = "", .dimension = Dimension::duration, .range = at_least(1), .unbounded = "unlimited"};
const Parameter kAt{
    .name = "at", .summary = "", .shape = Shape::instant, .dimension = Dimension::duration, .range = at_least(0)};
const Parameter kDate{.name = "start", .summary = "", .shape = Shape::date};
const Parameter kFlag{.name = "embodied", .summary = "", .shape = Shape::flag};
const Parameter kChoice{.name = "precision", .summary = "", .shape = Shape::choice, .choices = {"bf16", "fp8"}};
const Parameter kReference{.name = "reference",
                           .summary = "",
                           .dimension = Dimension::compute,
                           .range = above(0),
                           .choices = {"initial-year"}};
const Parameter kText{.name = "name", .summary = "", .shape = Shape::text};

Value read(const Parameter& parameter, std::string_view key, std::string_view text, bool quoted = false) {
  auto result = read_value(parameter, key, text, quoted);
  if (const auto* problem = std::get_if<QuantityProblem>(&result)) FAIL(text << ": " << problem->problem);
  return std::get<Value>(result);
}

double number(const Parameter& parameter, std::string_view key, std::string_view text) {
  return std::get<double>(read(parameter, key, text).data);
}

std::string complaint(const Parameter& parameter, std::string_view text, bool quoted = false,
                      std::string_view key = {}) {
  auto result = read_value(parameter, key.empty() ? parameter.name : key, text, quoted);
  const auto* problem = std::get_if<QuantityProblem>(&result);
  return problem == nullptr ? "accepted" : problem->problem + " (" + problem->reason + "). " + problem->suggestion;
}

/// A default that takes no side: nothing, everything, or one.
bool neutral(const Parameter& parameter, const Value& value) {
  const auto* amount = std::get_if<double>(&value.data);
  return (parameter.shape != Shape::quantity && parameter.shape != Shape::growth) || amount == nullptr ||
         *amount == 0 || *amount == 1 || std::isinf(*amount);
}

/// All families that can be reached from one, each once.
void collect(const Family& family, std::set<const Family*>& found) {
  if (!found.insert(&family).second) return;
  for (const Entry* entry : family.entries) {
    for (const Parameter& parameter : entry->parameters) {
      if (parameter.family != nullptr) collect(*parameter.family, found);
    }
  }
}

}  // namespace

TEST_CASE("growth is read under both keys into doublings a year") {
  CHECK(number(kGrowth, "doubling", "8 months") == 1.5);
  CHECK(number(kGrowth, "doubling", "2 yr") == 0.5);
  CHECK(number(kGrowth, "rate", "1.5 doublings/yr") == 1.5);
  CHECK(number(kGrowth, "rate", "-0.5 doublings/yr") == -0.5);
  CHECK(number(kGrowth, "rate", "0 doublings/yr") == 0);
  CHECK(number(kGrowth, "doubling", "none") == 0);
  CHECK(number(kGrowth, "doubling", "1e200 yr") == 1e-200);  // no span of the calendar
  CHECK(read(kGrowth, "doubling", "8 months").source_text == "8 months");
  CHECK(complaint(kGrowth, "0 yr") ==
        "\"0 yr\" is not a doubling time (it must be above 0). Write none for no growth, or rate for a negative rate.");
  CHECK(complaint(kGrowth, "-2 yr").find("it must be above 0") != std::string::npos);
  CHECK(complaint(kGrowth, "1 days") ==
        "\"1 days\" is out of range (it is 365.25 doublings/yr, and must be at least -100 doublings/yr and at most 100 "
        "doublings/yr). ");
  CHECK(complaint(kGrowth, "101 doublings/yr", false, "rate").find("out of range") != std::string::npos);
  CHECK(complaint(kGrowth, "none", false, "rate") != "accepted");
  CHECK(complaint(kGrowth, "8 months", false, "rate").find("not a growth rate") != std::string::npos);
  CHECK(complaint(kGrowth, "1.5 doublings/yr").find("not a duration") != std::string::npos);
}

TEST_CASE("ranges are checked and named") {
  CHECK(number(kShare, "share", "1") == 1);
  CHECK(complaint(kShare, "0") == "\"0\" is out of range (must be above 0 and at most 1). ");
  CHECK(complaint(kShare, "1.01") == "\"1.01\" is out of range (must be above 0 and at most 1). ");
  CHECK(complaint(kLife, "0 s") == "\"0 s\" is out of range (must be at least 0.001 s). ");
}

TEST_CASE("unlimited is infinity where it is allowed") {
  CHECK(number(kLife, "life", "unlimited") == INFINITY);
  CHECK(std::get<double>(read(kLife, "life", "unlimited", true).data) == INFINITY);
  CHECK(complaint(kShare, "unlimited") != "accepted");
  CHECK(complaint(kLife, "unlimitd").find("Did you mean \"unlimited\"?") != std::string::npos);
}

TEST_CASE("durations stay within what time can hold") {
  CHECK(number(kLife, "life", "1e8 yr") == 1e8 * 31'557'600'000.0);
  CHECK(complaint(kLife, "100000001 yr") ==
        "\"100000001 yr\" is too long (durations go up to 100 million years). Write \"unlimited\".");
  CHECK(complaint(kAt, "1e200 yr") == "\"1e200 yr\" is too long (durations go up to 100 million years). ");
}

TEST_CASE("texts in quotes are quantities and dates, as JSON writes them, but no flags") {
  CHECK(std::get<double>(read(kShare, "share", "0.5", true).data) == 0.5);
  CHECK(std::get<double>(read(kGrowth, growth_keys(kGrowth).doubling, "8 months", true).data) ==
        std::get<double>(read(kGrowth, growth_keys(kGrowth).doubling, "8 months").data));
  CHECK(std::get<Time>(read(kDate, "start", "2026-01-01", true).data) == date("2026-01-01"));
  CHECK(std::get<Time>(read(kAt, "at", "2028-02-29 12:00:00+00:00", true).data) == date("2028-02-29T12:00:00Z"));
  CHECK(complaint(kFlag, "true", true) == "\"true\" is not a flag (only true and false are). ");
  CHECK(std::get<std::string>(read(kText, "name", "1e5", true).data) == "1e5");
  CHECK(std::get<std::string>(read(kChoice, "precision", "fp8", true).data) == "fp8");
}

TEST_CASE("dates and instants") {
  CHECK(std::get<Time>(read(kDate, "start", "2028-02-29").data) == date("2028-02-29"));
  CHECK(std::get<Time>(read(kAt, "at", "2028-02-29").data) == date("2028-02-29"));
  CHECK(number(kAt, "at", "6.6 yr") == 6.6 * 31'557'600'000.0);
  CHECK(complaint(kDate, "2026-02-29") == "\"2026-02-29\" is not a date (the calendar has no such day). ");
  CHECK(complaint(kAt, "2026-02-29") == complaint(kDate, "2026-02-29"));
  CHECK(complaint(kDate, "31.12.2026").find("Write 2026-12-31.") != std::string::npos);
  CHECK(complaint(kDate, "6 yr") != "accepted");
  CHECK(complaint(kAt, "-1 s").find("must be at least 0 ") != std::string::npos);
}

TEST_CASE("flags, choices and texts") {
  CHECK(std::get<bool>(read(kFlag, "embodied", "true").data));
  CHECK_FALSE(std::get<bool>(read(kFlag, "embodied", "false").data));
  for (const char* text : {"yes", "True", "TRUE", "on", "1", "0", ""}) CHECK(complaint(kFlag, text) != "accepted");
  CHECK(complaint(kChoice, "bf61") == "there is no precision \"bf61\" (not one of its values). Did you mean \"bf16\"?");
  CHECK(complaint(kChoice, "tf32x") ==
        "there is no precision \"tf32x\" (not one of its values). Valid values are: bf16, fp8.");
  CHECK(std::get<std::string>(read(kReference, "reference", "initial-year").data) == "initial-year");
  CHECK(number(kReference, "reference", "3.14e23 FLOP") == 3.14e23);
  CHECK(complaint(kReference, "inital-year").find("Did you mean \"initial-year\"?") != std::string::npos);
  CHECK(complaint(kText, "") == "the text is empty (a name is needed). ");
  const Parameter section{.name = "sites", .summary = "", .shape = Shape::table};
  CHECK_THROWS_AS(read_value(section, "sites", "x", false), std::logic_error);
}

TEST_CASE("every preset of every entry is valid, reads back, and has a source unless it is neutral") {
  namespace models = fleetrace::models;
  const Entry* const scenario = &fleetrace::scenario::scenario_entry();
  const Family root{.name = "scenario", .summary = "", .selector = {}, .entries = {&scenario, 1}};
  std::set<const Family*> families;
  for (const Family* family :
       {&root, &models::accelerator_family(), &models::accounting_family(), &models::failure_family(),
        &models::hardware_family(), &models::loss_family(), &models::progress_family(), &models::purchase_family()}) {
    collect(*family, families);
  }
  CHECK(families.size() >= 19);
  int presets = 0;
  for (const Family* family : families) {
    if (!family->preset.empty()) CHECK(family->find(family->preset) != nullptr);
    std::set<std::string_view> names;
    for (const Entry* entry : family->entries) {
      INFO(family->name << '/' << entry->name);
      CHECK(names.insert(entry->name).second);
      CHECK_FALSE(entry->summary.empty());
      const Spec spec = preset_spec(*entry);
      REQUIRE(spec.values.size() == entry->parameters.size());
      std::set<std::string_view> keys;
      for (std::size_t i = 0; i < spec.values.size(); ++i) {
        const Parameter& parameter = entry->parameters[i];
        const Value& value = spec.values[i];
        INFO(parameter.name << ": " << parameter.preset);
        CHECK(keys.insert(parameter.name).second);
        CHECK(entry->find(parameter.name) == &parameter);
        CHECK_FALSE(parameter.summary.empty());
        CHECK(value.given() == !parameter.preset.empty());
        CHECK(value.preset == !parameter.preset.empty());
        CHECK_FALSE((parameter.required && value.given()));
        CHECK_FALSE(
            (value.given() && !neutral(parameter, value) && parameter.source.empty() && family->name != "study"));
        const auto* amount = std::get_if<double>(&value.data);
        if (amount == nullptr || std::isinf(*amount) || parameter.shape == Shape::growth) continue;
        // What `show` prints is the same value again.
        CHECK(number(parameter, parameter.name, format_quantity(parameter.dimension, *amount)) == *amount);
        ++presets;
      }
    }
  }
  CHECK(presets > 15);
}
