#include "sim/output/studies/diff_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "models/finance/finance.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/fleet/results/dated_metric.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

using Number = std::optional<double>;

/// Outcomes that tables show; programs have all of them.
constexpr std::array<std::string_view, 8> kShown = {
    "relative_loss", "mean_relative_loss", "effective_compute_flop", "spend_usd",
    "npv_usd",       "energy_kwh",         "peak_site_power_w",      "accelerators"};
/// Those of them that the answer tells, and whose changes are told apart.
constexpr std::size_t kLeading = 4;
constexpr std::string_view kMean = "mean_relative_loss";
/// Characters of an input's value.
constexpr std::size_t kWidest = 40;

/// Decimals of a number that has four digits, wherever they are.
constexpr int kRough = -1;

bool is_shown(const OutcomeChange& outcome) {
  return outcome.is_date || std::find(kShown.begin(), kShown.end(), outcome.metric) != kShown.end();
}

std::string signed_text(const std::string& number) {
  const bool is_zero = number.find_first_of("123456789") == std::string::npos;
  return is_zero ? "0" : (number.front() == '-' ? "" : "+") + number;
}

/// A value on one line, cut where it is long.
std::string short_value(const std::string& text) {
  std::string shown = core::printable(text);
  if (shown.empty()) return "-";
  if (core::characters(shown) <= kWidest) return shown;
  std::size_t end = kWidest - 3;
  while (end > 0 && core::continues_character(shown[end])) --end;
  return shown.substr(0, end) + "...";
}

/// The effects on one outcome, the largest first.
std::vector<const ChangeEffect*> effects_on(const Diff& diff, std::size_t outcome) {
  std::vector<const ChangeEffect*> found;
  const auto size = [](const ChangeEffect* each) {
    return std::fabs(each->from_a.value_or(0)) + std::fabs(each->from_b.value_or(0));
  };
  for (const ChangeEffect& each : diff.effects) {
    if (each.outcome == outcome && (size(&each) > 0 || !each.from_a || !each.from_b)) found.push_back(&each);
  }
  std::stable_sort(found.begin(), found.end(), [&](const auto* a, const auto* b) { return size(a) > size(b); });
  return found;
}

}  // namespace

bool is_leading(const OutcomeChange& outcome) {
  const auto* const end = kShown.begin() + kLeading;
  return outcome.metric != kMean && std::find(kShown.begin(), end, outcome.metric) != end;
}

std::string words_of(const OutcomeChange& outcome) {
  if (outcome.is_date) return "loss " + outcome.metric.substr(outcome.metric.find('_') + 1) + " met";
  if (outcome.metric == "relative_loss") return "final loss";
  if (outcome.metric == kMean) return "mean loss";
  if (outcome.metric == "effective_compute_flop") return "effective compute";
  if (outcome.metric == "npv_usd") return "NPV";
  const fleet::DatedMetric* metric = fleet::find_dated_metric(outcome.metric);
  return metric == nullptr ? outcome.metric : std::string(metric->summary.substr(0, metric->summary.find(',')));
}

ShownOutcome::ShownOutcome(const Diff& diff, const OutcomeChange& outcome) : is_date_(outcome.is_date) {
  const double size = std::max(std::fabs(outcome.before.value_or(0)), std::fabs(outcome.after.value_or(0)));
  if (outcome.is_date) {
    zero_ = core::parse_date(diff.start).value_or(core::Time());
  } else if (outcome.unit == "USD") {
    scale_ = scale_for(Scaled::money, size);
  } else if (outcome.unit == "kWh") {
    scale_ = scale_for(Scaled::energy, size);
  } else if (outcome.unit == "W") {
    scale_ = scale_for(Scaled::power, size);
  } else if (outcome.unit == "FLOP") {
    scale_ = {models::kPetaflopDay, "PF-days", kRough};
  } else {
    scale_ = {1, outcome.unit, size >= 1000 ? 0 : size > 0 && size < 2 ? 5 : kRough};
  }
}

std::string ShownOutcome::value(double value) const {
  if (is_date_) return core::to_date(zero_ + core::Duration::from_years(value));
  return number(value);
}

Cell ShownOutcome::value_cell(const Number& of) const { return of ? Cell::real(*of, value(*of)) : Cell::none(); }

std::string ShownOutcome::change(double by) const {
  if (!is_date_) return signed_text(number(by));
  static constexpr double kDaysInYear = 365.25;
  return signed_text(fixed(by * kDaysInYear, 0)) + " days";
}

Cell ShownOutcome::change_cell(const Number& of) const { return of ? Cell::real(*of, change(*of)) : Cell::none(); }

std::string ShownOutcome::number(double value) const {
  if (scale_.decimals == kRough) return rough(value / scale_.divisor, 4);
  return value < 0 ? '-' + scale_.number(-value) : scale_.number(value);
}

std::string percent_text(const OutcomeChange& outcome) {
  const Number relative = outcome.relative();
  if (!relative) return "-";
  const double percent = 100 * *relative;
  return (percent > 0 ? "+" : "") + (std::fabs(percent) < 0.05 ? rough(percent, 2) : fixed(percent, 1)) + " %";
}

Table diff_inputs(const Diff& diff) {
  Table table({text_column("input"), text_column("A"), text_column("B")});
  for (const InputChange& each : diff.inputs)
    table.add_row({core::printable(each.path), short_value(each.before), short_value(each.after)});
  return table;
}

Table diff_outcomes(const Diff& diff) {
  Table table({text_column("strategy"), text_column("outcome"), {"A"}, {"B"}, {"difference"}, {"relative"}});
  for (const OutcomeChange& each : diff.outcomes) {
    const bool is_both = each.before && each.after;
    if (!is_shown(each) || (!is_both && !each.is_date)) continue;
    if (each.is_date && !each.before && !each.after) continue;
    const ShownOutcome shown(diff, each);
    const std::string unit = shown.unit().empty() || each.is_date ? "" : " [" + shown.unit() + ']';
    table.add_row({core::printable(each.strategy), words_of(each) + unit, shown.value_cell(each.before),
                   shown.value_cell(each.after), shown.change_cell(each.difference()), percent_text(each)});
  }
  return table;
}

Table diff_effects(const Diff& diff) {
  Table table({text_column("strategy"), text_column("outcome"), text_column("change"), {"from A"}, {"from B"}});
  for (std::size_t i = 0; i < diff.outcomes.size(); ++i) {
    const OutcomeChange& outcome = diff.outcomes[i];
    if (!is_leading(outcome) || !outcome.before || !outcome.after) continue;
    const ShownOutcome shown(diff, outcome);
    const std::string words = words_of(outcome) + (shown.unit().empty() ? "" : " [" + shown.unit() + ']');
    const std::string strategy = core::printable(outcome.strategy);
    const auto change = [&](const Number& by) {
      return by ? shown.change_cell(by) : Cell(Cell::Value(), "not valid alone");
    };
    for (const ChangeEffect* each : effects_on(diff, i)) {
      table.add_row({strategy, words, core::printable(diff.inputs[each->input].path), change(each->from_a),
                     change(each->from_b)});
    }
    if (diff.interaction_from_a(i) != 0.0 || diff.interaction_from_b(i) != 0.0) {
      table.add_row({strategy, words, "together (interaction)", shown.change_cell(diff.interaction_from_a(i)),
                     shown.change_cell(diff.interaction_from_b(i))});
    }
    table.add_row(
        {strategy, words, "all", shown.change_cell(outcome.difference()), shown.change_cell(outcome.difference())});
  }
  return table;
}

}  // namespace fleetrace::output
