#include <cmath>
#include <optional>

#include "sim/core/numeric/decade.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/scenario/warnings/stated_values.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {
namespace {

/// A number with three digits.
std::string rough(double number) {
  if (number == 0) return "0";
  const double step = core::pow(10, core::decade(number) - 2);
  return core::format_real(std::round(number / step) * step);
}

/// How large it is, in words that show a slip: a rate in percent, what a year multiplies by, how far beyond what is usual.
std::string size_of(const core::Parameter& parameter, double value) {
  if (parameter.shape == core::Shape::growth) return "it multiplies by " + rough(core::exp2(value)) + " a year";
  const bool is_share = parameter.dimension == core::Dimension::number && parameter.usual.high <= 1;
  if (is_share) return "it is " + rough(value * 100) + " %";
  const bool is_high = value > parameter.usual.high;
  const double bound = is_high ? parameter.usual.high : parameter.usual.low;
  const std::string shown = core::format_quantity(parameter.dimension, bound);
  if (!(value / bound > 0)) return "usual is at " + std::string(is_high ? "most " : "least ") + shown;
  return is_high ? rough(value / bound) + " times the " + shown + " that is usual at most"
                 : "a " + rough(bound / value) + "th of the " + shown + " that is usual at least";
}

}  // namespace

void warn_of_unusual(const core::Spec& root, core::Diagnostics& warnings) {
  each_stated(root, [&](const StatedValue& stated) {
    const core::Parameter& parameter = stated.parameter;
    const auto* number = std::get_if<double>(&stated.value.data);
    // Nothing at all is meant; what is unlimited is, too.
    if (number == nullptr || *number == 0 || !std::isfinite(*number) || parameter.usual.contains(*number)) return true;
    const bool is_high = *number > parameter.usual.high;
    std::string reason = size_of(parameter, *number);
    if (!parameter.usual_why.empty()) reason.append("; ").append(parameter.usual_why);
    warnings.add({stated.value.where, stated.path,
                  stated.value.source_text + " is unusually " + (is_high ? "high" : "low"), std::move(reason),
                  "Check the number and its unit."});
    return true;
  });
}

}  // namespace fleetrace::scenario
