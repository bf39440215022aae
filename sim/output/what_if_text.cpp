#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/human.hpp"
#include "fleetrace/output/text.hpp"
#include "fleetrace/output/what_if.hpp"
#include "objective_scale.hpp"
#include "what_if_parts.hpp"

namespace fleetrace::output {
namespace {

using study::FigureStanding;
using study::FutureStanding;
using study::kFigures;
using study::kWhatIfMeasures;
using study::StrategyFuture;

constexpr std::size_t kFinalLoss = 0;
constexpr std::size_t kFirstOptional = 4;  ///< from energy on nothing is shown where there is none
constexpr double kPfDay = 8.64e19;         ///< [FLOP]

/// How one row is shown: all of its numbers with the same unit and decimals.
class RowScale {
 public:
  RowScale(std::size_t figure, double largest) {
    switch (figure) {
      case 0:
      case 1: scale_ = {1, "", 5}; break;
      case 2: scale_ = {kPfDay, "PF-days", -1}; break;
      case 3: scale_ = scale_for(Scaled::money, largest); break;
      case 4: scale_ = scale_for(Scaled::energy, largest); break;
      case 5: scale_ = scale_for(Scaled::money, largest); break;
      default: scale_ = {1, "accelerator-years", -1}; break;
    }
    unit_ = scale_.unit;
    if (figure == 5) unit_ += " yr";
  }

  [[nodiscard]] std::string number(double value) const {
    if (!std::isfinite(value)) return "unknown";
    if (value == 0) return "0";
    if (scale_.decimals < 0) return rough(value / scale_.divisor, 4);
    return value < 0 ? '-' + scale_.number(-value) : scale_.number(value);
  }
  [[nodiscard]] std::string change(double value) const { return (value > 0 ? "+" : "") + number(value); }
  [[nodiscard]] const std::string& unit() const { return unit_; }

 private:
  Scale scale_;
  std::string unit_;
};

std::string words(std::size_t figure) {
  std::string text(study::figure(figure).name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

const StrategyFuture* of_base(const WhatIfReport& report, const std::string& name) {
  for (const StrategyFuture& each : report.result.futures.front().strategies) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

std::string interval(const RowScale& scale, const study::Interval& found) {
  return std::isfinite(found.low) ? scale.change(found.low) + " to " + scale.change(found.high) : "unknown";
}

void add_rows(const WhatIfReport& report, const StrategyFuture& strategy, TextTable& table) {
  const StrategyFuture* base = of_base(report, strategy.name);
  for (std::size_t k = 0; k < kWhatIfMeasures; ++k) {
    const FigureStanding& here = strategy.figures[k];
    const double before = base == nullptr ? here.value.mean : base->figures[k].value.mean;
    if (k >= kFirstOptional && before == 0 && here.value.mean == 0) continue;
    const RowScale scale(k, std::max(std::fabs(before), std::fabs(here.value.mean)));
    std::vector<TextTable::Cell> row{{core::printable(strategy.name)},
                                     {words(k) + (scale.unit().empty() ? "" : " [" + scale.unit() + ']')}};
    row.push_back({base == nullptr ? "-" : scale.number(before)});
    row.push_back({scale.number(here.value.mean)});
    row.push_back({base == nullptr ? "-" : scale.change(here.difference.mean)});
    if (report.result.has_chance) row.push_back({base == nullptr ? "-" : interval(scale, here.difference.interval)});
    table.add_row(std::move(row));
  }
}

std::string changes_text(const FutureReport& future) {
  std::string text;
  for (const auto& [path, value] : future.changes)
    text += (text.empty() ? "" : ", ") + core::printable(path) + '=' + core::printable(value);
  return text;
}

std::string future_name(const WhatIfReport& report, std::size_t future) {
  return core::printable(report.result.futures[future].name);
}

/// "hare 0.66889 -> 0.67012 (+0.00123)".
std::string loss_change(const WhatIfReport& report, const StrategyFuture& strategy) {
  const RowScale scale(kFinalLoss, 1);
  const FigureStanding& loss = strategy.figures[kFinalLoss];
  const StrategyFuture* base = of_base(report, strategy.name);
  const std::string now = scale.number(loss.value.mean);
  if (base == nullptr) return core::printable(strategy.name) + " " + now + ", which is not in the base";
  return core::printable(strategy.name) + ' ' + scale.number(base->figures[kFinalLoss].value.mean) + " -> " + now +
         " (" + (loss.difference.mean == 0 ? "no change" : scale.change(loss.difference.mean)) + ')';
}

}  // namespace

TextTable what_if_differences(const WhatIfReport& report, std::size_t future) {
  TextTable table;
  table.add_column({"strategy", false});
  table.add_column({"outcome", false});
  table.add_column({"base"});
  table.add_column({future_name(report, future)});
  table.add_column({"difference"});
  if (report.result.has_chance) table.add_column({percent(report.result.confidence) + " interval"});
  for (const StrategyFuture& each : report.result.futures[future].strategies) add_rows(report, each, table);
  return table;
}

TextTable what_if_bindings(const WhatIfReport& report) {
  static constexpr std::size_t kMostSpells = 12;
  TextTable table;
  for (const char* title : {"strategy", "future", "from", "to", "what binds"}) table.add_column({title, false});
  const Run& base = report.futures.front().at_medians;
  for (std::size_t f = 0; f < report.futures.size(); ++f) {
    const Run& run = report.futures[f].at_medians;
    for (std::size_t s = 0; s < run.outcomes.size(); ++s) {
      const fleet::Outcome& outcome = run.outcomes[s];
      const core::Time end = run.cases[s].horizon.end;
      const std::string name = core::printable(outcome.strategy);
      const auto twin = std::find_if(base.outcomes.begin(), base.outcomes.end(),
                                     [&](const fleet::Outcome& each) { return each.strategy == outcome.strategy; });
      if (f > 0 && twin != base.outcomes.end() && twin->bindings == outcome.bindings &&
          base.cases.front().horizon.end == end) {
        table.add_row({{name},
                       {future_name(report, f)},
                       {core::to_date(run.cases[s].horizon.start)},
                       {core::to_date(end)},
                       {"as in the base"}});
        continue;
      }
      for (std::size_t i = 0; i < outcome.bindings.size(); ++i) {
        const bool is_last = i + 1 == outcome.bindings.size();
        std::string what = binding_words(outcome.bindings[i].binding, run.cases[s]);
        core::Time until = is_last ? end : outcome.bindings[i + 1].from;
        if (i + 1 == kMostSpells && !is_last) {
          what = std::to_string(outcome.bindings.size() - i) + " more changes, the last to " +
                 binding_words(outcome.bindings.back().binding, run.cases[s]);
          until = end;
        }
        table.add_row({{name},
                       {future_name(report, f)},
                       {core::to_date(outcome.bindings[i].from)},
                       {core::to_date(until)},
                       {std::move(what)}});
        if (i + 1 == kMostSpells) break;
      }
    }
  }
  return table;
}

TextTable what_if_worth(const WhatIfReport& report) {
  const std::vector<FutureStanding>& futures = report.result.futures;
  std::vector<std::size_t> shown;
  for (std::size_t k = kWhatIfMeasures; k < kFigures; ++k) {
    const bool applies = std::any_of(futures.begin(), futures.end(), [k](const FutureStanding& future) {
      return std::any_of(future.strategies.begin(), future.strategies.end(),
                         [k](const StrategyFuture& each) { return each.figures[k].applies; });
    });
    if (applies) shown.push_back(k);
  }
  TextTable table;
  if (shown.empty()) return table;
  table.add_column({"strategy", false});
  table.add_column({"future", false});
  for (const std::size_t k : shown)
    table.add_column({"PF-days per\n" + std::string(fleet::kReliefs[k - kWhatIfMeasures].unit)});
  for (const FutureStanding& future : futures) {
    for (const StrategyFuture& each : future.strategies) {
      std::vector<TextTable::Cell> row{{core::printable(each.name)}, {core::printable(future.name)}};
      for (const std::size_t k : shown) {
        const FigureStanding& figure = each.figures[k];
        std::string text = figure.applies ? rough(figure.value.mean, 4) : "-";
        const study::Interval& range = figure.value.interval;
        if (figure.applies && std::isfinite(range.low) && range.low < range.high)
          text += " (" + rough(range.low, 4) + " to " + rough(range.high, 4) + ')';
        row.push_back({std::move(text)});
      }
      table.add_row(std::move(row));
    }
  }
  return table;
}

std::string what_if_title(const WhatIfReport& report, std::size_t future) {
  const FutureReport& here = report.futures[future];
  const std::string changes = changes_text(here);
  std::string text = future_name(report, future);
  if (!here.summary.empty()) text += ", " + core::printable(here.summary);
  return text + (changes.empty() ? ": nothing is set" : ": " + changes);
}

std::vector<std::string> what_if_notes(const WhatIfReport& report) {
  const study::WhatIf& result = report.result;
  std::vector<std::string> notes;
  notes.push_back(result.has_chance
                      ? "Differences are changed less base on the same draws, over " +
                            counted(static_cast<std::int64_t>(result.replications), "replication", "replications") +
                            " of seed " + std::to_string(report.seed) +
                            "; what binds is shown with uncertain inputs at their medians."
                      : "Nothing is random: one replication says everything, and differences are exact.");
  notes.emplace_back(
      "PF-days are of effective compute at the end of the horizon. What one more is worth comes from racing again with 1 % "
      "more grid power, 1 % more budget, or deliveries, grid phases and projects up to a month earlier.");
  return notes;
}

std::string answer(const WhatIfReport& report) {
  std::string text;
  for (std::size_t f = 1; f < report.result.futures.size(); ++f) {
    const FutureStanding& future = report.result.futures[f];
    text += (text.empty() ? "" : " ") + core::printable(future.name);
    if (!future.differs) {
      text += " changes nothing: every difference is exactly 0.";
      continue;
    }
    text += ", final loss: ";
    for (std::size_t s = 0; s < future.strategies.size(); ++s)
      text += (s == 0 ? "" : "; ") + loss_change(report, future.strategies[s]);
    text += '.';
  }
  return text;
}

std::string what_if_table(const WhatIfReport& report, const TableStyle& style) {
  std::string text = wrapped(answer(report), style.width);
  for (std::size_t f = 1; f < report.futures.size(); ++f) {
    text += '\n' + wrapped(what_if_title(report, f), style.width) + '\n' +
            what_if_differences(report, f).plain(style.width, style.bold);
  }
  text += "\nWhat binds\n\n" + what_if_bindings(report).plain(style.width, style.bold);
  if (const TextTable worth = what_if_worth(report); !worth.empty())
    text += "\nWhat one more is worth\n\n" + worth.plain(style.width, style.bold);
  text += '\n';
  for (const std::string& note : what_if_notes(report)) text += wrapped(note, style.width);
  return text;
}

std::string what_if_markdown(const WhatIfReport& report) {
  std::string text = markdown_text(answer(report)) + '\n';
  for (std::size_t f = 1; f < report.futures.size(); ++f)
    text += "\n## " + markdown_text(what_if_title(report, f)) + "\n\n" + what_if_differences(report, f).markdown();
  text += "\n## What binds\n\n" + what_if_bindings(report).markdown();
  if (const TextTable worth = what_if_worth(report); !worth.empty())
    text += "\n## What one more is worth\n\n" + worth.markdown();
  text += '\n';
  for (const std::string& note : what_if_notes(report)) text += "- " + markdown_text(note) + '\n';
  return text;
}

}  // namespace fleetrace::output
