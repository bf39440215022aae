#include "fleetrace/core/quantity.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "decimal.hpp"
#include "fleetrace/core/diagnostic.hpp"
#include "unit_table.hpp"

namespace fleetrace::core {
namespace {

using detail::Unit;

constexpr std::int64_t kLargestCount = std::int64_t{1} << 53;

// Quoted for a message, cut where nobody would read on; never in the middle of a UTF-8 sequence.
std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return '"' + std::string(text) + '"';
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return '"' + std::string(text.substr(0, end)) + "...\"";
}

QuantityProblem problem(Dimension dimension, std::string_view text, std::string reason, std::string suggestion) {
  return {quoted(text) + " is not " + std::string(describe(dimension)), std::move(reason), std::move(suggestion)};
}

std::string_view example(Dimension dimension) {
  switch (dimension) {
    case Dimension::number: return "0.38";
    case Dimension::count: return "4096";
    case Dimension::duration: return "8 yr";
    case Dimension::money: return "2e9 USD";
    case Dimension::money_rate: return "75e6 USD/yr";
    case Dimension::power: return "150 MW";
    case Dimension::energy_price: return "0.08 USD/kWh";
    case Dimension::power_cost: return "11.7 USD/W";
    case Dimension::mass: return "150 kg";
    case Dimension::carbon_intensity: return "0.4 kg/kWh";
    case Dimension::compute_rate: return "1e18 FLOP/s";
    case Dimension::compute: return "3e23 FLOP";
    case Dimension::price_performance: return "3e10 FLOP/s/USD";
    case Dimension::power_intensity: return "1.4 W/(TFLOP/s)";
    case Dimension::growth: return "1.5 doublings/yr";
    case Dimension::decline: return "0.15 /yr";
    case Dimension::count_rate: return "2 /yr";
    case Dimension::memory: return "80 GB";
    case Dimension::bandwidth: return "3.35 TB/s";
  }
  return {};
}

std::string such_as(Dimension dimension) {
  const bool pure = detail::units_of(dimension).empty();
  return std::string(pure ? "Write a number" : "Write a number and a unit") + ", such as \"" +
         std::string(example(dimension)) + "\".";
}

std::string write(std::string_view number, std::string_view rest) {
  return "Write \"" + std::string(number) + std::string(rest) + "\".";
}

bool is_number(std::string_view text) { return !text.empty() && detail::number_length(text) == text.size(); }

// The value of a well-formed number; infinity where it is too large, NaN where it loses all its digits.
double value_of(std::string_view number) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  const detail::Decimal decimal = detail::decimal_of(number);
  if (decimal.digits.empty()) return 0;  // also for "-0"
  if (error == std::errc{} && std::isfinite(value) && value != 0) return value;
  return decimal.magnitude() > 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
}

QuantityProblem out_of_range(Dimension dimension, std::string_view text, double value) {
  return problem(dimension, text, std::isnan(value) ? "too small to represent" : "too large to represent",
                 "The largest number is about 1.8e308, the smallest about 4.9e-324.");
}

QuantityProblem needless_unit(Dimension dimension, std::string_view text, std::string_view number,
                              std::string_view unit) {
  if (unit == "%" && dimension == Dimension::number) {
    return problem(dimension, text, "a pure number takes no unit",
                   "Write " + format_real(value_of(number) / 100) + " instead of " + std::string(number) + " %.");
  }
  return problem(dimension, text,
                 dimension == Dimension::count ? "a count takes no unit" : "a pure number takes no unit",
                 write(number, {}));
}

QuantityProblem bad_unit(Dimension dimension, std::string_view text, std::string_view number, std::string_view unit) {
  const bool known_elsewhere = detail::is_unit(unit);
  const std::string reason = known_elsewhere ? "wrong unit" : "unknown unit";
  const auto did_you_mean = [&](const std::string& meant) {
    return problem(dimension, text, reason, "Did you mean \"" + meant + "\"?");
  };
  if (const auto meant = detail::meant_unit(dimension, unit)) {
    if (meant->factor == 1) return did_you_mean(std::string(number) + ' ' + std::string(meant->unit));
    const double converted = value_of(number) * meant->factor;
    if (std::isfinite(converted)) {
      const std::string written = dimension == Dimension::money
                                      ? format_quantity(dimension, converted)
                                      : format_real(converted) + ' ' + std::string(meant->unit);
      return did_you_mean(written);
    }
  }
  if (unit.size() > 2 && !known_elsewhere) {
    // Shorter words are near to too much: "m" to "s" and to "h".
    std::vector<std::string_view> names;
    for (const Unit& candidate : detail::units_of(dimension)) names.push_back(candidate.name);
    const std::string_view close = nearest(unit, names);
    if (!close.empty()) return did_you_mean(std::string(number) + ' ' + std::string(close));
  }
  return problem(dimension, text, reason, "Valid units are: " + units(dimension) + '.');
}

// Whether a unit may begin like this.
bool begins_unit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%' || c == '$' || c == '/' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The first word is not a number: what is it?
QuantityProblem bad_number(Dimension dimension, std::string_view text, std::string_view word, std::string_view rest) {
  const std::string reason(detail::number_fault(word));
  const std::size_t length = detail::number_length(word);
  if (length > 0 && reason == "more than a number" && begins_unit(word[length])) {
    const std::string_view number = word.substr(0, length);
    const std::string_view unit = text.substr(length);
    if (detail::units_of(dimension).empty()) return needless_unit(dimension, text, number, unit);
    if (detail::find_unit(dimension, unit) == nullptr) return bad_unit(dimension, text, number, unit);
    return problem(dimension, text, "no space between number and unit", write(number, ' ' + std::string(unit)));
  }
  if (const auto mended = detail::mended_number(word)) return problem(dimension, text, reason, write(*mended, rest));
  if (reason == "comma in a number") {
    return problem(dimension, text, reason, "Write digits without grouping, and a point before the decimals.");
  }
  if (reason == "not finite") return problem(dimension, text, reason, "Write a finite number.");
  return problem(dimension, text, reason, such_as(dimension));
}

std::variant<double, QuantityProblem> parse_count(std::string_view text) {
  const detail::Decimal decimal = detail::decimal_of(text);
  if (!decimal.is_whole())
    return problem(Dimension::count, text, "not whole", "Write a whole number, such as \"4096\".");
  // In integers: the nearest double of 2^53 + 1 is 2^53.
  std::int64_t magnitude = kLargestCount + 1;
  if (decimal.magnitude() <= 16) {
    const std::string digits = decimal.digits + std::string(static_cast<std::size_t>(decimal.exponent), '0');
    magnitude = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), magnitude);
  }
  if (magnitude > kLargestCount)
    return problem(Dimension::count, text, "too large", "Counts go up to 9007199254740992.");
  return static_cast<double>(decimal.negative ? -magnitude : magnitude);
}

}  // namespace

std::string_view describe(Dimension dimension) {
  switch (dimension) {
    case Dimension::number: return "a number";
    case Dimension::count: return "a whole number";
    case Dimension::duration: return "a duration";
    case Dimension::money: return "an amount of money";
    case Dimension::money_rate: return "an amount of money per time";
    case Dimension::power: return "a power";
    case Dimension::energy_price: return "an energy price";
    case Dimension::power_cost: return "a cost per power";
    case Dimension::mass: return "a mass";
    case Dimension::carbon_intensity: return "a carbon intensity";
    case Dimension::compute_rate: return "a compute rate";
    case Dimension::compute: return "an amount of compute";
    case Dimension::price_performance: return "a price-performance";
    case Dimension::power_intensity: return "a power per compute rate";
    case Dimension::growth: return "a growth rate";
    case Dimension::decline: return "a rate of decline";
    case Dimension::count_rate: return "a number per year";
    case Dimension::memory: return "an amount of memory";
    case Dimension::bandwidth: return "a bandwidth";
  }
  return {};
}

std::string_view base_unit(Dimension dimension) {
  if (dimension == Dimension::duration) return "ms";
  if (dimension == Dimension::memory) return "byte";
  if (dimension == Dimension::bandwidth) return "byte/s";
  for (const Unit& unit : detail::units_of(dimension)) {
    if (unit.multiplier == 1 && unit.divisor == 1) return unit.name;
  }
  return {};
}

std::string units(Dimension dimension) {
  std::string names;
  for (const Unit& unit : detail::units_of(dimension)) {
    if (!names.empty()) names += ", ";
    names += unit.name;
  }
  return names;
}

std::variant<double, QuantityProblem> parse_number(std::string_view text) {
  return parse_quantity(Dimension::number, text);
}

std::variant<double, QuantityProblem> parse_quantity(Dimension dimension, std::string_view text) {
  if (text.empty()) return problem(dimension, text, "empty", such_as(dimension));
  if (text.front() == ' ' || text.back() == ' ') {
    return problem(dimension, text, "space around it", "Remove the space at either end.");
  }
  const std::size_t space = text.find(' ');
  const std::string_view word = text.substr(0, space);
  const std::string_view rest = text.substr(word.size());
  if (!is_number(word)) return bad_number(dimension, text, word, rest);

  const std::string_view unit_name = rest.empty() ? rest : rest.substr(rest.find_first_not_of(' '));
  const std::span<const Unit> known = detail::units_of(dimension);
  double value = value_of(word);
  if (known.empty()) {
    if (!unit_name.empty()) return needless_unit(dimension, text, word, unit_name);
    if (dimension == Dimension::count) return parse_count(word);
  } else {
    if (unit_name.empty()) return problem(dimension, text, "no unit", "Write a unit: " + units(dimension) + '.');
    const Unit* unit = detail::find_unit(dimension, unit_name);
    if (unit == nullptr) return bad_unit(dimension, text, word, unit_name);
    const bool zero = value == 0;
    value = unit->to_base(value);
    if (value == 0 && !zero) value = std::numeric_limits<double>::quiet_NaN();
  }
  if (!std::isfinite(value)) return out_of_range(dimension, text, value);
  return value;
}

}  // namespace fleetrace::core
