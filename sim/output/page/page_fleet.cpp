#include <algorithm>
#include <numeric>

#include "sim/output/page/page_charts.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output::page {
namespace {

constexpr std::string_view kOthers = "others";

/// Accelerators of one name over the samples of one strategy.
struct Layer {
  std::string name;
  std::vector<std::int64_t> counts;
};

/// A name that stands for a generation on the whole page.
struct Generation {
  std::string name;
  core::Time released;
  std::int64_t most = 0;
};

/// Those that anybody ever has, by release; where they are more than colours, the rarest become others.
std::vector<Generation> generations(const Run& run) {
  std::vector<Generation> found;
  for (const std::size_t i : drawn_strategies(run)) {
    const std::vector<models::AcceleratorType>& types = run.setups[i].plant.market.types;
    for (std::size_t type = 0; type < types.size(); ++type) {
      std::int64_t most = 0;
      for (const std::vector<std::int64_t>& row : run.installed[i]) most = std::max(most, row[type]);
      if (most == 0) continue;
      auto known = std::find_if(found.begin(), found.end(),
                                [&](const Generation& each) { return each.name == types[type].name; });
      if (known == found.end()) known = found.insert(found.end(), {types[type].name, types[type].released, 0});
      known->most = std::max(known->most, most);
    }
  }
  if (found.size() > kColours) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Generation& a, const Generation& b) { return a.most > b.most; });
    found.resize(kColours - 1);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Generation& a, const Generation& b) { return a.released < b.released; });
  return found;
}

std::vector<Layer> layers(const Run& run, std::size_t strategy, const std::vector<Generation>& known) {
  const Installed& installed = run.installed[strategy];
  const std::vector<models::AcceleratorType>& types = run.setups[strategy].plant.market.types;
  std::vector<Layer> result;
  result.reserve(known.size() + 1);
  for (const Generation& each : known) result.push_back({each.name, std::vector<std::int64_t>(installed.size())});
  Layer others{std::string(kOthers), std::vector<std::int64_t>(installed.size())};
  for (std::size_t row = 0; row < installed.size(); ++row) {
    for (std::size_t type = 0; type < types.size(); ++type) {
      auto layer = std::find_if(result.begin(), result.end(),
                                [&](const Layer& each) { return each.name == types[type].name; });
      (layer == result.end() ? others : *layer).counts[row] += installed[row][type];
    }
  }
  result.push_back(std::move(others));
  return result;
}

std::int64_t total(const std::vector<std::int64_t>& row) {
  return std::accumulate(row.begin(), row.end(), std::int64_t{0});
}

std::int64_t peak(const Installed& installed) {
  std::int64_t most = 0;
  for (const std::vector<std::int64_t>& row : installed) most = std::max(most, total(row));
  return most;
}

bool is_empty(const Layer& layer) {
  return std::all_of(layer.counts.begin(), layer.counts.end(), [](std::int64_t count) { return count == 0; });
}

Figure fleet_chart(const Run& run, std::size_t strategy, const std::vector<Generation>& known, const Axis& y) {
  const fleet::Outcome& outcome = run.outcomes[strategy];
  const fleet::Horizon& horizon = run.setups[strategy].horizon;
  const std::vector<Layer> all = layers(run, strategy, known);
  Figure figure;
  Chart& chart = figure.chart;
  chart.id = "fleet-" + std::to_string(strategy);
  chart.title = "Fleet of " + shown_name(outcome);
  chart.description = "Accelerators in place; the most at one time: " + grouped(peak(run.installed[strategy])) + ".";
  chart.y_title = "accelerators in place";
  chart.unit = "accelerators";
  chart.is_stepped = true;
  chart.x = horizon_axis(horizon);
  chart.y = y;
  figure.data.add_column({"date", Align::left});
  std::vector<Point> below;
  for (const fleet::Sample& sample : outcome.series)
    below.push_back({static_cast<double>(sample.time.milliseconds()), 0});
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_empty(all[i])) continue;
    std::vector<Point> above = below;
    for (std::size_t row = 0; row < above.size(); ++row) above[row].y += static_cast<double>(all[i].counts[row]);
    // A few generations use the whole range of colours.
    const std::string css_class = area_class(i * (kColours - 1) / std::min(all.size() - 1, kColours - 1));
    chart.areas.push_back({css_class, below, above, all[i].name});
    below = std::move(above);
    figure.keys.push_back({css_class, all[i].name, true});
    figure.data.add_column({all[i].name});
    shown.push_back(i);
  }
  keep_unnamed(figure);
  for (const std::size_t row : table_rows(outcome.series.size())) {
    Table::Row cells{date_of(outcome.series[row].time, horizon)};
    for (const std::size_t i : shown) cells.push_back(Cell::integer(all[i].counts[row]));
    figure.data.add_row(std::move(cells));
  }
  return figure;
}

std::vector<Figure> capacity_chart(const Run& run) {
  Measured measured;
  measured.id = "capacity";
  measured.title = "Installed capacity";
  measured
      .note = "Peak FLOP/s in place: this hardware is bought by capacity, so that there are no accelerators to count.";
  measured.unit = "FLOP/s";
  measured.value = [](const fleet::Sample& sample) { return sample.capacity; };
  measured.number = [](double value) { return rough(value); };
  const double most = largest_sample(run, measured.value);
  if (most <= 0) return {};
  double least = most;
  for (const std::size_t i : drawn_strategies(run)) {
    for (const fleet::Sample& sample : run.outcomes[i].series) {
      if (sample.capacity > 0) least = std::min(least, sample.capacity);
    }
  }
  measured.y = log_axis(least, most, 6);
  return {over_time(run, measured)};
}

}  // namespace

std::vector<Figure> fleet_charts(const Run& run) {
  const std::vector<Generation> known = generations(run);
  if (known.empty()) return capacity_chart(run);
  std::int64_t most = 0;
  for (const std::size_t i : drawn_strategies(run)) most = std::max(most, peak(run.installed[i]));
  const Axis y = linear_axis(0, static_cast<double>(most), 5);
  std::vector<Figure> figures;
  for (const std::size_t i : highlighted_strategies(run)) {
    if (peak(run.installed[i]) > 0) figures.push_back(fleet_chart(run, i, known, y));
  }
  return figures;
}

}  // namespace fleetrace::output::page
