#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "fleetrace/core/quantity.hpp"
#include "unit_table.hpp"

namespace fleetrace::core {
namespace {

using detail::Unit;

// Every digit of a double in fixed notation fits.
using Buffer = char[400];

std::string shortest(double value) {
  Buffer buffer;
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

// No exponent, so that a budget of two billion reads 2000000000.
std::string full_digits(double value) {
  if (std::fabs(value) >= 1e16) return shortest(value);
  Buffer buffer;
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed).ptr};
}

double read_back(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Twelve digits where they are enough, which hides the noise of conversions; all of them otherwise.
std::string enough_digits(double number) {
  std::string text = format_real(number);
  if (std::fabs(read_back(text) - number) <= 5e-13 * std::fabs(number)) return text;
  return shortest(number);
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
  if (dimension == Dimension::money || dimension == Dimension::money_rate) {
    return full_digits(value) + ' ' + std::string(base_unit(dimension));
  }
  const std::span<const Unit> known = detail::units_of(dimension);
  // The fewest digits win, and among equals the largest unit.
  std::string best;
  const auto digits = [](const std::string& text) {
    return text.size() - (text.find('.') == std::string::npos ? 0 : 1);
  };
  const Unit* unit = nullptr;
  for (const Unit& candidate : known) {
    const double number = candidate.from_base(value);
    if (!candidate.written || (unit != nullptr && std::fabs(number) < candidate.from)) continue;
    std::string text = enough_digits(number);
    if (unit == nullptr || digits(text) <= digits(best)) {
      best = std::move(text);
      unit = &candidate;
    }
  }
  return unit == nullptr ? enough_digits(value) : best + ' ' + std::string(unit->name);
}

std::string exact_quantity(Dimension dimension, double value) {
  std::string text = format_quantity(dimension, value);
  const auto back = parse_quantity(dimension, text);
  if (const double* same = std::get_if<double>(&back); same != nullptr && *same == value) return text;
  text = shortest(value);
  const std::string_view unit = base_unit(dimension);
  return unit.empty() ? text : text + ' ' + std::string(unit);
}

}  // namespace fleetrace::core
