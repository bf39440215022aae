#pragma once

#include <compare>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace fleetrace::core {

/// Thrown when an amount leaves the representable range.
class MoneyOverflow : public std::overflow_error {
 public:
  using std::overflow_error::overflow_error;
};

/// An exact amount of nominal US dollars, in integer micro-dollars.
///
/// Range: about 9.2 trillion USD either side of zero; sums and products that would leave it throw MoneyOverflow. Addition is
/// exact, so a ledger balances to the last micro-dollar whatever the order of its entries.
class Money {
 public:
  constexpr Money() = default;
  [[nodiscard]] static constexpr Money from_micros(std::int64_t micros) { return Money{micros}; }
  /// Rounds to the nearest micro-dollar, halves away from zero. Throws MoneyOverflow for NaN and amounts outside the range.
  [[nodiscard]] static Money from_usd(double usd);

  [[nodiscard]] constexpr std::int64_t micros() const { return micros_; }
  [[nodiscard]] constexpr double usd() const { return static_cast<double>(micros_) / 1e6; }

  constexpr auto operator<=>(const Money&) const = default;

  Money& operator+=(Money other);
  Money& operator-=(Money other);

 private:
  explicit constexpr Money(std::int64_t micros) : micros_(micros) {}
  std::int64_t micros_ = 0;
};

[[nodiscard]] Money operator+(Money a, Money b);
[[nodiscard]] Money operator-(Money a, Money b);
[[nodiscard]] Money operator*(Money price, std::int64_t count);
/// How many times `price` fits into `cash`, rounded towards zero; price must be positive.
[[nodiscard]] constexpr std::int64_t operator/(Money cash, Money price) { return cash.micros() / price.micros(); }
/// `whole` * numerator / denominator, rounded towards zero, without intermediate overflow; 0 <= numerator <= denominator.
[[nodiscard]] Money fraction(Money whole, std::int64_t numerator, std::int64_t denominator);

/// The exact amount in USD as a decimal without trailing zeros: "2000000000", "0.25", "-1.000001".
[[nodiscard]] std::string to_string(Money amount);

}  // namespace fleetrace::core
