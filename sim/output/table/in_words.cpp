#include "sim/output/table/in_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/numeric/decade.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {
namespace {

struct Size {
  double from;
  std::string_view word;
};

constexpr std::array kSizes = {Size{1e12, " trillion"}, Size{1e9, " billion"}, Size{1e6, " million"}};

/// Three significant digits without an exponent: "25,200", "49.7", "0.00321".
std::string three_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return fixed(value, 0);
  // What rounds up to the next power of ten has one decimal less.
  const double rounded = std::stod(rough(std::fabs(value)));
  const int decimals = std::clamp(2 - core::decade(rounded), -12, 12);
  if (decimals >= 0) return Scale{1, "", decimals}.number(value);
  const double step = std::stod("1e" + std::to_string(-decimals));
  return Scale{1, "", 0}.number(std::round(value / step) * step);
}

std::string with_unit(std::string number, std::string_view unit) {
  if (!unit.empty()) number.append(1, ' ').append(unit);
  return number;
}

std::string in_unit(Scaled kind, double value) {
  const Scale scale = scale_for(kind, value);
  return with_unit(three_digits(value / scale.divisor), scale.unit);
}

}  // namespace

std::string in_words(double value, std::string_view unit) {
  const double size = std::fabs(value);
  if (size >= 1e15) return with_unit(rough(value), unit);
  for (const Size& each : kSizes) {
    // What rounds to a thousand of one word is one of the next.
    if (size >= each.from * 0.9995) return with_unit(three_digits(value / each.from) + std::string(each.word), unit);
  }
  return with_unit(three_digits(value), unit);
}

std::string energy_in_words(double kwh) { return in_unit(Scaled::energy, kwh); }
std::string power_in_words(double watt) { return in_unit(Scaled::power, watt); }

std::string change_in_words(double before, double now) {
  const double percents = std::fabs(100 * (now / before - 1));
  return (percents < 10 ? fixed(percents, percents < 0.095 ? 3 : 1) : three_digits(percents)) + " %";
}

}  // namespace fleetrace::output
