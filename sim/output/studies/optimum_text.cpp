#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "models/finance/finance.hpp"
#include "sim/core/numeric/decade.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/optimum_tables.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::output {
namespace {

using study::Optimum;
using study::PlannedPurchase;

using fleet::Metric;

bool is_mean(const Optimum& optimum) { return optimum.objective == Metric::mean_loss; }
bool is_loss(const Optimum& optimum) { return optimum.objective == Metric::final_loss || is_mean(optimum); }

/// Gains below this are rounding: what a limit does not hold back.
double nothing(const Optimum& optimum) {
  if (is_loss(optimum)) return 1e-15;
  return optimum.objective == Metric::time_to_target ? 1e-9 : 1e-3;
}

/// A loss with as many digits as tell it from the bound, six at least.
std::string loss_text(const Optimum& optimum, double loss) {
  const double gap = optimum.bound ? optimum.value - *optimum.bound : 1;
  const int digits = gap > 0 ? -core::decade(gap) : 9;
  return fixed(loss, std::clamp(digits, 6, 9));
}

/// The day of so many years after the start.
std::string date_text(const Optimum& optimum, double years) {
  return core::to_date(optimum.start + core::Duration::from_years(years));
}

/// A value of the objective: a loss, a date, or money.
std::string value_text(const Optimum& optimum, double value) {
  if (std::isnan(value)) return "never";
  if (is_loss(optimum)) return loss_text(optimum, value);
  if (fleet::is_own(optimum.objective)) return ObjectiveScale(optimum.objective, std::fabs(value)).with_unit(value);
  return optimum.objective == Metric::time_to_target ? date_text(optimum, value) : format_unit(Scaled::money, value);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

/// Whole dollars, by which a plan and its bound differ.
std::string usd_text(double usd) { return grouped(static_cast<std::int64_t>(usd)) + " USD"; }

std::string money_text(double usd) { return format_unit(Scaled::money, usd); }

/// "budget 1.6e-05 by a million USD (2.01e6 PF-days)".
std::string worth_text(const Optimum& optimum, const study::MarginalWorth& each) {
  std::string text = each.unit == "month" ? std::string("a month less of lead time (by a second optimisation): ")
                                          : "1 " + each.unit + " of " + core::printable(each.of) + ": ";
  if (each.gain < nothing(optimum)) return text + "0 (it does not bind)";
  if (optimum.objective == Metric::cost_to_target) return text + "saves " + money_text(each.gain);
  if (optimum.objective == Metric::npv) return text + "adds " + money_text(each.gain);
  if (optimum.objective == Metric::time_to_target) {
    constexpr double kDays = 365.25;
    return text + rough(each.gain * kDays, 2) + " days sooner";
  }
  text += "loss -" + rough(each.gain, 2);
  if (each.flop > 0) text += ", " + rough(each.flop / models::kPetaflopDay, 3) + " PF-days";
  return text;
}

std::string worth_of_one_more(const Optimum& optimum) {
  // What binds comes first; years that do not are many and say nothing.
  std::vector<study::MarginalWorth> all = optimum.worth;
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.gain > b.gain; });
  constexpr std::size_t kMost = 6;
  std::vector<std::string> parts;
  for (const study::MarginalWorth& each : all) {
    if (parts.size() == kMost) {
      parts.push_back(std::to_string(all.size() - parts.size()) + " more in results.json");
      break;
    }
    if (each.gain >= nothing(optimum) || parts.size() < 2) parts.push_back(worth_text(optimum, each));
  }
  return joined(parts);
}

/// Where all money falls on one date, what that is and what to try.
std::string one_date_note(const OptimumReport& report) {
  const Optimum& optimum = report.optimum;
  if (optimum.schedule.empty() || optimum.schedule.front().at != optimum.schedule.back().at) return {};
  std::string text = "All money falls on one date";
  if (optimum.objective != Metric::final_loss) return text + '.';
  text +=
      ", since final loss counts the end of the horizon alone: the best date comes a fixed time before the end, "
      "wherever that lies. The mean loss of this plan is " +
      fixed(optimum.mean_loss, 6) + ". Try --objective mean_loss, or a limit by --yearly-spend";
  if (!optimum.yearly_limit) return text + '.';
  // Rounded down, so that it stays a bound.
  return text + ": with no more than " + money_text(optimum.yearly_limit->most.usd()) +
         " a year, an even share of the budget, no plan ends below " +
         fixed(std::floor(optimum.yearly_limit->bound * 1e6) / 1e6, 6) + '.';
}

std::string alternative_heading(const Optimum& optimum, const study::AlternativePlan& plan) {
  return "Within " + rough(optimum.within * 100, 3) +
         " % of the best, and different: " + value_text(optimum, plan.value) + " for " + money_text(plan.spend.usd()) +
         ", " + rough(plan.shared * 100, 2) + " % of which the best plan spends likewise.";
}

/// Where the bound is that of an easier world, how that differs.
std::string relaxation_text(const Optimum& optimum) {
  if (optimum.relaxed.empty()) return {};
  return " The bound is that of a relaxation: " + joined(optimum.relaxed) + ". The best plan lies between the two.";
}

}  // namespace

std::vector<std::string> optimum_notes(const OptimumReport& report) {
  const Optimum& optimum = report.optimum;
  std::vector<std::string> notes;
  std::string versus;
  for (const study::OptimumRival& each : optimum.versus) {
    versus += (versus.empty() ? "" : ", ") + core::printable(each.name) + ' ' + value_text(optimum, each.value);
    if (each.is_changed) versus += " (under other limits)";
  }
  notes.push_back("The strategies of the scenario: " + versus);
  if (!optimum.worth.empty()) notes.push_back("Worth of one more: " + worth_of_one_more(optimum) + '.');
  notes.push_back("It spends " + money_text(optimum.spend.usd()) + " of " + money_text(optimum.budget.usd()) +
                  " for hardware, in the place of " + core::printable(optimum.strategy) + ". " +
                  grouped(static_cast<std::int64_t>(optimum.columns)) + " orders were possible on " +
                  counted(static_cast<std::int64_t>(optimum.dates), "date", "dates") +
                  ", of which the plan is the best mix: on other dates there may be better ones.");
  if (const std::string note = one_date_note(report); !note.empty()) notes.push_back(note);
  for (const std::string& each : optimum.notes) notes.push_back(each);
  return notes;
}

namespace {

/// The answer where the objective is a date or money. A bound is rounded so that it stays one.
std::string other_answer(const Optimum& optimum) {
  const std::string loss = optimum.target ? "a loss of " + core::format_real(*optimum.target) : std::string();
  const std::string no_bound = ". No bound: " + joined(optimum.without_bound) + ". A better one may exist.";
  const std::string none = "No schedule within these constraints ";
  if (std::isnan(optimum.value)) return "This schedule ends at a loss of " + fixed(optimum.final_loss, 6) + no_bound;
  if (fleet::is_own(optimum.objective)) {
    return "This schedule has a value of " + value_text(optimum, optimum.value) + " by the objective " +
           core::printable(objective_words(optimum.objective)) + no_bound;
  }
  if (optimum.objective == Metric::time_to_target) {
    const std::string date = date_text(optimum, optimum.value);
    if (!optimum.bound) return "This schedule comes to " + loss + " on " + date + no_bound;
    return none + "comes to " + loss + " before " + date_text(optimum, *optimum.bound) + "; this one does on " + date +
           '.';
  }
  if (optimum.objective == Metric::cost_to_target) {
    const std::string usd = usd_text(std::ceil(optimum.value));
    if (!optimum.bound) return "This schedule has spent " + usd + " by when it comes to " + loss + no_bound;
    return none + "comes to " + loss + " for less than " + usd_text(std::floor(*optimum.bound)) +
           ", all spending until then; this one spends " + usd + '.';
  }
  const std::string of = optimum.target ? " and ends at " + loss : std::string();
  const std::string usd = usd_text(std::floor(optimum.value));
  if (!optimum.bound) return "This schedule has a net present value of " + usd + of + no_bound;
  return none + (optimum.target ? "that ends at " + loss + " " : "") + "has a net present value above " +
         usd_text(std::ceil(*optimum.bound)) + "; this one has " + usd + '.';
}

}  // namespace

std::string answer(const OptimumReport& report) {
  const Optimum& optimum = report.optimum;
  if (!is_loss(optimum)) return other_answer(optimum);
  const char* const what = is_mean(optimum) ? "has a mean loss" : "ends";
  const std::string value = loss_text(optimum, optimum.value);
  if (optimum.bound) {
    return std::string("No schedule within these constraints ") + what + " below " +
           (is_mean(optimum) ? "" : "a loss of ") + loss_text(optimum, *optimum.bound) + "; this one " +
           (is_mean(optimum) ? "has " : "ends at ") + value + '.' + relaxation_text(optimum);
  }
  return std::string("This schedule ") + (is_mean(optimum) ? "has a mean loss of " : "ends at a loss of ") + value +
         ". No bound: " + joined(optimum.without_bound) + ". A better one may exist.";
}

std::string optimum_table(const OptimumReport& report, const TableStyle& style) {
  std::string text = core::wrapped(answer(report), style.width);
  const Table schedule = schedule_table(report.optimum.schedule);
  text += '\n' + (schedule.empty() ? std::string("Nothing is ordered.\n") : write_text(schedule, style)) + '\n';
  if (!report.optimum.retired.empty()) text += write_text(retired_table(report.optimum.retired), style) + '\n';
  if (!report.optimum.flat.empty())
    text += core::wrapped(flat_heading(report.optimum), style.width) + write_text(flat_table(report.optimum), style) +
            '\n';
  for (const study::AlternativePlan& each : report.optimum.alternatives) {
    text += core::wrapped(alternative_heading(report.optimum, each), style.width) +
            write_text(schedule_table(each.schedule), style) + '\n';
    if (!each.retired.empty()) text += write_text(retired_table(each.retired), style) + '\n';
  }
  for (const std::string& note : with_note(optimum_notes(report), scenario::money_note(report.plan.root())))
    text += core::wrapped(note, style.width);
  return text;
}

std::string optimum_markdown(const OptimumReport& report) {
  std::string text = markdown_text(answer(report)) + "\n\n" + write_markdown(schedule_table(report.optimum.schedule)) +
                     '\n';
  if (!report.optimum.retired.empty()) text += write_markdown(retired_table(report.optimum.retired)) + '\n';
  if (!report.optimum.flat.empty())
    text += markdown_text(flat_heading(report.optimum)) + "\n\n" + write_markdown(flat_table(report.optimum)) + '\n';
  for (const study::AlternativePlan& each : report.optimum.alternatives) {
    text += markdown_text(alternative_heading(report.optimum, each)) + "\n\n" +
            write_markdown(schedule_table(each.schedule)) + '\n';
    if (!each.retired.empty()) text += write_markdown(retired_table(each.retired)) + '\n';
  }
  for (const std::string& note : with_note(optimum_notes(report), scenario::money_note(report.plan.root())))
    text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
