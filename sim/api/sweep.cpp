#include <algorithm>
#include <stdexcept>

#include "fleetrace/study.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/api/sweep_study.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/money_entry.hpp"
#include "sim/scenario/warnings/warnings.hpp"
#include "sim/study/affordable.hpp"

namespace fleetrace {
namespace {

/// Findings of all points, each once.
class Findings {
 public:
  void add(const core::InputError& error) {
    for (const core::Diagnostic& each : error.diagnostics()) {
      std::string text = core::to_string(each);
      if (std::find(texts_.begin(), texts_.end(), text) != texts_.end()) continue;
      texts_.push_back(std::move(text));
      found_.push_back(each);
    }
  }
  /// More help nobody.
  [[nodiscard]] bool are_enough() const { return found_.size() >= 100; }
  void throw_if_any() const {
    if (!found_.empty()) throw core::InputError(found_);
  }

 private:
  std::vector<std::string> texts_;
  std::vector<core::Diagnostic> found_;
};

/// C0 at the medians of the inputs; none where each draw has its own.
std::optional<double> reference_of(const scenario::Scenario& scenario) {
  const core::Value& asked = scenario.root().section("loss")->value("reference");
  const auto* word = std::get_if<std::string>(&asked.data);
  if (asked.uncertain || (word != nullptr && *word == "own")) return std::nullopt;
  return scenario::resolve(scenario).front().loss.reference.compute;
}

/// Values in the currency of a scenario as they are in USD, like all else that a report shows. Where what it is worth is on an axis, they
/// stay as they are.
void show_in_usd(const scenario::Scenario& base, std::vector<study::Axis>& axes) {
  const std::optional<core::Currency> currency = scenario::currency_of(base.root());
  const auto is_worth = [](const study::Axis& axis) { return axis.path.starts_with("money"); };
  if (!currency || std::any_of(axes.begin(), axes.end(), is_worth)) return;
  for (study::Axis& axis : axes) {
    const auto input = scenario::ScalarInput::at(base, axis.path);
    const auto* known = std::get_if<scenario::ScalarInput>(&input);
    for (std::string& value : axis.values) {
      if (known == nullptr || value.find(currency->code) == std::string::npos) continue;
      const auto read = known->read(value);
      if (const double* usd = std::get_if<double>(&read)) value = known->text(*usd);
    }
  }
}

void add_point(const scenario::Scenario& scenario, const StudySettings& settings, SweepStudy& work) {
  SweepReport& report = work.report;
  const std::optional<double> reference = reference_of(scenario);
  report.reference = work.races.empty() || reference == report.reference ? reference : std::nullopt;
  report.seed = settings.seed;
  report.objective = settings.objective;
  report.confidence = settings.confidence;
  work.jobs = settings.jobs;
  work.races.push_back(
      {study::StudyDesign::of(scenario, settings.seed, settings.target, settings.objective), settings.replications});
  study::require_affordable(study::replications_of(work.races.back()), work.races.back().design.strategies.size());
  report.has_chance = report.has_chance || work.races.back().design.has_chance;
  work.replications += study::replications_of(work.races.back());
}

}  // namespace

SweepStudy make_sweep(const reader::Document& document, scenario::Scenario base,
                      const std::vector<reader::Override>& changes, std::vector<study::Axis> axes,
                      const std::string& option, const SettingsOf& settings) {
  SweepStudy work;
  work.base = std::move(base);
  work.report.name = work.base.name();
  work.report.sha256 = work.base.sha256;
  work.report.money = scenario::money_note(work.base.root());
  work.report.axes = std::move(axes);
  const std::vector<study::Axis>& all = work.report.axes;
  Findings findings;
  for (std::size_t point = 0; point < study::grid_size(all) && !findings.are_enough(); ++point) {
    std::vector<reader::Override> here = changes;
    const std::vector<std::size_t> position = study::grid_position(all, point);
    for (std::size_t i = 0; i < position.size(); ++i) here.push_back({all[i].path, all[i].values[position[i]], option});
    try {
      const scenario::Scenario scenario = document.load_future(work.base, here);
      const StudySettings own = settings(scenario);
      std::vector<core::Diagnostic>& known = work.report.warnings;
      if (point == 0) known = scenario.warnings;
      std::erase_if(known, [&](const core::Diagnostic& each) { return !scenario::has_warning(scenario, each); });
      add_point(scenario, own, work);
    } catch (const core::InputError& error) {
      findings.add(error);
    }
  }
  findings.throw_if_any();
  show_in_usd(work.base, work.report.axes);
  return work;
}

study::SweepEffort effort_of(const SweepStudy& work) {
  return {.objective = work.report.objective, .confidence = work.report.confidence, .jobs = work.jobs};
}

bool race(SweepStudy& work, const std::atomic<bool>& stop, const Progress& progress) {
  SweepReport& report = work.report;
  report.points = study::sweep(report.axes, work.races, effort_of(work), stop, [&](std::size_t done) {
    if (progress) progress(done, work.replications);
  });
  return !report.points.empty();
}

Sweep sweep(const Scenario& scenario, const std::vector<study::Axis>& axes, const StudyOptions& options) {
  const auto is_empty = [](const study::Axis& each) { return each.values.empty(); };
  if (axes.empty() || std::any_of(axes.begin(), axes.end(), is_empty))
    throw std::invalid_argument("a sweep takes one axis or more, each with values");
  const ScenarioState& state = scenario.state();
  SweepStudy work = make_sweep(*state.document, state.loaded, state.changes, axes, "sweep",
                               [&](const scenario::Scenario& point) { return settings_of(options, point); });
  const StopFlag stop(options.stop);
  if (!race(work, stop.flag(), options.progress)) throw Stopped("the sweep was stopped");
  const auto report = std::make_shared<const SweepReport>(std::move(work.report));
  return {report->axes, report->points, report};
}

}  // namespace fleetrace
