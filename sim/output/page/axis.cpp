#include "sim/output/page/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/numeric/decade.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {
namespace {

/// 10^exponent as the nearest double, the same everywhere.
double power_of_ten(int exponent) { return std::stod("1e" + std::to_string(exponent)); }

/// The decade of a value above 0, as far as neither it nor the next one leaves the range of numbers.
int decade_below(double value) { return std::clamp(core::decade(value), -307, 307); }

struct Step {
  double size;
  int decimals;
};

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`.
Step round_step(double least) {
  const int exponent = decade_below(least);
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    const double size = factor * power_of_ten(exponent);
    if (size >= least) return {size, std::max(0, factor == 10.0 ? -exponent - 1 : -exponent)};
  }
  return {least, 0};
}

std::string label_of(double value, const Step& step) {
  if (std::fabs(value) >= 1e15 || step.decimals > 9) return rough(value, 10);
  return Scale{1, "", step.decimals}.number(value);
}

constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string digits(std::int64_t value, std::size_t width) {
  std::string text = std::to_string(value);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

/// The first of a month counted from year 0; nullopt outside the years 0 to 9999.
std::optional<core::Time> month_start(std::int64_t month) {
  if (month < 0 || month >= 120'000) return std::nullopt;
  return core::parse_iso8601(digits(month / 12, 4) + '-' + digits(month % 12 + 1, 2) + "-01");
}

std::int64_t month_of(core::Time t) {
  const std::string date = core::to_date(t);
  return std::stoll(date.substr(0, 4)) * 12 + std::stoll(date.substr(5, 2)) - 1;
}

std::int64_t rounded_up(std::int64_t value, std::int64_t step) { return (value + step - 1) / step * step; }

std::vector<Tick> month_ticks(core::Time from, core::Time to, std::int64_t step) {
  std::vector<Tick> ticks;
  for (std::int64_t month = rounded_up(month_of(from), step);; month += step) {
    const auto at = month_start(month);
    if (!at || *at > to) return ticks;
    if (*at < from) continue;
    const std::string year = std::to_string(month / 12);
    const std::string label = step % 12 == 0 ? year : kMonths[static_cast<std::size_t>(month % 12)] + (' ' + year);
    ticks.push_back({static_cast<double>(at->milliseconds()), label});
  }
}

std::vector<Tick> clock_ticks(core::Time from, core::Time to, std::int64_t step) {
  const std::int64_t day = core::kDay.milliseconds();
  std::vector<Tick> ticks;
  const std::int64_t days = from.milliseconds() / day - (from.milliseconds() % day < 0 ? 1 : 0);
  for (std::int64_t at = days * day; at <= to.milliseconds(); at += step) {
    if (at < from.milliseconds()) continue;
    const core::Time time = core::Time::from_milliseconds(at);
    const std::string text = core::to_iso8601(time);
    const std::string date = std::to_string(std::stoi(text.substr(8, 2))) + ' ' +
                             kMonths[static_cast<std::size_t>(month_of(time) % 12)];
    ticks.push_back({static_cast<double>(at), step < day && at % day != 0 ? text.substr(11, 5) : date});
  }
  return ticks;
}

std::vector<Tick> years_from_start(core::Time from, core::Time to, int most) {
  std::vector<Tick> ticks;
  for (const Tick& tick : linear_axis(0, (to - from).years(), most).ticks) {
    const double at = static_cast<double>(from.milliseconds()) +
                      tick.at * static_cast<double>(core::kYear.milliseconds());
    if (at <= static_cast<double>(to.milliseconds())) ticks.push_back({at, tick.label + " yr"});
  }
  return ticks;
}

}  // namespace

double Axis::position(double value) const {
  if (std::isnan(value)) return 0;
  if (kind == Kind::linear) return std::clamp((value - low) / (high - low), 0.0, 1.0);
  if (value <= low) return 0;
  return std::clamp(core::log(value / low) / core::log(high / low), 0.0, 1.0);
}

Axis linear_axis(double low, double high, int most) {
  // Ends that are all but equal leave no room for round values between them.
  const double margin = low == 0 && high == 0 ? 0.5 : (std::fabs(low) + std::fabs(high)) / 2e6;
  if (high - low < 2 * margin) {
    low -= low == 0 ? 0 : margin;
    high = low + 2 * margin;
  }
  const Step step = round_step((high - low) / most);
  // A value that misses a round one by rounding alone is that one.
  const auto first = static_cast<std::int64_t>(std::floor(low / step.size + 1e-9));
  const auto last = static_cast<std::int64_t>(std::ceil(high / step.size - 1e-9));
  Axis axis{Axis::Kind::linear, static_cast<double>(first) * step.size, static_cast<double>(last) * step.size, {}};
  for (std::int64_t i = first; i <= last; ++i) {
    const double at = static_cast<double>(i) * step.size;
    axis.ticks.push_back({at, label_of(at, step)});
  }
  return axis;
}

Axis log_axis(double low, double high, int most, int decades) {
  const int top = high > power_of_ten(decade_below(high)) ? decade_below(high) + 1 : decade_below(high);
  const int bottom = std::min(std::max(decade_below(low), top - decades), top - 1);
  Axis axis{Axis::Kind::logarithmic, power_of_ten(bottom), power_of_ten(top), {}};
  const int step = (top - bottom + most - 1) / most;
  for (int exponent = bottom; exponent <= top; exponent += step)
    axis.ticks.push_back({power_of_ten(exponent), "1e" + std::to_string(exponent)});
  return axis;
}

Axis date_axis(core::Time from, core::Time to, int most) {
  Axis axis{Axis::Kind::linear, static_cast<double>(from.milliseconds()), static_cast<double>(to.milliseconds()), {}};
  const std::int64_t span = (to - from).milliseconds();
  // Years of more than four digits, or before 0, have no labels of their own.
  constexpr std::size_t kPlainDate = std::string_view("2026-01-31").size();
  if (core::to_date(from).size() != kPlainDate || core::to_date(to).size() != kPlainDate) {
    axis.ticks = years_from_start(from, to, most);
    return axis;
  }
  const std::int64_t hour = core::kDay.milliseconds() / 24;
  for (const std::int64_t hours : {1, 3, 6, 12, 24, 48, 120, 240}) {
    if (span / (hours * hour) > most) continue;
    axis.ticks = clock_ticks(from, to, hours * hour);
    return axis;
  }
  const double months = static_cast<double>(span) / static_cast<double>(core::kYear.milliseconds()) * 12;
  for (const std::int64_t step : {1, 3, 6, 12, 24, 60, 120, 240, 600, 1'200, 6'000, 12'000, 24'000}) {
    if (months / static_cast<double>(step) > most) continue;
    axis.ticks = month_ticks(from, to, step);
    return axis;
  }
  return axis;
}

}  // namespace fleetrace::output
