#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>

// Floating-point conversions for a standard library that has none: reading by fast_float, which is what libstdc++ reads with;
// shortest digits by fmt; a stated number of digits by the C library, whose output is exact.
namespace std {
namespace {

to_chars_result put(char* first, char* last, const string& text) {
  if (static_cast<size_t>(last - first) < text.size()) return {last, errc::value_too_large};
  memcpy(first, text.data(), text.size());
  return {first + text.size(), errc{}};
}

/// The shortest digits that read back to the same bits, in scientific notation: "1.5e+300".
string shortest_scientific(double value) {
  const auto shortest = fmt::detail::dragonbox::to_decimal(fabs(value));
  string digits = to_string(shortest.significand);
  int exponent = shortest.exponent + static_cast<int>(digits.size()) - 1;
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  if (value == 0) exponent = 0;
  string text = (signbit(value) ? "-" : "") + digits.substr(0, 1);
  if (digits.size() > 1) text += '.' + digits.substr(1);
  const string written = to_string(abs(exponent));
  return text + (exponent < 0 ? "e-" : "e+") + (written.size() < 2 ? "0" : "") + written;
}

/// The same without an exponent. Every digit of a whole number is written.
string shortest_fixed(double value) {
  if (value == floor(value)) return fmt::format("{:.0f}", value);
  const auto shortest = fmt::detail::dragonbox::to_decimal(fabs(value));
  string digits = to_string(shortest.significand);
  int exponent = shortest.exponent;
  for (; digits.size() > 1 && digits.back() == '0'; digits.pop_back()) ++exponent;
  const auto decimals = static_cast<size_t>(-exponent);  // a value with a fraction has some
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimals, ".");
  return (signbit(value) ? "-" : "") + digits;
}

template <class Number>
to_chars_result print(char* first, char* last, Number value, chars_format format, int precision, const char* length) {
  const char* const kind = format == chars_format::scientific ? "e" : format == chars_format::fixed ? "f" : "g";
  const string pattern = string("%.*") + length + kind;
  char buffer[512];
  const int size = snprintf(buffer, sizeof buffer, pattern.c_str(), precision, value);
  return put(first, last, string(buffer, static_cast<size_t>(size)));
}

}  // namespace

to_chars_result to_chars(char* first, char* last, double value, chars_format format) {
  if (!isfinite(value)) return put(first, last, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
  if (format == chars_format::fixed) return put(first, last, shortest_fixed(value));
  const string text = shortest_scientific(value);
  if (format == chars_format::scientific) return put(first, last, text);
  // The general format is that of %g, which has no exponent from 1e-4 until 1e6.
  const double size = fabs(value);
  return put(first, last, value == 0 || (size >= 1e-4 && size < 1e6) ? shortest_fixed(value) : text);
}

to_chars_result to_chars(char* first, char* last, double value, chars_format format, int precision) {
  return print(first, last, value, format, precision, "");
}

to_chars_result to_chars(char* first, char* last, long double value, chars_format format, int precision) {
  return print(first, last, value, format, precision, "L");
}

from_chars_result from_chars(const char* first, const char* last, double& value) {
  const fast_float::from_chars_result result = fast_float::from_chars(first, last, value);
  return {result.ptr, result.ec};
}

}  // namespace std
