#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/numeric/decimal.hpp"
#include "sim/core/units/conversion.hpp"
#include "sim/core/units/unit_table.hpp"
#include "sim/core/units/written_unit.hpp"

namespace fleetrace::core {
namespace {

using detail::Unit;

constexpr std::size_t kFewDigits = 12;

// Room for all digits of any double in fixed notation.
using Buffer = char[400];

// All digits without an exponent up to 1e16, so that a fleet of two million reads 2000000.
std::string full_digits(double value) {
  Buffer buffer;
  const auto format = std::fabs(value) >= 1e16 ? std::chars_format::general : std::chars_format::fixed;
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, format).ptr};
}

std::size_t digits_of(const std::string& text) { return text.size() - (text.find('.') == std::string::npos ? 0 : 1); }

std::string with_unit(const std::string& number, std::string_view unit) { return number + ' ' + std::string(unit); }

// Whether a number reads better than the best in smaller units: by fewer digits, and among equals, or where both have all the
// digits of a double, by its larger unit.
bool is_better(const std::string& text, const std::string& best) {
  const std::size_t digits = digits_of(text);
  const std::size_t least = digits_of(best);
  const bool is_short = digits <= kFewDigits;
  if (is_short != (least <= kFewDigits)) return is_short;
  if (text.find('e') != std::string::npos) return digits < least;
  return !is_short || digits <= least;
}

/// The unit of that name, if numbers of it are proportional to the quantity: "5 %/yr" is written as doublings.
const Unit* proportional_unit(Dimension dimension, std::string_view name) {
  const Unit* const unit = detail::find_unit(dimension, name);
  return unit != nullptr && unit->scale == detail::Scale::proportional ? unit : nullptr;
}

}  // namespace

std::string format_real(double value) {
  if (value == 0) return "0";
  Buffer buffer;
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 12).ptr};
}

std::string format_quantity(Dimension dimension, double value) {
  if (std::isinf(value)) return value > 0 ? "unlimited" : "-unlimited";
  if (value == 0) value = 0;  // not "-0"
  if (dimension == Dimension::count) return full_digits(value);
  std::string best;
  const Unit* unit = nullptr;
  for (const Unit& candidate : detail::units_of(dimension)) {
    if (!candidate.is_output) continue;
    if (unit != nullptr && std::fabs(detail::amount_in(candidate, value)) < candidate.from) continue;
    std::string text = detail::number_in(candidate, value);
    if (text.empty() || (unit != nullptr && !is_better(text, best))) continue;
    best = std::move(text);
    unit = &candidate;
  }
  return unit == nullptr ? detail::number_in(Unit{""}, value) : with_unit(best, unit->name);
}

std::string format_quantity(Dimension dimension, double value, std::string_view unit) {
  const Unit* const known = proportional_unit(dimension, unit);
  // Amounts in the plain unit of money may be of any size: they read better in millions or billions.
  const bool is_plain_money = (dimension == Dimension::money || dimension == Dimension::money_rate) &&
                              unit == base_unit(dimension);
  if (known == nullptr || is_plain_money || !std::isfinite(value)) return format_quantity(dimension, value);
  const std::string number = detail::number_in(*known, value);
  return number.empty() ? format_quantity(dimension, value) : with_unit(number, unit);
}

std::string_view usual_unit(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration: return "yr";
    case Dimension::memory: return "GB";
    case Dimension::bandwidth: return "GB/s";
    default: return base_unit(dimension);
  }
}

std::string_view written_unit(Dimension dimension, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && std::string_view(" [{,:").find(text[i - 1]) == std::string_view::npos) continue;
    const std::size_t length = detail::number_length(text.substr(i));
    if (length == 0) continue;
    std::string_view rest = text.substr(i + length);
    rest = rest.substr(0, rest.find_first_of(",}]"));
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (const Unit* unit = proportional_unit(dimension, rest)) return unit->name;
  }
  return usual_unit(dimension);
}

double amount_in(Dimension dimension, double value, std::string_view unit) {
  const Unit* const known = proportional_unit(dimension, unit);
  return known == nullptr ? value : detail::amount_in(*known, value);
}

std::string number_in(Dimension dimension, double value, std::string_view unit) {
  const Unit* const known = proportional_unit(dimension, unit);
  const Unit& of = known == nullptr ? Unit{""} : *known;
  std::string number = detail::number_in(of, value);
  return number.empty() ? format_real(detail::amount_in(of, value)) : number;
}

double tidied(Dimension dimension, double value, std::string_view unit, int digits) {
  const Unit* const known = proportional_unit(dimension, unit);
  return detail::tidied(known == nullptr ? Unit{""} : *known, value, digits);
}

double unit_size(Dimension dimension, std::string_view unit) {
  const Unit* const known = proportional_unit(dimension, unit);
  return known == nullptr ? 1 : known->multiplier / known->divisor;
}

std::string unit_suffix(std::string_view unit) {
  std::string suffix;
  for (const char c : unit) {
    if (c >= 'A' && c <= 'Z') {
      suffix += static_cast<char>(c - 'A' + 'a');
    } else if (c == '/') {
      suffix += suffix.empty() ? "per_" : "_per_";
    } else if (c == '%') {
      suffix += "percent";
    } else if (c == ' ' || c == '-') {
      suffix += '_';
    } else if (c != '(' && c != ')') {
      suffix += c;
    }
  }
  return suffix;
}

std::string column_name(std::string_view name, std::string_view unit) {
  return std::string(name) + (unit.empty() ? "" : '_' + unit_suffix(unit));
}

}  // namespace fleetrace::core
