#include <algorithm>
#include <array>
#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "sim/api/solve_study.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/json/document.hpp"
#include "sim/output/json/warnings_json.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/studies/study_json.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::Solution;
using study::SolveSample;

constexpr std::array<std::string_view, 3> kEnds = {"found", "always", "never"};

/// An input as a number in the unit of the scenario, exactly, or as a date.
void write_input(core::JsonWriter& json, const scenario::ScalarInput& of, double input) {
  json.key("value");
  of.is_date ? json.text(of.text(input)) : json.number(core::number_in(of.dimension, input, of.unit));
}

double read_value(const JsonValue& value, const scenario::ScalarInput& of) {
  const std::string text = value.is_string() ? value.get<std::string>()
                                             : value.dump() + (of.unit.empty() ? "" : ' ' + of.unit);
  const auto read = of.read(text);
  if (read.index() != 0) throw BadResults("has a value that the scenario in manifest.json does not take");
  return std::get<double>(read);
}

double read_input(const JsonValue& from, const scenario::ScalarInput& of) { return read_value(from.at("value"), of); }

void write_sample(core::JsonWriter& json, const scenario::ScalarInput& of, const SolveSample& sample) {
  json.begin_flat_object();
  write_input(json, of, sample.input);
  json.real("reached", sample.reached);
  json.boolean("met", sample.met);
  json.real("probability", sample.probability);
  write_interval(json, sample.chance, "probability");
  json.end_object();
}

SolveSample read_sample(const JsonValue& from, const scenario::ScalarInput& of, double missing) {
  return {read_input(from, of), read_number(from, "reached", missing), from.at("met").get<bool>(),
          read_number(from, "probability"), read_interval(from, "probability")};
}

/// An end of the interval of the input, null where no input shows it.
void write_end(core::JsonWriter& json, const char* key, const SolveReport& report, double input) {
  json.key(key);
  if (!std::isfinite(input)) {
    json.null();
  } else if (report.scalar_input.is_date) {
    json.text(report.scalar_input.text(input));
  } else {
    json.number(core::number_in(report.scalar_input.dimension, input, report.scalar_input.unit));
  }
}

/// Null without a probability.
void write_probability(core::JsonWriter& json, const SolveReport& report) {
  if (!report.probability) {
    json.key("probability");
    return json.null();
  }
  json.begin_object("probability");
  json.real("asked", *report.probability);
  write_end(json, "value_ci_low", report, report.solution.input_interval.low);
  write_end(json, "value_ci_high", report, report.solution.input_interval.high);
  json.text("method", "inverted pointwise Clopper-Pearson intervals");
  json.boolean("capped", report.solution.is_capped);
  json.flat_objects("obstacles", report.solution.obstacles, [&](const study::SolveObstacle& each) {
    json.text("constraint", fleet::info(each.constraint).name);
    json.real("years", each.years);
  });
  json.end_object();
}

double read_end(const JsonValue& from, const char* key, const scenario::ScalarInput& of, double missing) {
  return from.at(key).is_null() ? missing : read_value(from.at(key), of);
}

void read_probability(const JsonValue& from, SolveReport& report) {
  if (from.is_null()) return;
  Solution& solution = report.solution;
  report.probability = solution.probability = read_number(from, "asked");
  solution.input_interval = {read_end(from, "value_ci_low", report.scalar_input, -kUnlimited),
                             read_end(from, "value_ci_high", report.scalar_input, kUnlimited)};
  solution.is_capped = from.at("capped").get<bool>();
  for (const JsonValue& each : from.at("obstacles")) {
    const std::string name = read_text(each, "constraint");
    for (std::size_t k = 0; k < fleet::kConstraints; ++k) {
      const auto constraint = static_cast<fleet::Constraint>(k);
      if (fleet::info(constraint).name == name) solution.obstacles.push_back({constraint, read_number(each, "years")});
    }
  }
}

void write_solution(core::JsonWriter& json, const SolveReport& report) {
  const Solution& solution = report.solution;
  const bool is_found = solution.end == Solution::End::found;
  json.text("end", kEnds[static_cast<std::size_t>(solution.end)]);
  if (is_found) {
    write_input(json, report.scalar_input, solution.best.input);
  } else {
    json.null("value");
  }
  json.key("written");
  is_found ? json.text(solve_input_text(report, solution.best.input)) : json.null();
  json.boolean("rises", solution.rises);
  json.boolean("is_monotone", solution.is_monotone);
  json.text("refused", solution.refused);
  json.key("best");
  if (solution.samples.empty()) {
    json.null();
  } else {
    write_sample(json, report.scalar_input, solution.best);
  }
}

void write_samples(core::JsonWriter& json, const SolveReport& report) {
  json.begin_array("samples");
  for (const SolveSample& each : report.solution.samples) write_sample(json, report.scalar_input, each);
  json.end_array();
}

Solution read_solution(const JsonValue& from, const SolveReport& report) {
  const scenario::ScalarInput& of = report.scalar_input;
  // What is infinite lies on the far side of the goal.
  const double missing = report.goal.is_upper() ? kUnlimited : -kUnlimited;
  Solution solution;
  const std::string end = read_text(from, "end");
  solution.end = end == kEnds[0]   ? Solution::End::found
                 : end == kEnds[1] ? Solution::End::always
                                   : Solution::End::never;
  solution.rises = from.at("rises").get<bool>();
  solution.is_monotone = from.at("is_monotone").get<bool>();
  solution.refused = read_text(from, "refused");
  for (const JsonValue& each : from.at("samples")) solution.samples.push_back(read_sample(each, of, missing));
  if (solution.samples.empty()) throw BadResults("has no sample");
  solution.best = read_sample(from.at("best"), of, missing);
  return solution;
}

}  // namespace

std::string solve_json(const SolveReport& report) {
  core::JsonWriter json(core::JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed,
                 scenario::money_note(report.at_medians.scenario.root()));
  json.integer("replications", report.replications);
  json.real("confidence", report.confidence);
  json.text("path", report.scalar_input.path);
  json.text("unit", report.scalar_input.unit);
  json.text("goal", report.goal.source_text);
  json.text("strategy", report.strategy);
  write_warnings(json, report.warnings);
  write_probability(json, report);
  write_solution(json, report);
  write_interval(json, report.interval);
  write_samples(json, report);
  json.end_object();
  return std::move(json).finish();
}

SolveReport read_solve(const std::string& text, const scenario::Scenario& scenario) {
  return read_document(text, [&](const JsonValue& from) {
    SolveReport report;
    report.name = scenario.name();
    report.sha256 = scenario.sha256;
    report.seed = from.at("seed").get<std::uint32_t>();
    report.warnings = read_warnings(from);
    report.confidence = read_confidence(from);
    report.replications = read_count(from, "replications");
    const study::StudyDesign design = study::StudyDesign::of(scenario, report.seed, std::nullopt);
    const auto scalar_input = scenario::ScalarInput::at(scenario, read_text(from, "path"));
    const auto goal = study::parse_goal(read_text(from, "goal"), scenario::resolve(scenario),
                                        scenario::currency_of(scenario.root()));
    report.strategy = read_text(from, "strategy");
    if (scalar_input.index() != 0 || goal.index() != 0 || !study::find_strategy(design, report.strategy))
      throw BadResults("asks for what the scenario in manifest.json does not have");
    report.scalar_input = std::get<scenario::ScalarInput>(scalar_input);
    report.goal = std::get<study::Goal>(goal);
    report.solution = read_solution(from, report);
    read_probability(from.at("probability"), report);
    report.interval = read_interval(from);
    report.at_medians = run_at_best(design, report);
    return report;
  });
}

}  // namespace fleetrace::output
