#include <algorithm>
#include <string_view>

#include "sim/output/page/page_sections.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output::page {
namespace {

constexpr std::string_view kWaiting = "waits for power";
constexpr std::size_t kMostRows = 30;

double at(core::Time time) { return static_cast<double>(time.milliseconds()); }

/// Times at which one constraint held purchases back, run together where one follows the other within `gap`.
struct Spell {
  core::Time from;
  core::Time to;
  std::size_t reviews = 1;  ///< 0 where no review is meant
};

std::vector<Spell> spells(const std::vector<BlockedReview>& found, fleet::Constraint which, core::Duration gap) {
  std::vector<Spell> result;
  for (const BlockedReview& each : found) {
    if (each.constraint != which) continue;
    if (!result.empty() && each.time - result.back().to <= gap) {
      result.back().to = each.time;
      ++result.back().reviews;
    } else {
      result.push_back({each.time, each.time});
    }
  }
  return result;
}

/// Times at which accelerators stood there without power.
std::vector<Spell> waits(const std::vector<fleet::Wait>& all) {
  std::vector<Spell> result;
  result.reserve(all.size());
  for (const fleet::Wait& each : all) result.push_back({each.from, each.to, 0});
  return result;
}

class Timeline {
 public:
  explicit Timeline(const Run& run) : run_(&run), horizon_(run.setups.front().horizon) {
    figure_.chart.id = "held-back";
    figure_.chart.title = "When purchases were held back, and by what";
    figure_.note =
        "Each mark is a review at which released money stayed unspent; waits are those of delivered accelerators.";
    figure_.chart.x = horizon_axis(horizon_);
    figure_.chart.is_dates = true;
    figure_.data.add_column({"strategy and reason", Align::left});
    for (const char* title : {"from", "to"}) figure_.data.add_column({title, Align::left});
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
              spells(run_->blocked_reviews[i], static_cast<fleet::Constraint>(k), gap));
    add_row(name, kWaiting, waits(run_->outcomes[i].waits));
  }

  void add_row(const std::string& name, std::string_view reason, const std::vector<Spell>& found) {
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
      tip.append(", ").append(from).append(from == to ? "" : " to " + to);
      const auto reviews = static_cast<std::int64_t>(spell.reviews);
      if (reviews > 0) tip.append(", ").append(counted(reviews, "review", "reviews"));
      chart.bars.push_back({chart.rows.size() - 1, std::min(at(spell.from), end), end, "c4", std::move(tip)});
      if (rows_++ < kMostTableRows)
        figure_.data.add_row({row, from, to, reviews > 0 ? Cell::integer(reviews) : Cell::none()});
    }
  }

  static constexpr std::size_t kMostTableRows = 30;
  const Run* run_;
  fleet::Horizon horizon_;
  RowsFigure figure_;
  std::size_t rows_ = 0;
};

}  // namespace

std::vector<std::string> constraint_figures(const Run& run) {
  Timeline timeline(run);
  if (timeline.empty()) return {};
  return {to_html(std::move(timeline).figure())};
}

}  // namespace fleetrace::output::page
