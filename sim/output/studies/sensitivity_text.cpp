#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/studies/input_label.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/output/studies/sensitivity.hpp"
#include "sim/output/studies/study_parts.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::InputEffect;
using study::Sensitivity;

constexpr int kDigits = 4;

std::string input_name(const SensitivityReport& report, const InputEffect& effect) {
  return input_labels(report.design.inputs.names())[effect.input];
}

std::string strategy_name(const SensitivityReport& report, std::size_t i) {
  return core::printable(report.design.strategies[i]);
}

ObjectiveScale scale_of(const SensitivityReport& report) {
  double most = std::fabs(report.sensitivity.at_medians);
  for (const InputEffect& each : report.sensitivity.inputs)
    most = std::max({most, std::fabs(each.at_low), std::fabs(each.at_high)});
  return {report.sensitivity.objective, most};
}

/// "the difference in final loss between heron and turtle", "heron's final loss".
std::string what_is_asked(const SensitivityReport& report) {
  const Sensitivity& found = report.sensitivity;
  const std::string objective = objective_words(found.objective);
  const std::string name = strategy_name(report, found.strategy);
  if (!found.against) return "the " + objective + " of " + name;
  return "the difference in " + objective + " between " + name + " and " + strategy_name(report, *found.against);
}

/// Which inputs matter.
std::string deciding(const SensitivityReport& report) {
  const std::vector<InputEffect>& inputs = report.sensitivity.inputs;
  const std::string asked = what_is_asked(report);
  if (report.sensitivity.variance == 0) return "No uncertain input moves " + asked + '.';
  const auto share = [](const InputEffect& effect) { return percent(std::clamp(effect.total.value, 0.0, 1.0)); };
  const InputEffect& top = inputs.front();
  if (inputs.size() == 1) return input_name(report, top) + " is the only uncertain input of " + asked + '.';
  const InputEffect& second = inputs[1];
  if (top.total.value >= 0.5 && second.total.value < 0.5 * top.total.value) {
    return input_name(report, top) + " decides: it drives " + share(top) + " of the uncertainty in " + asked +
           ", alone or with others.";
  }
  std::string names;
  std::string shares;
  constexpr std::size_t kMost = 3;
  for (std::size_t i = 0; i < inputs.size() && i < kMost && inputs[i].total.value >= 0.5 * top.total.value; ++i) {
    names += (i > 0 ? ", " : "") + input_name(report, inputs[i]);
    shares += (i > 0 ? ", " : "") + share(inputs[i]);
  }
  if (names == input_name(report, top))
    return names + " matters most: it drives " + shares + " of the uncertainty in " + asked + ", alone or with others.";
  return names + " matter most: they drive " + shares + " of the uncertainty in " + asked + ", alone or with others.";
}

/// "hardware.x above 2.71 yr (its 84 % quantile)"
std::string turning_point(const SensitivityReport& report, const InputEffect& effect) {
  const double quantile = *nearest_break_even(effect);
  return input_name(report, effect) + (quantile > 0.5 ? " above " : " below ") +
         value_at(input_named(report.design, effect.input), quantile, kDigits) + " (its " + percent(quantile) +
         " quantile)";
}

/// Who leads at the medians, and what would turn that round.
std::string turning(const SensitivityReport& report) {
  const Sensitivity& found = report.sensitivity;
  if (!found.against) return {};
  const std::string objective = objective_words(found.objective);
  if (found.order_at_medians == 0) return "With all inputs at their medians neither leads.";
  const bool first_leads = found.order_at_medians < 0;
  const std::string leader = strategy_name(report, first_leads ? found.strategy : *found.against);
  const std::string other = strategy_name(report, first_leads ? *found.against : found.strategy);
  // Who alone reaches the target leads by no amount, whatever the other had spent in vain.
  const bool leads_by_amount = first_leads == (fleet::info(found.objective).lower_is_better ? found.at_medians < 0
                                                                                            : found.at_medians > 0);
  std::string text = "With all inputs at their medians " + leader +
                     (leads_by_amount ? " leads by " + scale_of(report).with_unit(std::fabs(found.at_medians)) + ". "
                                      : " leads: " + other + " does not reach the target. ");
  std::vector<const InputEffect*> turning;
  for (const InputEffect& each : found.inputs) {
    if (!each.break_evens.empty()) turning.push_back(&each);
  }
  if (turning.empty()) return text + "No input alone turns that round between its 0.1 % and 99.9 % quantiles.";
  std::stable_sort(turning.begin(), turning.end(), [](const InputEffect* a, const InputEffect* b) {
    return std::fabs(*nearest_break_even(*a) - 0.5) < std::fabs(*nearest_break_even(*b) - 0.5);
  });
  text += other + " leads with ";
  constexpr std::size_t kMost = 3;
  for (std::size_t i = 0; i < turning.size() && i < kMost; ++i)
    text += (i > 0 ? ", or with " : "") + turning_point(report, *turning[i]);
  return text + '.';
}

Table effects(const SensitivityReport& report) {
  const Sensitivity& found = report.sensitivity;
  const ObjectiveScale scale = scale_of(report);
  const std::string unit = scale.unit().empty() ? "" : ' ' + scale.unit();
  Table table;
  table.add_column({"input", Align::left});
  table.add_column({"total\nindex"});
  table.add_column({percent(report.effort.confidence) + "\ninterval"});
  table.add_column({"first\norder"});
  table.add_column({"5 % to 95 %\nof the input"});
  table.add_column({"result" + unit + "\nat 5 %"});
  table.add_column({"result" + unit + "\nat 95 %"});
  if (found.against) table.add_column({"winner\nchanges at"});
  for (const InputEffect& each : found.inputs) {
    const scenario::UncertainInput& input = input_named(report.design, each.input);
    const auto turn = nearest_break_even(each);
    Table::Row row{
        input_name(report, each),
        Cell::fixed(each.total.value, 3),
        fixed(each.total.low, 3) + " to " + fixed(each.total.high, 3),
        Cell::fixed(each.first.value, 3),
        value_at(input, 0.05, kDigits) + " to " + value_at(input, 0.95, kDigits),
        scale.cell(each.at_low),
        scale.cell(each.at_high),
    };
    if (found.against) row.push_back(turn ? value_at(input, *turn, kDigits) : Cell::none());
    table.add_row(std::move(row));
  }
  return table;
}

std::vector<std::string> notes(const SensitivityReport& report) {
  const Sensitivity& found = report.sensitivity;
  const ObjectiveScale scale = scale_of(report);
  std::vector<std::string> result;
  result.push_back("The result is " + what_is_asked(report) +
                   (found.against ? ", the first minus the second: " : ": ") + scale.with_unit(found.mean) +
                   " on average, standard deviation " + scale.with_unit(std::sqrt(found.variance)) + "; " +
                   scale.with_unit(found.at_medians) + " with all inputs at their medians.");
  result.emplace_back(
      "Total index: the share of its variance that an input drives, alone or with others; first order: the share that would "
      "go if the input were known. Results at 5 % and 95 % of one input, and where the winner changes, have all others at their medians.");
  if (found.unreached > 0) {
    const bool is_time = found.objective == fleet::Metric::time_to_target;
    const std::string who = strategy_name(report, found.strategy) +
                            (found.against ? " or " + strategy_name(report, *found.against) : "");
    result.push_back(
        "In " + grouped(static_cast<std::int64_t>(found.unreached)) + " of the runs " + who +
        " does not reach the target. That counts as " +
        (is_time ? "the horizon, so that all results are restricted to it."
                 : "the spending until the end, which is no cost to target; who leads goes by who reaches it."));
  }
  if (std::string note = drawn_reference(report.design); !note.empty()) result.push_back(std::move(note));
  std::string paths;
  for (const InputEffect& each : found.inputs)
    paths += (paths.empty() ? "" : ", ") + labelled(report.design.inputs.names()[each.input]);
  result.push_back("The inputs and their paths: " + paths + '.');
  if (report.has_other_chance)
    result.emplace_back("Chance other than the inputs (jumps, failures, deliveries) is held at that of replication 0.");
  if (!report.scenario.root().section("study")->sections("correlations").empty())
    result.emplace_back("Rank correlations are left aside: indices are shares of independent inputs.");
  result.push_back(core::printable(report.scenario.name()) + ": seed " + std::to_string(report.design.seed) + ", " +
                   grouped(static_cast<std::int64_t>(found.runs)) + " runs (" +
                   counted(static_cast<std::int64_t>(report.effort.replicates), "scrambled Sobol sequence",
                           "scrambled Sobol sequences") +
                   " of " + counted(static_cast<std::int64_t>(report.effort.points), "point", "points") + ").");
  return result;
}

}  // namespace

Table sensitivity_effects(const SensitivityReport& report) { return effects(report); }
ObjectiveScale sensitivity_scale(const SensitivityReport& report) { return scale_of(report); }
std::string sensitivity_question(const SensitivityReport& report) { return what_is_asked(report); }
std::vector<std::string> sensitivity_notes(const SensitivityReport& report) { return notes(report); }

std::string answer(const SensitivityReport& report) {
  const std::string turn = turning(report);
  return deciding(report) + (turn.empty() ? "" : ' ' + turn);
}

std::string sensitivity_table(const SensitivityReport& report, const TableStyle& style) {
  std::string text = core::wrapped(answer(report), style.width) + '\n' + write_text(effects(report), style) + '\n';
  for (const std::string& note : with_note(notes(report), scenario::money_note(report.scenario.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string sensitivity_markdown(const SensitivityReport& report) {
  std::string text = markdown_text(answer(report)) + "\n\n" + write_markdown(effects(report)) + '\n';
  for (const std::string& note : with_note(notes(report), scenario::money_note(report.scenario.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
