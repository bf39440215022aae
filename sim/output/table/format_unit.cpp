#include "sim/output/table/format_unit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace fleetrace::output {
namespace {

struct Step {
  double from;
  std::string_view unit;
};

constexpr std::array kMoney = {Step{1, "USD"}, Step{1e3, "k USD"}, Step{1e6, "M USD"}, Step{1e9, "B USD"},
                               Step{1e12, "T USD"}};
constexpr std::array kEnergy = {Step{1, "kWh"}, Step{1e3, "MWh"}, Step{1e6, "GWh"}, Step{1e9, "TWh"}};
constexpr std::array kPower = {Step{1, "W"}, Step{1e3, "kW"}, Step{1e6, "MW"}, Step{1e9, "GW"}, Step{1e12, "TW"}};

std::span<const Step> steps_of(Scaled kind) {
  switch (kind) {
    case Scaled::money: return kMoney;
    case Scaled::energy: return kEnergy;
    case Scaled::power: return kPower;
  }
  return kMoney;
}

std::string with_thousands(std::string text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::size_t first = text.front() == '-' ? 1 : 0;
  for (std::size_t i = point; i > first + 3;) text.insert(i -= 3, 1, ',');
  return text;
}

}  // namespace

std::string fixed(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  if (is_zero && text.front() == '-') text.erase(0, 1);
  return text;
}

std::string rough(double value, int digits) {
  std::string text = fmt::format("{:.{}g}", value, digits);
  if (const std::size_t sign = text.find("e+"); sign != std::string::npos) text.erase(sign + 1, 1);
  return text;
}

std::string Scale::number(double value) const {
  if (!std::isfinite(value)) return "-";
  const double scaled = value / divisor;
  const std::string text = fixed(scaled, decimals);
  if (value != 0 && text.find_first_of("123456789") == std::string::npos) return rough(scaled, 2);
  if (std::fabs(scaled) >= 1e15) return rough(scaled);
  return with_thousands(text);
}

Scale scale_for(Scaled kind, double largest) {
  const std::span<const Step> steps = steps_of(kind);
  const double size = std::fabs(largest);
  Scale scale{1, std::string(steps.front().unit), 0};
  if (!std::isfinite(size) || size == 0) return scale;
  for (const Step& step : steps) {
    if (size >= step.from) scale = {step.from, std::string(step.unit), 0};
  }
  const double shown = size / scale.divisor;
  scale.decimals = shown >= 1000 ? 0 : shown >= 100 ? 1 : shown >= 10 ? 2 : 3;
  return scale;
}

std::string format_unit(Scaled kind, double value) {
  const Scale scale = scale_for(kind, value);
  return scale.number(value) + ' ' + scale.unit;
}

}  // namespace fleetrace::output
