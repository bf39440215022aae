#include "sim/core/units/conversion.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "sim/core/numeric/decimal.hpp"

namespace fleetrace::core::detail {
namespace {

/// Digits after which the quotient of a value by a unit is nothing but the rounding of a long double.
constexpr int kMostDigits = 19;
constexpr int kUsualDigits = 12;

/// A whole number that a double holds exactly.
Decimal decimal_of(double whole) {
  char buffer[400];
  const char* const end = std::to_chars(buffer, buffer + sizeof buffer, whole, std::chars_format::fixed).ptr;
  return detail::decimal_of(std::string_view(buffer, static_cast<std::size_t>(end - buffer)));
}

/// The exact product of two decimals.
Decimal product(const Decimal& a, const Decimal& b) {
  // Digit by digit, from the last; no sum of so few products leaves 64 bits.
  std::string digits(a.digits.size() + b.digits.size(), '0');
  for (std::size_t i = a.digits.size(); i-- > 0;) {
    int carry = 0;
    for (std::size_t k = b.digits.size(); k-- > 0;) {
      const int sum = (digits[i + k + 1] - '0') + (a.digits[i] - '0') * (b.digits[k] - '0') + carry;
      digits[i + k + 1] = static_cast<char>('0' + sum % 10);
      carry = sum / 10;
    }
    digits[i] = static_cast<char>(digits[i] + carry);
  }
  return {a.negative != b.negative, std::move(digits), a.exponent + b.exponent};
}

/// The double nearest to a decimal; infinite where it is too large, NaN where it is too small.
double nearest(const Decimal& decimal) {
  if (decimal.digits.find_first_not_of('0') == std::string::npos) return 0;
  const std::string text = (decimal.negative ? "-" : "") + decimal.digits + 'e' + std::to_string(decimal.exponent);
  double value = 0;
  const auto error = std::from_chars(text.data(), text.data() + text.size(), value).ec;
  if (error == std::errc{} && std::isfinite(value) && value != 0) return value;
  return decimal.magnitude() > 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
}

bool is_power_of_ten(const Decimal& decimal) { return decimal.digits == "1"; }

/// A decimal divided by a whole number. What the number has beside twos and fives is left over and returned.
double divide(Decimal& decimal, const Decimal& divisor) {
  decimal.exponent -= divisor.exponent;
  double rest = nearest({false, divisor.digits, 0});
  // A half is five tenths, and a fifth two.
  for (const auto& [prime, other] : {std::pair{2.0, "5"}, std::pair{5.0, "2"}}) {
    for (; std::fmod(rest, prime) == 0; rest /= prime) {
      decimal = product(decimal, {false, other, 0});
      --decimal.exponent;
    }
  }
  return rest;
}

long double exact_amount(const Unit& unit, double value) {
  return static_cast<long double>(value) * unit.divisor / unit.multiplier;
}

std::string written(long double amount, int digits) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, amount, std::chars_format::general, digits).ptr};
}

/// The shortest number with the same bits, its decimal point moved.
std::string shifted(double value, std::int64_t by) {
  char buffer[32];
  const char* const end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  const Decimal moved = detail::decimal_of(std::string_view(buffer, static_cast<std::size_t>(end - buffer)));
  std::string text = (moved.negative ? "-" : "") + moved.digits.substr(0, 1);
  if (moved.digits.size() > 1) text += '.' + moved.digits.substr(1);
  const std::int64_t exponent = moved.magnitude() - 1 + by;
  return exponent == 0 ? text : text + 'e' + std::to_string(exponent);
}

}  // namespace

double base_value(std::string_view number, const Unit& unit) {
  if (unit.scale != Scale::proportional) return unit.to_base(base_value(number));
  return base_value(number, unit, "1");
}

double base_value(std::string_view number, const Unit& unit, std::string_view times) {
  Decimal exact = product(product(detail::decimal_of(number), detail::decimal_of(times)), decimal_of(unit.multiplier));
  const double rest = divide(exact, decimal_of(unit.divisor));
  return nearest(exact) / rest;
}

double base_value(std::string_view number) { return nearest(detail::decimal_of(number)); }

double amount_in(const Unit& unit, double value) { return static_cast<double>(exact_amount(unit, value)); }

double tidied(const Unit& unit, double value, int digits) {
  return value == 0 ? 0 : base_value(written(exact_amount(unit, value), digits), unit);
}

std::string number_in(const Unit& unit, double value) {
  if (unit.scale != Scale::proportional) return {};
  if (value == 0) return "0";
  const long double amount = exact_amount(unit, value);
  const auto reads_back = [&](const std::string& text) { return base_value(text, unit) == value; };
  std::string text = written(amount, kUsualDigits);
  if (reads_back(text)) return text;
  for (int digits = kUsualDigits + 1; digits <= kMostDigits; ++digits) {
    text = written(amount, digits);
    if (reads_back(text)) return text;
  }
  const Decimal multiplier = decimal_of(unit.multiplier);
  const Decimal divisor = decimal_of(unit.divisor);
  if (!is_power_of_ten(multiplier) || !is_power_of_ten(divisor)) return {};
  return shifted(value, divisor.exponent - multiplier.exponent);
}

}  // namespace fleetrace::core::detail
