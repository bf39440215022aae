#include "sim/output/page/page_charts.hpp"

#include <algorithm>

#include "sim/fleet/accounting/loss_curve.hpp"
#include "sim/output/run/report.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output::page {
namespace {

using fleet::Sample;

double effective(const Sample& sample) { return sample.effective_flop; }
double physical(const Sample& sample) { return sample.physical_flop; }
double spent(const Sample& sample) { return sample.spend().usd(); }
double energy(const Sample& sample) { return sample.energy_kwh; }
std::string three_digits(double value) { return rough(value); }

double smallest_positive(const Run& run, double (*value)(const Sample&), double otherwise) {
  double least = otherwise;
  for (const std::size_t i : drawn_strategies(run)) {
    for (const Sample& sample : run.outcomes[i].series) {
      if (value(sample) > 0) least = std::min(least, value(sample));
    }
  }
  return least;
}

Measured sampled(std::string id, std::string title, std::string note, double (*value)(const Sample&)) {
  Measured measured;
  measured.id = std::move(id);
  measured.title = std::move(title);
  measured.note = std::move(note);
  measured.unit = "FLOP";
  measured.value = value;
  measured.number = three_digits;
  return measured;
}

Figure cost_chart(const Run& run, Measured measured, Scaled kind) {
  const double most = largest_sample(run, measured.value);
  const Scale scale = scale_for(kind, most);
  measured.unit = scale.unit;
  measured.scale = scale.divisor;
  measured.y = linear_axis(0, most / scale.divisor, 5);
  measured.number = [](double value) { return Scale{1, "", 3}.number(value); };
  return over_time(run, measured);
}

}  // namespace

Figure loss_chart(const Run& run) {
  static constexpr std::int64_t kSteps = 240;  // one or two units of the drawing each
  Measured measured;
  measured.id = "loss";
  measured.title = "Relative loss over time";
  measured.note = is_cumulative(run) ? "Lower is better; 1 is the loss of the reference compute."
                                     : "Lower is better; it falls whenever a better training run is complete.";
  measured.unit = "relative loss";
  measured.value = [](const Sample& sample) { return sample.relative_loss; };
  measured.number = [](double value) { return fixed(value, 4); };
  double least = 1;
  for (const std::size_t i : drawn_strategies(run)) least = std::min(least, run.outcomes[i].final.relative_loss);
  measured.y = linear_axis(least, 1, 5);
  Figure figure = over_time(run, measured);
  // Loss falls steeply between the first samples, and in steps where runs count.
  std::size_t drawn = 0;
  for (const std::size_t i : drawn_strategies(run)) {
    const fleet::LossCurve curve(run.outcomes[i].trajectory, run.setups[i].loss);
    const fleet::Horizon& horizon = run.setups[i].horizon;
    const std::int64_t length = (horizon.end - horizon.start).milliseconds();
    std::vector<Point>& points = figure.chart.lines[drawn++].points;
    points.clear();
    for (std::int64_t step = 0; step <= kSteps; ++step) {
      // Split, so that long horizons do not overflow.
      const std::int64_t after = length / kSteps * step + length % kSteps * step / kSteps;
      const core::Time at = horizon.start + core::Duration::from_milliseconds(after);
      points.push_back({static_cast<double>(at.milliseconds()), curve.loss_at(at)});
    }
  }
  for (const double target : run.setups.front().loss.targets) {
    if (target >= figure.chart.y.low && target < 1)
      figure.chart.levels.push_back({target, "target " + rough(target, 4)});
  }
  return figure;
}

std::vector<Figure> compute_charts(const Run& run) {
  const double reference = run.setups.front().loss.reference.compute;
  const double most = std::max(largest_sample(run, effective), largest_sample(run, physical));
  if (most <= 0) return {};
  const double least = std::min({smallest_positive(run, effective, most), smallest_positive(run, physical, most),
                                 reference > 0 ? reference : most});
  const Axis axis = log_axis(least, std::max(most, reference), 6);
  std::vector<Figure> figures;
  for (Measured measured :
       {sampled("effective", "Effective compute since the start",
                "Physical compute times algorithmic efficiency: what loss counts. Logarithmic, same scale as physical.",
                effective),
        sampled("physical", "Physical compute since the start",
                "Useful FLOP that the hardware executed, whatever the algorithms.", physical)}) {
    measured.y = axis;
    figures.push_back(over_time(run, measured));
    if (reference > 0) figures.back().chart.levels.push_back({reference, "C0 " + rough(reference)});
  }
  return figures;
}

std::vector<Figure> cost_charts(const Run& run) {
  std::vector<Figure> figures;
  if (largest_sample(run, spent) > 0) {
    figures.push_back(cost_chart(
        run,
        sampled("spend", "Money spent since the start",
                "Hardware counts when it is ordered, sites when they are paid for; energy, research and rent as they "
                "run up. What hardware is sold for is not taken off.",
                spent),
        Scaled::money));
  }
  if (largest_sample(run, energy) > 0) {
    figures.push_back(
        cost_chart(run, sampled("energy", "Energy used since the start", "Of the whole site, PUE included.", energy),
                   Scaled::energy));
  }
  return figures;
}

}  // namespace fleetrace::output::page
