#include <algorithm>
#include <string_view>

#include "fleetrace/output/text.hpp"
#include "page_sections.hpp"
#include "report.hpp"

namespace fleetrace::output::page {
namespace {

constexpr std::string_view kWaiting = "waits for power";
constexpr std::size_t kMostRows = 30;

double at(core::Time time) { return static_cast<double>(time.milliseconds()); }

/// Times of one obstacle, run together where one follows the other within `gap`.
struct Spell {
  core::Time from;
  core::Time to;
  std::size_t reviews = 1;
};

std::vector<Spell> spells(const std::vector<Hindrance>& found, fleet::Constraint which, core::Duration gap) {
  std::vector<Spell> result;
  for (const Hindrance& each : found) {
    if (each.obstacle != which) continue;
    if (!result.empty() && each.time - result.back().to <= gap) {
      result.back().to = each.time;
      ++result.back().reviews;
    } else {
      result.push_back({each.time, each.time});
    }
  }
  return result;
}

/// Samples in a row at which accelerators stood there without power.
std::vector<Spell> waits(const std::vector<fleet::Sample>& series) {
  std::vector<Spell> result;
  bool was_waiting = false;
  for (const fleet::Sample& sample : series) {
    const bool waits = sample.accelerators[static_cast<std::size_t>(fleet::State::waiting_for_power)] > 0;
    if (waits && was_waiting) {
      result.back().to = sample.time;
      ++result.back().reviews;
    } else if (waits) {
      result.push_back({sample.time, sample.time});
    }
    was_waiting = waits;
  }
  return result;
}

class Timeline {
 public:
  explicit Timeline(const Run& run) : run_(&run), horizon_(run.cases.front().horizon) {
    figure_.chart.id = "held-back";
    figure_.chart.title = "When purchases were held back, and by what";
    figure_.note =
        "Each mark is a review at which released money stayed unspent; waits are those of delivered accelerators.";
    figure_.chart.x = horizon_axis(horizon_);
    figure_.chart.is_dates = true;
    figure_.data.add_column({"strategy and reason", false});
    for (const char* title : {"from", "to"}) figure_.data.add_column({title, false});
    figure_.data.add_column({"reviews"});
    for (const std::size_t i : drawn_strategies(run)) add(i);
  }

  [[nodiscard]] bool empty() const { return figure_.chart.rows.empty(); }
  [[nodiscard]] RowsFigure figure() && {
    figure_.chart.description = counted(static_cast<std::int64_t>(figure_.chart.rows.size()), "strategy and reason",
                                        "strategies and reasons") +
                                "; the table names the spells.";
    return std::move(figure_);
  }

 private:
  void add(std::size_t i) {
    const std::string name = shown_name(run_->outcomes[i]);
    // Reviews that follow each other look like one spell where a screen could not tell them apart anyway.
    const auto gap = core::Duration::from_milliseconds((horizon_.end - horizon_.start).milliseconds() / 200);
    for (std::size_t k = 0; k < fleet::kConstraints; ++k)
      add_row(name, fleet::info(static_cast<fleet::Constraint>(k)).title,
              spells(run_->hindrances[i], static_cast<fleet::Constraint>(k), gap), "reviews");
    add_row(name, kWaiting, waits(run_->outcomes[i].series), "samples");
  }

  void add_row(const std::string& name, std::string_view reason, const std::vector<Spell>& found,
               std::string_view counts) {
    RowsChart& chart = figure_.chart;
    if (found.empty() || chart.rows.size() >= kMostRows) return;
    const std::string row = name + ": " + std::string(reason);
    chart.rows.push_back(row);
    const double least = (chart.x.high - chart.x.low) / 200;
    for (const Spell& spell : found) {
      const std::string from = date_of(spell.from, horizon_);
      const std::string to = date_of(spell.to, horizon_);
      const double end = std::min(std::max(at(spell.to), at(spell.from) + least), chart.x.high);
      std::string tip = row;
      tip.append(", ").append(from).append(from == to ? "" : " to " + to).append(", ");
      tip.append(grouped(static_cast<std::int64_t>(spell.reviews))).append(1, ' ').append(counts);
      chart.bars.push_back({chart.rows.size() - 1, std::min(at(spell.from), end), end, "c4", std::move(tip)});
      if (rows_++ < kMostTableRows)
        figure_.data.add_row({{row}, {from}, {to}, {grouped(static_cast<std::int64_t>(spell.reviews))}});
    }
  }

  static constexpr std::size_t kMostTableRows = 200;
  const Run* run_;
  fleet::Horizon horizon_;
  RowsFigure figure_;
  std::size_t rows_ = 0;
};

}  // namespace

std::vector<std::string> obstacle_figures(const Run& run) {
  Timeline timeline(run);
  if (timeline.empty()) return {};
  return {to_html(std::move(timeline).figure())};
}

}  // namespace fleetrace::output::page
