#include "sim/output/studies/input_values.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/units/written_unit.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {

const scenario::UncertainInput& input_named(const study::StudyDesign& design, std::size_t name) {
  const std::vector<scenario::UncertainInput>& all = design.inputs.all();
  const auto whole = std::find_if(all.begin(), all.end(), [&](const scenario::UncertainInput& each) {
    return each.name == name && each.path == design.inputs.names()[name];
  });
  if (whole != all.end()) return *whole;
  return *std::find_if(all.begin(), all.end(),
                       [name](const scenario::UncertainInput& each) { return each.name == name; });
}

std::string input_column(const scenario::UncertainInput& input) { return core::column_name(input.path, input.unit); }

std::string metric_column(std::size_t metric) {
  const fleet::MetricInfo& info = fleet::info(static_cast<fleet::Metric>(metric));
  return core::column_name(info.name, info.unit);
}

double written_quantile(const scenario::UncertainInput& input, double quantile) {
  return input.law.written_at(quantile);
}

std::string value_at(const scenario::UncertainInput& input, double quantile, int digits) {
  return value_text(input, written_quantile(input, quantile), digits);
}

std::string value_text(const scenario::UncertainInput& input, double value, int digits) {
  return rough(input.in_unit(value), digits) + (input.unit.empty() ? "" : ' ' + input.unit);
}

std::string drawn_reference(const study::StudyDesign& design) {
  const scenario::Scenario& scenario = design.inputs.scenario();
  if (design.inputs.all().empty() || !scenario.yardstick()) return {};
  const core::Value& asked = scenario.root().section("loss")->value("reference");
  if (asked.uncertain) return "Every draw is measured against the C0 that it draws.";
  if (const auto* word = std::get_if<std::string>(&asked.data); word != nullptr && *word == "own")
    return "Every draw is measured against its own first year.";
  return "Every draw is measured against C0 = " + rough(scenario.yardstick()->compute) + " FLOP, that of the medians.";
}

std::optional<double> nearest_break_even(const study::InputEffect& effect) {
  const auto nearer = [](double a, double b) { return std::fabs(a - 0.5) < std::fabs(b - 0.5); };
  const auto found = std::min_element(effect.break_evens.begin(), effect.break_evens.end(), nearer);
  if (found == effect.break_evens.end()) return std::nullopt;
  return *found;
}

}  // namespace fleetrace::output
