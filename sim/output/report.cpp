#include "report.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"

namespace fleetrace::output {
namespace {

constexpr int kLossDecimals = 4;
constexpr std::string_view kNone = "-";

std::string loss_text(double loss) { return fixed(loss, kLossDecimals); }

/// Indices of the lowest loss; several where they agree in all digits that results have.
template <class Loss>
std::vector<std::size_t> lowest(const Run& run, Loss loss) {
  double best = loss(run.outcomes.front().final);
  for (const fleet::Outcome& outcome : run.outcomes) best = std::min(best, loss(outcome.final));
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    if (core::format_real(loss(run.outcomes[i].final)) == core::format_real(best)) found.push_back(i);
  }
  return found;
}

double final_loss(const fleet::Final& final) { return final.relative_loss; }
double mean_loss(const fleet::Final& final) { return final.mean_relative_loss; }

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
std::string date_text(const std::optional<core::Time>& time, const fleet::Horizon& horizon, Dates dates) {
  if (!time) return std::string(kNone);
  const std::string full = core::to_iso8601(*time);  // 2026-04-30T02:19:48.310Z, with a sign beyond year 9999
  const std::size_t date = full.find('T');
  const bool is_short = horizon.end - horizon.start <= core::kDay * 60;
  if (is_short) return full.substr(0, date) + ' ' + full.substr(date + 1, 5);
  return full.substr(0, dates == Dates::days ? date : date - 3);
}

/// Accelerators in service at the end; none to count where there is only capacity.
std::string accelerators_text(const fleet::Outcome& outcome) {
  const bool capacity_only = !outcome.cohorts.empty() &&
                             std::all_of(outcome.cohorts.begin(), outcome.cohorts.end(),
                                         [](const fleet::Cohort& each) { return each.is_capacity(); });
  if (capacity_only) return std::string(kNone);
  return grouped(outcome.final.accelerators[static_cast<std::size_t>(fleet::State::in_service)]);
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
  static constexpr std::size_t kPoints = 24;
  if (series.empty()) return {};
  std::string text;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double loss = series[i * (series.size() - 1) / (kPoints - 1)].relative_loss;
    const double height = span.high > span.low ? (loss - span.low) / (span.high - span.low) : 0;
    text += kBars[std::min(kBars.size() - 1, static_cast<std::size_t>(height * double(kBars.size())))];
  }
  return text;
}

std::string optional_text(const std::optional<double>& value) { return value ? fixed(*value, 2) : std::string(kNone); }

}  // namespace

std::string shown_name(const fleet::Outcome& outcome) { return core::printable(outcome.strategy); }

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

TextTable standings(const Run& run, Dates dates) {
  const Scale money = scale_for(Scaled::money, largest(run, [](const auto& f) { return f.spend().usd(); }));
  const Scale energy = scale_for(Scaled::energy, largest(run, [](const auto& f) { return f.energy_kwh; }));
  const Scale power = scale_for(Scaled::power, largest(run, [](const auto& f) { return f.peak_site_power; }));
  const std::vector<std::size_t> best_end = lowest(run, final_loss);
  const std::vector<std::size_t> best_mean = lowest(run, mean_loss);
  const bool several = run.outcomes.size() > 1;

  TextTable table;
  table.add_column({"strategy", false});
  table.add_column({"buys", false});
  table.add_column({"final\nloss"});
  table.add_column({"mean\nloss"});
  table.add_column({"spend\n" + std::string(money.unit)});
  table.add_column({"energy\n" + std::string(energy.unit)});
  table.add_column({"peak\n" + std::string(power.unit)});
  table.add_column({"accel-\nerators"});
  bool first_target = true;
  for (const double target : run.cases.front().loss.targets) {
    table.add_column({"loss " + rough(target, 4) + "\nmet", true, !first_target});
    first_target = false;
  }
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const fleet::Outcome& outcome = run.outcomes[i];
    const fleet::Final& final = outcome.final;
    std::vector<TextTable::Cell> row{{shown_name(outcome)}, {outcome.buys}};
    row.push_back({loss_text(final.relative_loss), several && contains(best_end, i)});
    row.push_back({loss_text(final.mean_relative_loss), several && contains(best_mean, i)});
    row.push_back({money.number(final.spend().usd())});
    row.push_back({energy.number(final.energy_kwh)});
    row.push_back({power.number(final.peak_site_power)});
    row.push_back({accelerators_text(outcome)});
    for (const fleet::Target& target : outcome.targets)
      row.push_back({date_text(target.reached, run.cases[i].horizon, dates)});
    table.add_row(std::move(row));
  }
  return table;
}

TextTable compute_splits(const Run& run, Sparklines sparklines) {
  const bool drawn = sparklines == Sparklines::with;
  TextTable table;
  table.add_column({"strategy", false});
  if (drawn) table.add_column({"relative loss,\n" + years_text(run.cases.front().horizon), false});
  table.add_column({"log2\nC/C0"});
  table.add_column({"\nfleet"});
  table.add_column({"hard-\nware"});
  table.add_column({"utili-\nsation"});
  table.add_column({"algo-\nrithm"});
  table.add_column({"gamma\nper J"});
  table.add_column({"gamma\nper USD"});
  const Span losses = loss_span(run);
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::ComputeSplit& split = outcome.final.split;
    std::vector<TextTable::Cell> row{{shown_name(outcome)}};
    if (drawn) row.push_back({loss_line(outcome.series, losses)});
    for (const double part : {split.total, split.fleet, split.hardware, split.utilisation, split.algorithm})
      row.push_back({fixed(part, 2)});
    row.push_back({optional_text(outcome.final.gamma_per_joule)});
    row.push_back({optional_text(outcome.final.gamma_per_usd)});
    table.add_row(std::move(row));
  }
  return table;
}

TextTable finances(const Run& run) {
  TextTable table;
  const bool worth_a_table = std::any_of(run.cases.begin(), run.cases.end(), [](const fleet::Case& plan) {
    return plan.finance.discount_rate != 0 || plan.plant.operations.resells || plan.plant.operations.hand_down ||
           plan.plant.rental ||
           std::any_of(plan.plant.sites.begin(), plan.plant.sites.end(),
                       [](const fleet::Site& site) { return site.carbon.has_value(); });
  });
  if (!worth_a_table) return table;
  const auto npv = [](const fleet::Final& final) { return std::fabs(final.finance.npv_usd); };
  const auto books = [](const fleet::Final& final) {
    return std::max({std::fabs(final.finance.depreciation_usd),
                     std::fabs(final.finance.economic_depreciation_usd.value_or(0)), final.finance.salvage.usd()});
  };
  const auto cash = [](const fleet::Final& final) {
    return std::max(final.finance.rent.usd(), (final.finance.resale + final.finance.credit).usd());
  };
  const Scale value = scale_for(Scaled::money, largest(run, npv));
  const Scale loss = scale_for(Scaled::money, largest(run, books));
  const Scale flow = scale_for(Scaled::money, largest(run, cash));
  table.add_column({"strategy", false});
  table.add_column({"NPV\n" + std::string(value.unit)});
  table.add_column({"USD per\nPF-day"});
  table.add_column({"rent\n" + std::string(flow.unit)});
  table.add_column({"resale\n" + std::string(flow.unit)});
  table.add_column({"salvage\n" + std::string(loss.unit)});
  table.add_column({"written off\n" + std::string(loss.unit)});
  table.add_column({"value lost\n" + std::string(loss.unit)});
  table.add_column({"CO2e\nkt"});
  for (const fleet::Outcome& outcome : run.outcomes) {
    const fleet::FinanceReport& finance = outcome.final.finance;
    const bool has_cost = std::isfinite(finance.usd_per_pf_day);
    std::vector<TextTable::Cell> row{{shown_name(outcome)}, {value.number(finance.npv_usd)}};
    row.push_back({has_cost ? rough(finance.usd_per_pf_day, 4) : std::string(kNone)});
    row.push_back({flow.number(finance.rent.usd())});
    row.push_back({flow.number((finance.resale + finance.credit).usd())});
    row.push_back({loss.number(finance.salvage.usd())});
    row.push_back({loss.number(finance.depreciation_usd)});
    row.push_back(
        {finance.economic_depreciation_usd ? loss.number(*finance.economic_depreciation_usd) : std::string(kNone)});
    row.push_back({finance.operational_kg ? rough((*finance.operational_kg + *finance.embodied_kg) / 1e6, 4)
                                          : std::string(kNone)});
    table.add_row(std::move(row));
  }
  return table;
}

}  // namespace fleetrace::output
