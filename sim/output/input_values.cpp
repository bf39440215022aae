#include "input_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/time.hpp"
#include "fleetrace/output/human.hpp"

namespace fleetrace::output {
namespace {

/// The unit of the first quantity that stands in "{lognormal: {low: 1.54 yr, high: 3.13 yr}}"; empty where there is none.
std::string_view written_unit(std::string_view law) {
  for (std::size_t i = 1; i < law.size(); ++i) {
    const bool begins = (law[i] >= '0' && law[i] <= '9') && (law[i - 1] == ' ' || law[i - 1] == '[');
    if (!begins) continue;
    double number = 0;
    const auto [rest, error] = std::from_chars(law.data() + i, law.data() + law.size(), number);
    if (error != std::errc{}) return {};
    const std::string_view after = law.substr(static_cast<std::size_t>(rest - law.data()));
    const std::string_view unit = after.substr(0, after.find_first_of(",}]"));
    return unit.empty() || unit.front() != ' ' ? unit : unit.substr(1);
  }
  return {};
}

/// `value` is of the law as it is written: a duration for a doubling time.
std::string in_written_unit(const fleet::UncertainInput& input, double value, int digits) {
  const core::Dimension dimension = input.law.dimension();
  const std::string unit(written_unit(input.written));
  const auto one = core::parse_quantity(dimension, unit.empty() ? "1" : "1 " + unit);
  const double* size = std::get_if<double>(&one);
  if (size == nullptr) return core::format_quantity(dimension, value);
  return rough(value / *size, digits) + (unit.empty() ? "" : ' ' + unit);
}

}  // namespace

const fleet::UncertainInput& input_named(const study::Plan& plan, std::size_t name) {
  const std::vector<fleet::UncertainInput>& all = plan.inputs.all();
  const auto whole = std::find_if(all.begin(), all.end(), [&](const fleet::UncertainInput& each) {
    return each.name == name && each.path == plan.inputs.names()[name];
  });
  if (whole != all.end()) return *whole;
  return *std::find_if(all.begin(), all.end(), [name](const fleet::UncertainInput& each) { return each.name == name; });
}

std::string value_at(const fleet::UncertainInput& input, double quantile, int digits) {
  return in_written_unit(input, input.law.law().quantile(quantile), digits);
}

std::string value_text(const fleet::UncertainInput& input, double value, int digits) {
  if (!input.law.is_doubling_time()) return in_written_unit(input, value, digits);
  if (value == 0) return "none";
  return in_written_unit(input, static_cast<double>(core::kYear.milliseconds()) / value, digits);
}

std::optional<double> nearest_break_even(const study::InputEffect& effect) {
  const auto nearer = [](double a, double b) { return std::fabs(a - 0.5) < std::fabs(b - 0.5); };
  const auto found = std::min_element(effect.break_evens.begin(), effect.break_evens.end(), nearer);
  if (found == effect.break_evens.end()) return std::nullopt;
  return *found;
}

}  // namespace fleetrace::output
