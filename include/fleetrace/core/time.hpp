#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// Calendar time as integer milliseconds, so that sums of durations are exact and the same on every machine.
///
/// Range: about 292 million years either side of 1970. Every operation is checked: one that would leave the range throws
/// core::TimeOverflow instead of wrapping. A year is 365.25 days and a month a twelfth of it, everywhere in fleetrace.
namespace fleetrace::core {

/// Thrown when a time or duration leaves the representable range.
class TimeOverflow : public std::overflow_error {
 public:
  using std::overflow_error::overflow_error;
};

/// A span of time [ms]; may be negative.
class Duration {
 public:
  constexpr Duration() = default;
  [[nodiscard]] static constexpr Duration from_milliseconds(std::int64_t count) { return Duration{count}; }
  /// Rounds to the nearest millisecond. Throws TimeOverflow for NaN and for values outside the range.
  [[nodiscard]] static Duration from_seconds(double seconds);
  /// From years of 365.25 days. Rounds to the nearest millisecond. Throws TimeOverflow for NaN and for values outside the range.
  [[nodiscard]] static Duration from_years(double years);
  /// The longest duration, which stands for "unlimited".
  [[nodiscard]] static constexpr Duration unlimited() { return Duration{std::numeric_limits<std::int64_t>::max()}; }

  [[nodiscard]] constexpr std::int64_t milliseconds() const { return count_; }
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(count_) / 1e3; }
  [[nodiscard]] constexpr double years() const { return static_cast<double>(count_) / 31'557'600'000.0; }
  [[nodiscard]] constexpr double hours() const { return static_cast<double>(count_) / 3'600'000.0; }

  constexpr auto operator<=>(const Duration&) const = default;

 private:
  explicit constexpr Duration(std::int64_t count) : count_(count) {}
  std::int64_t count_ = 0;
};

inline constexpr Duration kMillisecond = Duration::from_milliseconds(1);
inline constexpr Duration kSecond = Duration::from_milliseconds(1'000);
inline constexpr Duration kHour = Duration::from_milliseconds(3'600'000);
inline constexpr Duration kDay = Duration::from_milliseconds(86'400'000);
inline constexpr Duration kMonth = Duration::from_milliseconds(2'629'800'000);
inline constexpr Duration kYear = Duration::from_milliseconds(31'557'600'000);

/// An instant [ms since 1970-01-01T00:00:00Z], UTC without leap seconds.
class Time {
 public:
  constexpr Time() = default;
  [[nodiscard]] static constexpr Time from_milliseconds(std::int64_t since_epoch) { return Time{since_epoch}; }
  [[nodiscard]] static constexpr Time earliest() { return Time{std::numeric_limits<std::int64_t>::min()}; }
  [[nodiscard]] static constexpr Time latest() { return Time{std::numeric_limits<std::int64_t>::max()}; }
  [[nodiscard]] constexpr std::int64_t milliseconds() const { return since_epoch_; }
  constexpr auto operator<=>(const Time&) const = default;

 private:
  explicit constexpr Time(std::int64_t since_epoch) : since_epoch_(since_epoch) {}
  std::int64_t since_epoch_ = 0;
};

[[noreturn]] void throw_time_overflow();

namespace detail {
[[nodiscard]] constexpr std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) throw_time_overflow();
  return sum;
}
[[nodiscard]] constexpr std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) throw_time_overflow();
  return difference;
}
[[nodiscard]] constexpr std::int64_t checked_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) throw_time_overflow();
  return product;
}
}  // namespace detail

[[nodiscard]] constexpr Duration operator+(Duration a, Duration b) {
  return Duration::from_milliseconds(detail::checked_add(a.milliseconds(), b.milliseconds()));
}
[[nodiscard]] constexpr Duration operator-(Duration a, Duration b) {
  return Duration::from_milliseconds(detail::checked_subtract(a.milliseconds(), b.milliseconds()));
}
[[nodiscard]] constexpr Duration operator*(Duration a, std::int64_t n) {
  return Duration::from_milliseconds(detail::checked_multiply(a.milliseconds(), n));
}
/// How many times `b` fits into `a`, rounded towards zero; b must not be zero.
[[nodiscard]] constexpr std::int64_t operator/(Duration a, Duration b) { return a.milliseconds() / b.milliseconds(); }
[[nodiscard]] constexpr Time operator+(Time t, Duration d) {
  return Time::from_milliseconds(detail::checked_add(t.milliseconds(), d.milliseconds()));
}
[[nodiscard]] constexpr Time operator-(Time t, Duration d) {
  return Time::from_milliseconds(detail::checked_subtract(t.milliseconds(), d.milliseconds()));
}
[[nodiscard]] constexpr Duration operator-(Time a, Time b) {
  return Duration::from_milliseconds(detail::checked_subtract(a.milliseconds(), b.milliseconds()));
}
/// `t + d`, or the end of the representable range where that would overflow, as it does for an unlimited lifetime.
[[nodiscard]] constexpr Time saturating_add(Time t, Duration d) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(t.milliseconds(), d.milliseconds(), &sum)) {
    return d.milliseconds() > 0 ? Time::latest() : Time::earliest();
  }
  return Time::from_milliseconds(sum);
}

/// The time in ISO 8601, UTC, with milliseconds: "2026-01-01T00:00:00.000Z". Years beyond 9999 or below 0 carry a sign.
[[nodiscard]] std::string to_iso8601(Time t);
/// The date of that time in UTC: "2026-01-01".
[[nodiscard]] std::string to_date(Time t);
/// Reads what to_date and to_iso8601 write and, as Python has it, "2026-01-01 12:30:00+00:00" with or without its zone or a fraction of
/// whole milliseconds; nullopt for anything else, also for days that the calendar does not have (31 April).
[[nodiscard]] std::optional<Time> parse_iso8601(std::string_view text);
/// Reads what parse_iso8601() does, and the first instant of a month or quarter: "2027-03", "2027-Q1".
[[nodiscard]] std::optional<Time> parse_date(std::string_view text);

}  // namespace fleetrace::core
