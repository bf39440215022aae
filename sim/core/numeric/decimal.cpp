#include "sim/core/numeric/decimal.hpp"

#include <algorithm>

namespace fleetrace::core::detail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t i) {
  while (i < text.size() && is_digit(text[i])) ++i;
  return i;
}

}  // namespace

std::size_t number_length(std::string_view text) {
  const std::size_t first = text.substr(0, 1) == "-" ? 1 : 0;
  std::size_t end = skip_digits(text, first);
  if (end == first) return 0;
  if (text[first] == '0') end = first + 1;
  if (end < text.size() && text[end] == '.') {
    const std::size_t fraction = skip_digits(text, end + 1);
    if (fraction > end + 1) end = fraction;
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    std::size_t digits = end + 1;
    if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) ++digits;
    const std::size_t exponent = skip_digits(text, digits);
    if (exponent > digits) end = exponent;
  }
  return end;
}

Decimal decimal_of(std::string_view number) {
  Decimal decimal;
  bool in_fraction = false;
  std::size_t i = 0;
  for (; i < number.size() && number[i] != 'e' && number[i] != 'E'; ++i) {
    if (number[i] == '-') {
      decimal.negative = true;
    } else if (number[i] == '.') {
      in_fraction = true;
    } else {
      decimal.digits += number[i];
      if (in_fraction) --decimal.exponent;
    }
  }
  if (i < number.size()) {
    ++i;
    const bool negative = number[i] == '-';
    if (negative || number[i] == '+') ++i;
    std::int64_t exponent = 0;
    // Saturates far beyond every double, and far from overflow.
    for (; i < number.size(); ++i) exponent = std::min<std::int64_t>(exponent * 10 + (number[i] - '0'), 1'000'000'000);
    decimal.exponent += negative ? -exponent : exponent;
  }
  const std::size_t significant = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  decimal.digits.erase(0, significant);
  while (!decimal.digits.empty() && decimal.digits.back() == '0') {
    decimal.digits.pop_back();
    ++decimal.exponent;
  }
  if (decimal.digits.empty()) decimal.exponent = 0;
  return decimal;
}

std::optional<std::string> mended_number(std::string_view text) {
  if (text.size() > 64) return std::nullopt;
  std::string mended(text);
  mended.erase(std::remove(mended.begin(), mended.end(), '_'), mended.end());
  if (mended.substr(0, 1) == "+") mended.erase(0, 1);
  const std::size_t first = mended.substr(0, 1) == "-" ? 1 : 0;
  if (first < mended.size() && mended[first] == '.') mended.insert(first, 1, '0');
  while (first + 1 < mended.size() && mended[first] == '0' && is_digit(mended[first + 1])) mended.erase(first, 1);
  const std::size_t point = mended.find('.');
  if (point != std::string::npos && (point + 1 == mended.size() || !is_digit(mended[point + 1])))
    mended.erase(point, 1);
  if (mended == text || number_length(mended) != mended.size() || mended.empty()) return std::nullopt;
  return mended;
}

std::string_view number_fault(std::string_view text) {
  std::string_view rest = text;
  if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) rest.remove_prefix(1);
  std::string word;
  for (const char c : rest.substr(0, 16)) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (word == ".inf" || word == "inf" || word == "infinity" || word == ".nan" || word == "nan") return "not finite";
  if (word.size() > 1 && word[0] == '0' && (word[1] == 'x' || word[1] == 'o' || word[1] == 'b')) return "not decimal";
  if (rest.empty() || (!is_digit(rest[0]) && rest[0] != '.')) return "no number";
  if (text[0] == '+') return "leading plus sign";
  if (rest[0] == '.') return rest.size() > 1 && is_digit(rest[1]) ? "no digit before the point" : "no number";
  if (text.find('_') != std::string_view::npos) return "underscore in a number";
  if (text.find(',') != std::string_view::npos) return "comma in a number";
  if (rest.size() > 1 && rest[0] == '0' && is_digit(rest[1])) return "leading zero";
  const std::size_t point = skip_digits(rest, 0);
  if (point < rest.size() && rest[point] == '.' && (point + 1 == rest.size() || !is_digit(rest[point + 1]))) {
    return "no digit after the point";
  }
  return "more than a number";
}

}  // namespace fleetrace::core::detail
