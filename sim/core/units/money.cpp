#include "fleetrace/core/money.hpp"

#include <cmath>

namespace fleetrace::core {
namespace {

[[noreturn]] void throw_overflow() { throw MoneyOverflow("amount leaves the range of 9.2 trillion USD"); }

}  // namespace

Money Money::from_usd(double usd) {
  const double micros = usd * 1e6;
  if (!(micros >= -0x1p63 && micros < 0x1p63)) throw_overflow();
  return from_micros(std::llround(micros));
}

Money& Money::operator+=(Money other) {
  if (__builtin_add_overflow(micros_, other.micros_, &micros_)) throw_overflow();
  return *this;
}

Money& Money::operator-=(Money other) {
  if (__builtin_sub_overflow(micros_, other.micros_, &micros_)) throw_overflow();
  return *this;
}

Money operator+(Money a, Money b) { return a += b; }
Money operator-(Money a, Money b) { return a -= b; }

Money operator*(Money price, std::int64_t count) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(price.micros(), count, &product)) throw_overflow();
  return Money::from_micros(product);
}

Money fraction(Money whole, std::int64_t numerator, std::int64_t denominator) {
  __extension__ using Wide = __int128;
  return Money::from_micros(static_cast<std::int64_t>(Wide{whole.micros()} * numerator / denominator));
}

std::string to_string(Money amount) {
  // The magnitude is unsigned because that of the most negative amount does not fit a signed integer.
  const bool negative = amount.micros() < 0;
  const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(amount.micros())
                                  : static_cast<std::uint64_t>(amount.micros());
  std::string text = std::to_string(magnitude / 1'000'000);
  std::string decimals = std::to_string(magnitude % 1'000'000);
  decimals.insert(0, 6 - decimals.size(), '0');
  decimals.erase(decimals.find_last_not_of('0') + 1);
  if (!decimals.empty()) text += '.' + decimals;
  return negative ? '-' + text : text;
}

}  // namespace fleetrace::core
