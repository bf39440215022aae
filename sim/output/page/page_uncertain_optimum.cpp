#include <algorithm>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_opening.hpp"
#include "sim/output/page/page_sections.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"
#include "sim/output/table/in_words.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using page::add_section;
using page::scrolling;
using study::UncertainOptimum;

/// The plan, its bound, the plan for the medians and the strategies on one scale.
page::RowsFigure values_figure(const UncertainOptimum& optimum) {
  page::RowsFigure figure;
  RowsChart& chart = figure.chart;
  chart.id = "values";
  chart.title = "Losses on the draws that judge the plan";
  const bool is_proved = optimum.without_bound.empty();
  figure.note = "Diamond: mean. Bar: its interval over the batches.";
  if (is_proved) figure.note += " No plan is expected below the best plans of the batches.";
  chart.x_title = optimum.objective == fleet::Metric::mean_loss ? "mean loss over the horizon" : "final loss";
  double low = optimum.value.mean;
  double high = optimum.value.mean;
  const auto add = [&](const std::string& name, double value, const study::SampledMean* interval) {
    const std::size_t row = chart.rows.size();
    const std::string tip = name + ": " + fixed(value, 6);
    chart.rows.push_back(name);
    low = std::min(low, interval == nullptr ? value : interval->low);
    high = std::max(high, interval == nullptr ? value : interval->high);
    if (interval != nullptr) chart.bars.push_back({row, interval->low, interval->high, "soft c0", tip});
    chart.dots.push_back({row, value, 'c' + std::to_string(row % kColours), tip});
    chart.description += (row == 0 ? "" : "; ") + tip;
  };
  add("this plan", optimum.value.mean, &optimum.value);
  if (is_proved) add("best of each batch", optimum.bound.mean, &optimum.bound);
  for (const study::UncertainRival& each : optimum.versus) add(core::printable(each.name), each.value, nullptr);
  chart.x = linear_axis(low, high, 4);
  return figure;
}

/// "This plan has a mean final loss of 0.744: 1.8 % below the 0.757 of hare. With 95 % confidence no plan on these dates is better by
/// more than 0.00104." Where nothing bounds it, or the worst draws count, the answer of the other formats.
std::string opening_answer(const UncertainOptimumReport& report) {
  const UncertainOptimum& optimum = report.optimum;
  const auto replaced = std::find_if(
      optimum.versus.begin(), optimum.versus.end(),
      [&](const study::UncertainRival& each) { return each.name == optimum.strategy && !each.is_changed; });
  if (!optimum.without_bound.empty() || optimum.tail_level || replaced == optimum.versus.end()) return answer(report);
  const double own = optimum.value.mean;
  std::string text = "This plan has a mean final loss of " + fixed(own, 3);
  if (replaced->value > 0 && replaced->value != own)
    text += ": " + change_in_words(replaced->value, own) + (own < replaced->value ? " below the " : " above the ") +
            fixed(replaced->value, 3) + " of " + core::printable(replaced->name);
  return text + ". With " + core::format_real(100 * optimum.confidence) +
         " % confidence no plan on these dates is better by more than " + rough(optimum.most_gap) + '.';
}

Table chance_table(const UncertainOptimum& optimum) {
  Table table;
  table.add_column({.heading = "number", .align = Align::left});
  table.add_column({.heading = "mean"});
  table.add_column({.heading = "interval", .align = Align::left});
  const auto add = [&](const char* name, const study::SampledMean& value) {
    table.add_row({name, fixed(value.mean, 6), fixed(value.low, 6) + " to " + fixed(value.high, 6)});
  };
  add("loss of this plan", optimum.value);
  const bool is_proved = optimum.without_bound.empty();
  if (is_proved) add("loss of the best plan of each batch", optimum.bound);
  if (is_proved) add("difference of the two on the same draws", optimum.gap);
  add("value of the stochastic solution", optimum.stochastic_solution);
  if (is_proved) add("value of perfect information", optimum.perfect_information);
  return table;
}

}  // namespace

std::string to_html(const UncertainOptimumReport& report, const Run& at_medians,
                    const std::vector<std::string>& arguments, std::string_view resolved_yaml) {
  const UncertainOptimum& optimum = report.optimum;
  page::Document document;
  document.name = core::printable(report.name);
  document.question = "What should " + core::printable(optimum.strategy) + " buy when, when nobody knows what comes?";
  document.description = page::description(report.plan);
  document.answer = opening_answer(report);
  document.cost = page::cost_difference(at_medians, optimum.strategy);
  document.chart = page::to_html(values_figure(optimum));
  page::add_warnings(document, report.plan.warnings);
  document.certainty = "Judged by draws that the plan was not made for; intervals at " +
                       core::format_real(100 * optimum.confidence) + " % confidence.";
  add_section(document, "plan", "The plan",
              (optimum.schedule.empty() ? std::string()
                                        : scrolling(schedule_table(optimum.schedule),
                                                    "Every order of the plan, at the prices of the medians")) +
                  html_element("p", answer(report)) + page::list_html(uncertain_optimum_notes(report)));
  add_section(document, "chance", "What chance is worth",
              scrolling(chance_table(optimum), "The bound, and what it is worth to plan for chance and to know it"));
  add_section(document, "assumptions", "Assumptions", page::assumptions_html(at_medians, resolved_yaml));
  const auto draws = static_cast<std::int64_t>(optimum.draws * (optimum.batches + 1));
  add_section(document, "reproduce", "How to reproduce this",
              page::reproduce_html({report.name, report.sha256, report.seed,
                                    counted(draws, "replication", "replications") + ", inputs drawn", arguments}));
  return page::to_html(document);
}

}  // namespace fleetrace::output
