#include "sim/api/diff_races.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "sim/api/resolved.hpp"
#include "sim/fleet/results/dated_metric.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace {
namespace {

/// Keys that no race reads. Of money it is what one of a currency is worth that amounts depend on.
constexpr std::array<std::string_view, 6> kUnraced = {"name", "description",    "cases",
                                                      "live", "money.currency", "money.price_year"};
/// Settings of studies; correlations are the exception, on which draws depend.
constexpr std::string_view kStudy = "study.";
constexpr std::string_view kCorrelations = "study.correlations";

bool is_under(std::string_view path, std::string_view key) {
  return path.substr(0, key.size()) == key && (path.size() == key.size() || path[key.size()] == '.');
}

bool is_raced(std::string_view path) {
  if (path == "money") return false;
  if (std::any_of(kUnraced.begin(), kUnraced.end(), [path](auto key) { return is_under(path, key); })) return false;
  return path.substr(0, kStudy.size()) != kStudy || is_under(path, kCorrelations);
}

/// Dates of targets are counted from `zero`.
std::vector<Figure> figures_of(const fleet::StrategySetup& setup, const fleet::Outcome& outcome, core::Time zero) {
  std::vector<Figure> figures;
  for (const fleet::DatedMetric& each : fleet::dated_metrics())
    figures.push_back({std::string(each.name), std::string(each.unit), false, each.final(setup, outcome)});
  for (const fleet::Target& each : outcome.targets) {
    const auto years = [zero](core::Time at) {
      return static_cast<double>((at - zero).milliseconds()) / static_cast<double>(core::kYear.milliseconds());
    };
    figures.push_back({"reached_" + core::format_real(each.relative_loss), "yr", true,
                       each.reached ? std::optional<double>(years(*each.reached)) : std::optional<double>()});
  }
  return figures;
}

Raced race(const scenario::Scenario& scenario, const fleet::Draw& draw, const std::optional<core::Time>& zero) {
  const Run run = run_scenario(scenario, draw);
  Raced raced;
  raced.start = run.setups.front().horizon.start;
  raced.reference = run.setups.front().loss.reference.compute;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    raced.strategies.emplace_back(run.outcomes[i].strategy,
                                  figures_of(run.setups[i], run.outcomes[i], zero.value_or(raced.start)));
  }
  return raced;
}

/// What is wrong with a scenario, for a note: the first finding, and how many more there are.
std::string problem_of(const core::InputError& error) {
  const std::vector<core::Diagnostic>& found = error.diagnostics();
  if (found.empty()) return "it is not valid";
  const core::Diagnostic& first = found.front();
  std::string text = (first.path.empty() ? "" : first.path + ": ") + first.problem;
  if (!first.reason.empty()) text += " (" + first.reason + ')';
  if (found.size() > 1) text += ", and " + std::to_string(found.size() - 1) + " more";
  return text;
}

std::string draw_text(const fleet::Draw& draw) {
  return draw.inputs == fleet::InputDraw::drawn ? std::to_string(draw.replication) : "medians";
}

}  // namespace

const std::vector<Figure>* Raced::of(const std::string& strategy) const {
  const auto found = std::find_if(strategies.begin(), strategies.end(),
                                  [&](const auto& each) { return each.first == strategy; });
  return found == strategies.end() ? nullptr : &found->second;
}

std::optional<double> Raced::value(const OutcomeChange& outcome) const {
  const std::vector<Figure>* figures = of(outcome.strategy);
  if (figures == nullptr) return {};
  const auto found = std::find_if(figures->begin(), figures->end(),
                                  [&](const Figure& each) { return each.metric == outcome.metric; });
  return found == figures->end() ? std::nullopt : found->value;
}

Between::Between(DiffSide a, DiffSide b) : a_(std::move(a)), b_(std::move(b)) {
  b_.scenario.measure_against(a_.scenario.yardstick());
  differences_ = scenario::differences(a_.scenario.root(), b_.scenario.root());
  if (a_.draw.seed != b_.draw.seed) add_draw("seed", std::to_string(a_.draw.seed), std::to_string(b_.draw.seed));
  if (draw_text(a_.draw) != draw_text(b_.draw)) add_draw("replication", draw_text(a_.draw), draw_text(b_.draw));
  for (const scenario::Difference& each : differences_) {
    inputs.push_back({each.path, each.before, each.after, is_raced(each.path), {}, {}});
    changes_.push_back(&each);
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].is_raced) raced_inputs.push_back(i);
  }
}

Raced Between::race_a() const { return race(a_.scenario, a_.draw, std::nullopt); }

Raced Between::race_b(core::Time zero) const { return race(b_.scenario, b_.draw, zero); }

Raced Between::race_between(std::size_t input, bool from_a, core::Time zero) const {
  const DiffSide& here = from_a ? a_ : b_;
  const DiffSide& there = from_a ? b_ : a_;
  try {
    fleet::Draw draw = here.draw;
    const scenario::Difference* difference = changes_[input];
    if (difference == nullptr) {
      if (inputs[input].path == "seed") {
        draw.seed = there.draw.seed;
      } else {
        draw.replication = there.draw.replication;
        draw.inputs = there.draw.inputs;
      }
      return race(here.scenario, draw, zero);
    }
    core::Spec root = here.scenario.root();
    // An amount in a currency that is declared there alone is read as it is there.
    if (!root.has("money")) root.value("money") = there.scenario.root().value("money");
    scenario::adopt(root, there.scenario.root(), *difference);
    root.value("cases") = {};  // they are not raced, and each would be checked
    const std::string text = to_yaml(scenario::Scenario(std::move(root)));
    return race(reader::Document({text, here.name}).load_future(a_.scenario, {}), draw, zero);
  } catch (const core::InputError& error) {
    return {{}, problem_of(error), 0, {}};
  } catch (const RunError& error) {
    return {{}, error.what(), 0, {}};
  }
}

void Between::add_draw(std::string path, std::string before, std::string after) {
  inputs.push_back({std::move(path), std::move(before), std::move(after), true, {}, {}});
  changes_.push_back(nullptr);
}

}  // namespace fleetrace
