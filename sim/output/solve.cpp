#include "fleetrace/output/solve.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/csv_text.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/json_writer.hpp"
#include "fleetrace/output/text.hpp"
#include "fleetrace/output/text_table.hpp"
#include "html.hpp"
#include "json_parts.hpp"
#include "objective_scale.hpp"
#include "page_document.hpp"
#include "page_sections.hpp"

namespace fleetrace::output {
namespace {

using study::Solution;
using study::SolveSample;

constexpr std::array<std::string_view, 3> kEnds = {"found", "always", "never"};

/// With six digits in a unit that people would take, where that reads back as the input; else exactly.
std::string input_text(const SolveReport& report, double input) {
  static constexpr std::array<std::string_view, 3> kDurations = {"yr", "months", "days"};
  static constexpr std::array<std::string_view, 3> kPowers = {"MW", "kW", "W"};
  const core::Dimension dimension = report.knob.dimension;
  const bool is_known = dimension == core::Dimension::duration || dimension == core::Dimension::power;
  const auto& units = dimension == core::Dimension::power ? kPowers : kDurations;
  for (std::size_t i = 0; is_known && i < units.size(); ++i) {
    const std::string unit = ' ' + std::string(units[i]);
    const double one = std::get<double>(core::parse_quantity(dimension, '1' + unit));
    if (std::fabs(input) < one && i + 1 < units.size()) continue;
    std::string text = rough(input / one, 6) + unit;
    const auto read = core::parse_quantity(dimension, text);
    const double* back = std::get_if<double>(&read);
    if (back != nullptr && std::fabs(*back - input) <= 1e-12 * std::fabs(input)) return text;
  }
  return core::exact_quantity(dimension, input);
}

std::string reached_text(const SolveReport& report, double reached) {
  const std::string_view unit = report.goal.gauge->unit;
  return rough(reached, 6) + (unit.empty() ? "" : ' ' + std::string(unit));
}

std::string path(const SolveReport& report) {
  return core::printable(report.knob.path) + (report.knob.is_uncertain ? " (its median)" : "");
}

/// "site power for 4.21 of 8.00 yr".
std::string what_binds(const Run& run) {
  const fleet::Outcome& outcome = run.outcomes.front();
  const fleet::Horizon& horizon = run.cases.front().horizon;
  std::array<double, fleet::kConstraints> years = {};
  for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
    const bool is_last = i + 1 == outcome.bindings.size();
    const core::Time to = is_last ? horizon.end : outcome.bindings[i + 1].from;
    years[static_cast<std::size_t>(outcome.bindings[i].binding.constraint)] += (to - outcome.bindings[i].from).years();
  }
  std::string text;
  for (std::size_t i = 0; i < years.size(); ++i) {
    if (years[i] == 0) continue;
    text += (text.empty() ? "" : ", ") + std::string(fleet::info(static_cast<fleet::Constraint>(i)).title) + " for " +
            fixed(years[i], 2) + " yr";
  }
  return text;
}

TextTable samples(const SolveReport& report) {
  TextTable table;
  table.add_column({core::printable(report.knob.path)});
  table.add_column({std::string(report.goal.gauge->name) +
                    (report.goal.gauge->unit.empty() ? "" : " [" + std::string(report.goal.gauge->unit) + ']')});
  table.add_column({"goal", false});
  std::vector<SolveSample> all = report.solution.samples;
  const bool is_found = report.solution.end == Solution::End::found;
  if (is_found) {
    const auto place = std::upper_bound(all.begin(), all.end(), report.solution.best.input,
                                        [](double input, const SolveSample& each) { return input < each.input; });
    all.insert(place, report.solution.best);
  }
  for (const SolveSample& each : all) {
    const bool is_solution = is_found && each.input == report.solution.best.input;
    table.add_row({{input_text(report, each.input), is_solution},
                   {rough(each.reached, 6), is_solution},
                   {is_solution ? "met, the solution"
                    : each.met  ? "met"
                                : "not met",
                    is_solution}});
  }
  return table;
}

std::vector<std::string> notes(const SolveReport& report) {
  std::vector<std::string> result;
  const Solution& solution = report.solution;
  if (!solution.is_monotone) {
    result.emplace_back(
        "It does not rise or fall throughout: there may be other crossings. The first from the low end is "
        "shown.");
  }
  if (!solution.refused.empty())
    result.push_back("The search ended early on one side: " + core::printable(solution.refused));
  if (solution.end != Solution::End::found || report.replications > 1) {
    const study::Interval& range = report.interval;
    if (report.replications > 1 && std::isfinite(range.low)) {
      result.push_back(percent(report.confidence) + " interval there: " + rough(range.low, 6) + " to " +
                       rough(range.high, 6) + ", from " +
                       counted(static_cast<std::int64_t>(report.replications), "replication", "replications") +
                       " of seed " + std::to_string(report.seed) + ", the same for every input.");
    }
  }
  if (!report.at_medians.outcomes.empty())
    result.push_back("What binds " + core::printable(report.strategy) + " there: " + what_binds(report.at_medians) +
                     '.');
  return result;
}

void write_sample(JsonWriter& json, const SolveSample& sample) {
  json.begin_flat_object();
  real(json, "value", sample.input);
  real(json, "reached", sample.reached);
  json.key("met");
  json.boolean(sample.met);
  json.end_object();
}

}  // namespace

std::string answer(const SolveReport& report) {
  const Solution& solution = report.solution;
  const std::string goal = core::printable(report.goal.written);
  if (solution.samples.empty())
    return path(report) + " could not be tried at " + core::printable(solution.refused) + '.';
  const std::string best = input_text(report, solution.best.input);
  const std::string reached = core::printable(report.strategy) + " reaches " +
                              reached_text(report, solution.best.reached);
  if (solution.end == Solution::End::found) {
    return path(report) + " = " + best + ": from there " + (solution.rises ? "up" : "down") + ' ' + goal +
           " is met; there " + reached + '.';
  }
  const std::string between = "between " + input_text(report, solution.samples.front().input) + " and " +
                              input_text(report, solution.samples.back().input);
  if (solution.end == Solution::End::always)
    return "Every value of " + path(report) + ' ' + between + " that was tried meets " + goal + '.';
  return "No value of " + path(report) + ' ' + between + " meets " + goal + ". The nearest is " +
         input_text(report, solution.best.input) + ", where " + reached + '.';
}

std::string solve_table(const SolveReport& report, const TableStyle& style) {
  std::string result = wrapped(answer(report), style.width) + '\n';
  if (!report.solution.samples.empty()) result += samples(report).plain(style.width, style.bold) + '\n';
  for (const std::string& note : notes(report)) result += wrapped(note, style.width);
  return result;
}

std::string solve_markdown(const SolveReport& report) {
  std::string result = markdown_text(answer(report)) + "\n\n";
  if (!report.solution.samples.empty()) result += samples(report).markdown() + '\n';
  for (const std::string& note : notes(report)) result += "- " + markdown_text(note) + '\n';
  return result;
}

std::string solve_json(const SolveReport& report) {
  const Solution& solution = report.solution;
  JsonWriter json(JsonWriter::Layout::indented);
  json.begin_object();
  write_identity(json, report.name, report.sha256, report.seed);
  json.key("replications");
  json.integer(static_cast<std::int64_t>(report.replications));
  real(json, "confidence", report.confidence);
  text(json, "path", report.knob.path);
  text(json, "unit", core::base_unit(report.knob.dimension));
  text(json, "goal", report.goal.written);
  text(json, "strategy", report.strategy);
  text(json, "end", kEnds[static_cast<std::size_t>(solution.end)]);
  json.key("value");
  solution.end == Solution::End::found ? json.real(solution.best.input) : json.null();
  json.key("written");
  solution.end == Solution::End::found ? json.text(input_text(report, solution.best.input)) : json.null();
  json.key("rises");
  json.boolean(solution.rises);
  json.key("is_monotone");
  json.boolean(solution.is_monotone);
  text(json, "refused", solution.refused);
  json.key("best");
  if (solution.samples.empty()) {
    json.null();
  } else {
    write_sample(json, solution.best);
  }
  real(json, "ci_low", report.interval.low);
  real(json, "ci_high", report.interval.high);
  json.key("samples");
  json.begin_array();
  for (const SolveSample& each : solution.samples) write_sample(json, each);
  json.end_array();
  json.end_object();
  return std::move(json).finish();
}

std::string solve_csv(const SolveReport& report) {
  std::string csv = "path,unit,value,reached,met,is_solution\n";
  const std::string head = csv_text(report.knob.path) + ',' + std::string(core::base_unit(report.knob.dimension)) + ',';
  const auto add = [&](const SolveSample& each, bool is_solution) {
    csv += head + core::format_real(each.input) + ',' + core::format_real(each.reached) + (each.met ? ",1," : ",0,") +
           (is_solution ? "1\n" : "0\n");
  };
  for (const SolveSample& each : report.solution.samples) add(each, false);
  if (report.solution.end == Solution::End::found) add(report.solution.best, true);
  return csv;
}

void turn(fleet::Scenario& drawn, const fleet::Knob& knob, const std::string& strategy, double input) {
  knob.turn(drawn, input);
  auto& strategies = std::get<std::vector<core::Spec>>(drawn.root.value("strategies").data);
  std::erase_if(strategies, [&strategy](const core::Spec& each) { return each.name != strategy; });
}

Run run_at(const study::Plan& plan, const fleet::Knob& knob, const std::string& strategy, double input,
           std::uint32_t seed) {
  fleet::Scenario best = plan.inputs.at(plan.inputs.medians());
  turn(best, knob, strategy, input);
  return run_scenario(std::move(best), {seed});
}

std::string to_html(const SolveReport& report, const Run& base, const std::vector<std::string>& arguments,
                    std::string_view resolved_yaml) {
  page::Document document;
  document.name = core::printable(report.name);
  document.answer = answer(report);
  document
      .certainty = report.replications > 1
                       ? "The mean of the replications meets the goal, on the same draws for every input."
                       : "Certain within this scenario: nothing in it is random. It rests on the assumptions below.";
  page::add_section(
      document, "tried", "What was tried",
      page::scrolling(samples(report), "Inputs that were tried, and what they reach") + page::list_html(notes(report)));
  page::add_section(document, "assumptions", "Assumptions",
                    html_element("p", "The scenario as it stands, before the input is turned.") +
                        page::assumptions_html(base, resolved_yaml));
  page::add_section(
      document, "reproduce", "How to reproduce this",
      page::reproduce_html(
          {report.name, report.sha256, report.seed,
           counted(static_cast<std::int64_t>(report.replications), "replication", "replications") + " an input",
           arguments}));
  return page::to_html(document);
}

}  // namespace fleetrace::output
