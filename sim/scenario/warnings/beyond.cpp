#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "sim/scenario/warnings/stated_values.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {
namespace {

/// Keys from whose date on something holds.
constexpr std::array<std::string_view, 3> kBeginnings = {"from", "at", "date"};

/// The date of a value that has one; `start` counts durations.
std::optional<core::Time> date_of(const core::Value& value, core::Time start) {
  if (const auto* date = std::get_if<core::Time>(&value.data)) return *date;
  const auto* since = std::get_if<double>(&value.data);
  if (since == nullptr) return std::nullopt;
  constexpr double kMost = 9e18;  // ms, which a whole number holds
  const auto milliseconds = static_cast<std::int64_t>(std::min(std::round(*since), kMost));
  return core::saturating_add(start, core::Duration::from_milliseconds(milliseconds));
}

}  // namespace

void warn_of_beyond(const core::Spec& root, const fleet::Horizon& horizon, core::Diagnostics& warnings) {
  each_stated(root, [&](const StatedValue& stated) {
    const core::Parameter& parameter = stated.parameter;
    const bool is_date = parameter.shape == core::Shape::instant || parameter.shape == core::Shape::date;
    if (!is_date || stated.value.uncertain != nullptr) return true;
    if (std::find(kBeginnings.begin(), kBeginnings.end(), parameter.name) == kBeginnings.end()) return true;
    const std::optional<core::Time> date = date_of(stated.value, horizon.start);
    if (!date || *date < horizon.end) return true;
    warnings.add({stated.value.where, stated.path, core::to_date(*date) + " is beyond the horizon",
                  "it ends on " + core::to_date(horizon.end) + ", so that this changes nothing",
                  "Leave it out, or lengthen the horizon."});
    return true;
  });
}

}  // namespace fleetrace::scenario
