#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::SampledMean;
using study::UncertainOptimum;

std::string percent_of(double share) { return core::format_real(100 * share) + " %"; }

/// What of the losses of all draws is compared: "mean final loss", or that of the worst tenth of them.
std::string measure(const UncertainOptimum& optimum) {
  const std::string worst = optimum.tail_level ? "the worst " + percent_of(1 - *optimum.tail_level) + " of draws" : "";
  if (optimum.objective == fleet::Metric::mean_loss)
    return "mean loss over the horizon, averaged over " + (worst.empty() ? "all draws" : worst) + ',';
  return "mean final loss" + (worst.empty() ? worst : " over " + worst);
}

/// A small difference of losses with two digits that count.
std::string difference(double value) {
  if (value == 0) return "0";
  return std::fabs(value) < 1e-4 ? rough(value, 2) : fixed(value, 6);
}

/// "0.000312 (0.000201 to 0.000423)".
std::string with_interval(const SampledMean& value) {
  return fixed(value.mean, 6) + " (" + fixed(value.low, 6) + " to " + fixed(value.high, 6) + ')';
}

}  // namespace

std::vector<std::string> uncertain_optimum_notes(const UncertainOptimumReport& report) {
  const UncertainOptimum& optimum = report.optimum;
  const auto judged = static_cast<std::int64_t>(optimum.draws * optimum.batches);
  std::vector<std::string> notes;
  std::string versus;
  for (const study::UncertainRival& each : optimum.versus) {
    versus += (versus.empty() ? "" : ", ") + core::printable(each.name) + ' ' + fixed(each.value, 6);
    if (each.is_changed) versus += " (under other limits)";
  }
  notes.push_back("versus on the same draws: " + versus +
                  ". at_medians is the best plan for the medians of the inputs.");
  const bool is_proved = optimum.without_bound.empty();
  notes.push_back("Value of this plan: " + with_interval(optimum.value) +
                  (is_proved ? ". The best plan of a batch has " + with_interval(optimum.bound) +
                                   ", and that is on average no higher than the best of all plans."
                             : std::string(".")));
  notes.push_back("Value of the stochastic solution: " + with_interval(optimum.stochastic_solution) +
                  ", by which this plan is better than the plan for the medians.");
  if (is_proved) {
    notes.push_back("Value of perfect information: " + with_interval(optimum.perfect_information) +
                    ", by which it would be lower for somebody who knew each draw in advance.");
  }
  notes.push_back("Intervals cover with " + percent_of(optimum.confidence) + " confidence. The plan was made for " +
                  grouped(static_cast<std::int64_t>(optimum.draws)) + " draws, where it has " +
                  fixed(optimum.in_sample, 6) + ", and judged by " + grouped(judged) + " others in " +
                  grouped(static_cast<std::int64_t>(optimum.batches)) + " batches.");
  for (const std::string& each : optimum.notes) notes.push_back(each);
  return notes;
}

std::string answer(const UncertainOptimumReport& report) {
  const UncertainOptimum& optimum = report.optimum;
  std::string text = "This plan has a " + measure(optimum) + " of " + fixed(optimum.value.mean, 6);
  if (!optimum.without_bound.empty()) {
    text += ". No bound: ";
    for (const std::string& each : optimum.without_bound)
      text += (&each == &optimum.without_bound.front() ? "" : "; ") + each;
    return text + ". A better one may exist.";
  }
  return text + "; with " + percent_of(optimum.confidence) +
         " confidence no plan on these dates is better by more than " + difference(optimum.most_gap) + '.';
}

std::string uncertain_optimum_table(const UncertainOptimumReport& report, const TableStyle& style) {
  std::string text = core::wrapped(answer(report), style.width);
  const Table schedule = schedule_table(report.optimum.schedule);
  text += '\n' + (schedule.empty() ? std::string("Nothing is ordered.\n") : write_text(schedule, style)) + '\n';
  for (const std::string& note : with_note(uncertain_optimum_notes(report), scenario::money_note(report.plan.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string uncertain_optimum_markdown(const UncertainOptimumReport& report) {
  std::string text = markdown_text(answer(report)) + "\n\n" + write_markdown(schedule_table(report.optimum.schedule)) +
                     '\n';
  for (const std::string& note : with_note(uncertain_optimum_notes(report), scenario::money_note(report.plan.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
