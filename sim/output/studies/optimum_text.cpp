#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "models/finance/finance.hpp"
#include "sim/core/numeric/decade.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

using study::Optimum;
using study::PlannedPurchase;

/// Gains below this are rounding: what a limit does not hold back.
constexpr double kNothing = 1e-15;

bool is_mean(const Optimum& optimum) { return optimum.objective == fleet::Metric::mean_loss; }

/// A loss with as many digits as tell it from the bound, six at least.
std::string loss_text(const Optimum& optimum, double loss) {
  const double gap = optimum.bound ? optimum.value - *optimum.bound : 1;
  const int digits = gap > 0 ? -core::decade(gap) : 9;
  return fixed(loss, std::clamp(digits, 6, 9));
}

/// A value of the objective: a loss, or money.
std::string value_text(const Optimum& optimum, double value) {
  if (std::isnan(value)) return "never";
  return optimum.target ? format_unit(Scaled::money, value) : loss_text(optimum, value);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

std::string money_text(double usd) { return format_unit(Scaled::money, usd); }

/// "budget 1.6e-05 by a million USD (2.01e6 PF-days)".
std::string worth_text(const Optimum& optimum, const study::MarginalWorth& each) {
  std::string text = each.unit == "month" ? std::string("a month less of lead time (by a second optimisation): ")
                                          : "1 " + each.unit + " of " + core::printable(each.of) + ": ";
  if (each.gain < (optimum.target ? 1e-3 : kNothing)) return text + "0 (it does not bind)";
  if (optimum.target) return text + "saves " + money_text(each.gain);
  text += "loss -" + rough(each.gain, 2);
  if (!is_mean(optimum)) text += ", " + rough(each.flop / models::kPetaflopDay, 3) + " PF-days";
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
      parts.emplace_back("JSON has the rest");
      break;
    }
    if (each.gain >= (optimum.target ? 1e-3 : kNothing) || parts.size() < 2) parts.push_back(worth_text(optimum, each));
  }
  return joined(parts);
}

/// Where all money falls on one date, what that is and what to try.
std::string one_date_note(const OptimumReport& report) {
  const Optimum& optimum = report.optimum;
  if (optimum.schedule.empty() || optimum.schedule.front().at != optimum.schedule.back().at) return {};
  std::string text = "All money falls on one date";
  if (is_mean(optimum) || optimum.target) return text + '.';
  text +=
      ", since final loss counts the end of the horizon alone: the best date comes a fixed time before the end, "
      "wherever that lies. The mean loss of this plan is " +
      fixed(optimum.mean_loss, 6) + ". Try --objective mean_loss, or a limit by --yearly-spend.";
  return text;
}

std::vector<double> tolerances(const Optimum& optimum) {
  std::vector<double> all;
  for (const study::SpendingRange& each : optimum.flat) {
    if (all.empty() || all.back() != each.within) all.push_back(each.within);
  }
  return all;
}

/// A row for each year, with the least and the most for each tolerance.
Table flat_table(const Optimum& optimum) {
  double largest = 0;
  for (const study::SpendingRange& each : optimum.flat) largest = std::max(largest, each.most_usd);
  const Scale scale = scale_for(Scaled::money, largest);
  const std::vector<double> all = tolerances(optimum);
  Table table;
  table.add_column({.heading = "year from", .align = Align::left});
  for (const double within : all) {
    const std::string of = all.size() > 1 ? ", " + rough(within * 100, 3) + " %" : "";
    table.add_column({.heading = "least" + of, .unit = scale.unit});
    table.add_column({.heading = "most" + of, .unit = scale.unit});
  }
  const std::size_t years = all.empty() ? 0 : optimum.flat.size() / all.size();
  for (std::size_t year = 0; year < years; ++year) {
    Table::Row row{core::to_date(optimum.flat[year].from)};
    for (std::size_t i = 0; i < all.size(); ++i) {
      const study::SpendingRange& range = optimum.flat[i * years + year];
      row.push_back(Cell::scaled(scale, range.least_usd));
      row.push_back(Cell::scaled(scale, range.most_usd));
    }
    table.add_row(std::move(row));
  }
  return table;
}

std::string flat_heading(const Optimum& optimum) {
  std::string shares;
  for (const double within : tolerances(optimum))
    shares += (shares.empty() ? "" : " and ") + rough(within * 100, 3) + " %";
  return "What plans spend by year whose loss is within " + shares + " of the best:";
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
  notes.push_back("versus: " + versus);
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

Table schedule_table(const std::vector<PlannedPurchase>& schedule) {
  const bool of_money = !schedule.empty() && schedule.front().accelerator.empty();
  const bool names_sites = std::any_of(schedule.begin(), schedule.end(),
                                       [](const PlannedPurchase& each) { return !each.site.empty(); });
  double largest = 0;
  for (const PlannedPurchase& each : schedule) largest = std::max(largest, each.cost.usd());
  const Scale scale = scale_for(Scaled::money, largest);
  Table table;
  table.add_column({.heading = "date", .align = Align::left});
  if (!of_money) table.add_column({.heading = "accelerator", .align = Align::left});
  if (!of_money) table.add_column({.heading = "count"});
  if (names_sites) table.add_column({.heading = "site", .align = Align::left});
  table.add_column({.heading = "hardware", .unit = scale.unit});
  for (const PlannedPurchase& each : schedule) {
    Table::Row row{core::to_date(each.at)};
    if (!of_money) row.emplace_back(core::printable(each.accelerator));
    if (!of_money) row.push_back(Cell::integer(each.count));
    if (names_sites) row.emplace_back(core::printable(each.site));
    row.push_back(Cell::scaled(scale, each.cost.usd()));
    table.add_row(std::move(row));
  }
  return table;
}

std::string answer(const OptimumReport& report) {
  const Optimum& optimum = report.optimum;
  if (optimum.target) {
    const std::string to = "a loss of " + core::format_real(*optimum.target);
    const std::string spends = money_text(optimum.spend.usd());
    if (optimum.bound)
      return "No schedule within these constraints comes to " + to + " for less than " +
             core::format_real(std::floor(*optimum.bound)) + " USD of hardware; this one spends " +
             core::format_real(std::ceil(optimum.value)) + " USD." + relaxation_text(optimum);
    return "This schedule comes to a loss of " + fixed(optimum.final_loss, 6) + " for " + spends +
           ". No bound: " + joined(optimum.without_bound) + ". A cheaper one may exist.";
  }
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
  if (!report.optimum.flat.empty())
    text += core::wrapped(flat_heading(report.optimum), style.width) + write_text(flat_table(report.optimum), style) +
            '\n';
  for (const study::AlternativePlan& each : report.optimum.alternatives)
    text += core::wrapped(alternative_heading(report.optimum, each), style.width) +
            write_text(schedule_table(each.schedule), style) + '\n';
  for (const std::string& note : optimum_notes(report)) text += core::wrapped(note, style.width);
  return text;
}

std::string optimum_markdown(const OptimumReport& report) {
  std::string text = markdown_text(answer(report)) + "\n\n" + write_markdown(schedule_table(report.optimum.schedule)) +
                     '\n';
  if (!report.optimum.flat.empty())
    text += markdown_text(flat_heading(report.optimum)) + "\n\n" + write_markdown(flat_table(report.optimum)) + '\n';
  for (const study::AlternativePlan& each : report.optimum.alternatives)
    text += markdown_text(alternative_heading(report.optimum, each)) + "\n\n" +
            write_markdown(schedule_table(each.schedule)) + '\n';
  for (const std::string& note : optimum_notes(report)) text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
