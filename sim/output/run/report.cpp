#include "sim/output/run/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "sim/output/run/hindsight.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

constexpr int kLossDecimals = 4;

std::string loss_text(double loss) { return fixed(loss, kLossDecimals); }
Cell loss_cell(double loss) { return Cell::fixed(loss, kLossDecimals); }

/// Indices of the lowest loss of those that can be chosen; several where they are tied.
template <class Loss>
std::vector<std::size_t> lowest(const Run& run, Loss loss) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    if (!is_bound(run, i)) best = std::min(best, loss(run.outcomes[i].final));
  }
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    if (!is_bound(run, i) && fleet::are_tied(loss(run.outcomes[i].final), best)) found.push_back(i);
  }
  return found;
}

double final_loss(const fleet::Summary& final) { return final.relative_loss; }
double mean_loss(const fleet::Summary& final) { return final.mean_relative_loss; }

std::string names_of(const Run& run, const std::vector<std::size_t>& which) {
  static constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < which.size() && i < kMost; ++i) {
    if (i > 0) text += i + 1 == which.size() ? " and " : ", ";
    text += shown_name(run.outcomes[which[i]]);
  }
  return which.size() > kMost ? text + " and " + std::to_string(which.size() - kMost) + " more" : text;
}

template <class Value>
double largest(const Run& run, Value value) {
  double most = 0;
  for (const fleet::Outcome& outcome : run.outcomes) most = std::max(most, value(outcome.final));
  return most;
}

bool contains(const std::vector<std::size_t>& which, std::size_t i) {
  return std::find(which.begin(), which.end(), i) != which.end();
}

/// Dates of a short race need hours, those of a long one may do with months.
Cell date_cell(const std::optional<core::Time>& time, const fleet::Horizon& horizon, Dates dates) {
  if (!time) return Cell::none();
  const std::string full = core::to_iso8601(*time);  // 2026-04-30T02:19:48.310Z, with a sign beyond year 9999
  const std::size_t date = full.find('T');
  const bool is_short = horizon.end - horizon.start <= core::kDay * 60;
  if (is_short) return full.substr(0, date) + ' ' + full.substr(date + 1, 5);
  return full.substr(0, dates == Dates::days ? date : date - 3);
}

/// Accelerators in place at the end, whatever they do, as the charts count them; none to count where there is only capacity.
Cell accelerators_cell(const fleet::Outcome& outcome) {
  const bool capacity_only = !outcome.cohorts.empty() &&
                             std::all_of(outcome.cohorts.begin(), outcome.cohorts.end(),
                                         [](const fleet::Cohort& each) { return each.is_capacity(); });
  if (capacity_only) return Cell::none();
  return Cell::integer(outcome.final.in_place());
}

/// "2026 to 2034", in full years of the calendar.
std::string years_text(const fleet::Horizon& horizon) {
  const auto year = [](core::Time time) {
    const std::string full = core::to_iso8601(time);
    return full.substr(0, full.find('-', 1));
  };
  const std::string first = year(horizon.start);
  const std::string last = year(horizon.end);
  return first == last ? first : first + " to " + last;
}

struct Span {
  double low = 1;
  double high = 0;
};

/// One scale for the lines of all strategies.
Span loss_span(const Run& run) {
  Span span;
  for (const fleet::Outcome& outcome : run.outcomes) {
    for (const fleet::Sample& sample : outcome.series) {
      span.low = std::min(span.low, sample.relative_loss);
      span.high = std::max(span.high, sample.relative_loss);
    }
  }
  return span;
}

/// The loss over time in a line of text, evenly spaced from the first sample to the last.
std::string loss_line(const std::vector<fleet::Sample>& series, const Span& span) {
  static constexpr std::array<std::string_view, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static constexpr std::size_t kPoints = 20;
  if (series.empty()) return {};
  std::string text;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double loss = series[i * (series.size() - 1) / (kPoints - 1)].relative_loss;
    const double height = span.high > span.low ? (loss - span.low) / (span.high - span.low) : 0;
    text += kBars[std::min(kBars.size() - 1, static_cast<std::size_t>(height * double(kBars.size())))];
  }
  return text;
}

}  // namespace

std::string shown_name(const fleet::Outcome& outcome) { return core::printable(outcome.strategy); }

std::vector<std::string> names_by_loss(const Run& run) {
  std::vector<const fleet::Outcome*> order;
  for (const fleet::Outcome& outcome : run.outcomes) order.push_back(&outcome);
  std::stable_sort(order.begin(), order.end(), [](const fleet::Outcome* a, const fleet::Outcome* b) {
    return a->final.relative_loss < b->final.relative_loss;
  });
  std::vector<std::string> names;
  names.reserve(order.size());
  for (const fleet::Outcome* outcome : order) names.push_back(shown_name(*outcome));
  return names;
}

std::string headline(const Run& run) {
  const std::vector<std::size_t> at_end = lowest(run, final_loss);
  const std::vector<std::size_t> on_average = lowest(run, mean_loss);
  const std::string end_loss = '(' + loss_text(run.outcomes[at_end.front()].final.relative_loss) + ')';
  const std::string mean = '(' + loss_text(run.outcomes[on_average.front()].final.mean_relative_loss) + ')';
  if (run.outcomes.size() == 1) {
    return shown_name(run.outcomes.front()) + " ends at a relative loss of " + end_loss.substr(1, end_loss.size() - 2) +
           "; its average loss is " + mean.substr(1, mean.size() - 2) + '.';
  }
  const bool shared = at_end.size() > 1;
  const std::string first = names_of(run, at_end) +
                            (shared ? " end level with the lowest loss " : " ends with the lowest loss ") + end_loss;
  if (at_end == on_average)
    return first + (shared ? " and have the lowest average loss " : " and has the lowest average loss ") + mean + '.';
  return first + "; " + names_of(run, on_average) + (on_average.size() > 1 ? " have" : " has") +
         " the lowest average loss " + mean + '.';
}

Table standings(const Run& run, Dates dates) {
  const Scale money = scale_for(Scaled::money, largest(run, [](const auto& f) { return f.spend().usd(); }));
  const Scale energy = scale_for(Scaled::energy, largest(run, [](const auto& f) { return f.energy_kwh; }));
  const Scale power = scale_for(Scaled::power, largest(run, [](const auto& f) { return f.peak_site_power; }));
  const std::vector<std::size_t> best_end = lowest(run, final_loss);
  const std::vector<std::size_t> best_mean = lowest(run, mean_loss);
  const bool several = run.outcomes.size() > 1;

  Table table;
  table.add_column({"strategy", Align::left});
  table.add_column({"buys", Align::left});
  table.add_column({"final\nloss"});
  table.add_column({"mean\nloss"});
  table.add_column({.heading = "spend", .unit = money.unit});
  table.add_column({.heading = "energy", .unit = energy.unit});
  table.add_column({.heading = "peak", .unit = power.unit});
  table.add_column({"chips"});
  bool first_target = true;
  for (const double target : run.setups.front().loss.targets) {
    table.add_column({.heading = "loss " + rough(target, 4) + "\nmet", .starts_group = first_target});
    first_target = false;
  }
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const fleet::Outcome& outcome = run.outcomes[i];
    const fleet::Summary& final = outcome.final;
    Table::Row row{shown_name(outcome), outcome.buys};
    row.push_back(loss_cell(final.relative_loss).best_if(several && contains(best_end, i)));
    row.push_back(loss_cell(final.mean_relative_loss).best_if(several && contains(best_mean, i)));
    row.push_back(Cell::scaled(money, final.spend().usd()));
    row.push_back(final.has_power ? Cell::scaled(energy, final.energy_kwh) : Cell::none());
    row.push_back(final.has_power ? Cell::scaled(power, final.peak_site_power) : Cell::none());
    row.push_back(accelerators_cell(outcome));
    for (const fleet::Target& target : outcome.targets)
      row.push_back(date_cell(target.reached, run.setups[i].horizon, dates));
    table.add_row(std::move(row));
  }
  return table;
}

Table compute_splits(const Run& run, Sparklines sparklines) {
  const bool drawn = sparklines == Sparklines::with;
  Table table;
  table.add_column({"strategy", Align::left});
  if (drawn) table.add_column({"relative loss,\n" + years_text(run.setups.front().horizon), Align::left});
  table.add_column({"doublings\nover C0"});
  table.add_column({"\nfleet"});
  table.add_column({"hardware"});
  table.add_column({"utilisation"});
  table.add_column({"algorithm"});
  table.add_column({"gamma\nper J"});
  table.add_column({"gamma\nper USD"});
  const Span losses = loss_span(run);
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::DoublingsByCause& split = outcome.final.split;
    Table::Row row{shown_name(outcome)};
    if (drawn) row.emplace_back(loss_line(outcome.series, losses));
    for (const double part : {split.total, split.fleet, split.hardware, split.utilisation, split.algorithm})
      row.push_back(Cell::fixed(part, 2));
    row.push_back(Cell::fixed(outcome.final.gamma_per_joule, 2));
    row.push_back(Cell::fixed(outcome.final.gamma_per_usd, 2));
    table.add_row(std::move(row));
  }
  return table;
}

Table finances(const Run& run) {
  Table table;
  const bool worth_a_table = std::any_of(run.setups.begin(), run.setups.end(), [](const fleet::StrategySetup& setup) {
    return setup.finance.discount_rate != 0 || setup.finance.earns() || setup.plant.operations.resells ||
           setup.plant.operations.hand_down || setup.plant.rental;
  });
  if (!worth_a_table) return table;
  const auto npv = [](const fleet::Summary& final) { return std::fabs(final.finance.npv_usd); };
  const auto books = [](const fleet::Summary& final) {
    return std::max({std::fabs(final.finance.depreciation_usd),
                     std::fabs(final.finance.economic_depreciation_usd.value_or(0)), final.finance.salvage.usd()});
  };
  const auto cash = [](const fleet::Summary& final) {
    return std::max(final.finance.rent.usd(), (final.finance.resale + final.finance.credit).usd());
  };
  const Scale value = scale_for(Scaled::money, largest(run, npv));
  const Scale loss = scale_for(Scaled::money, largest(run, books));
  const Scale flow = scale_for(Scaled::money, largest(run, cash));
  table.add_column({"strategy", Align::left});
  table.add_column({.heading = "present value", .unit = value.unit});
  table.add_column({"USD/PF-day\nbought"});
  table.add_column({"with initial\nfleet"});
  table.add_column({.heading = "rent", .unit = flow.unit});
  table.add_column({.heading = "resale", .unit = flow.unit});
  table.add_column({.heading = "salvage", .unit = loss.unit});
  table.add_column({.heading = "written off", .unit = loss.unit});
  table.add_column({.heading = "value lost", .unit = loss.unit});
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::FinanceReport& finance = outcome.final.finance;
    Table::Row row{shown_name(outcome), Cell::scaled(value, finance.npv_usd)};
    for (const double cost : {finance.marginal_usd_per_pf_day, finance.usd_per_pf_day})
      row.push_back(std::isfinite(cost) ? Cell::rough(cost, 4) : Cell::none());
    row.push_back(Cell::scaled(flow, finance.rent.usd()));
    row.push_back(Cell::scaled(flow, (finance.resale + finance.credit).usd()));
    row.push_back(Cell::scaled(loss, finance.salvage.usd()));
    row.push_back(Cell::scaled(loss, finance.depreciation_usd));
    row.push_back(finance.economic_depreciation_usd ? Cell::scaled(loss, *finance.economic_depreciation_usd)
                                                    : Cell::none());
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace fleetrace::output
