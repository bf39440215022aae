#include "fleetrace/core/time.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>

namespace fleetrace::core {
namespace {

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

// Proleptic Gregorian calendar from days since 1970-01-01, valid for the whole 64-bit range of milliseconds (std::chrono
// stops at the year 32767). Algorithm: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.
Civil civil_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146'097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted_month = (5 * day_of_year + 2) / 153;
  const unsigned day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::optional<int> digits(std::string_view text, std::size_t position, std::size_t count) {
  int value = 0;
  for (std::size_t i = position; i < position + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<std::int64_t> parse_time_of_day(std::string_view text) {
  // hh:mm:ssZ or hh:mm:ss.mmmZ
  if (text.size() != 9 && text.size() != 13) return std::nullopt;
  if (text[2] != ':' || text[5] != ':' || text.back() != 'Z') return std::nullopt;
  const auto hour = digits(text, 0, 2);
  const auto minute = digits(text, 3, 2);
  const auto second = digits(text, 6, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  int millisecond = 0;
  if (text.size() == 13) {
    const auto fraction = digits(text, 9, 3);
    if (text[8] != '.' || !fraction) return std::nullopt;
    millisecond = *fraction;
  }
  return ((*hour * 60LL + *minute) * 60LL + *second) * 1'000LL + millisecond;
}

std::string format_date(const Civil& civil) {
  char buffer[48];
  const bool signed_year = civil.year < 0 || civil.year > 9'999;
  std::snprintf(buffer, sizeof buffer, signed_year ? "%+05lld-%02u-%02u" : "%04lld-%02u-%02u",
                static_cast<long long>(civil.year), civil.month, civil.day);
  return buffer;
}

constexpr std::int64_t kMillisecondsPerDay = 86'400'000;

std::int64_t floor_days(std::int64_t milliseconds) {
  const std::int64_t quotient = milliseconds / kMillisecondsPerDay;
  return milliseconds % kMillisecondsPerDay < 0 ? quotient - 1 : quotient;
}

}  // namespace

void throw_time_overflow() { throw TimeOverflow("time leaves the range of 292 million years around 1970"); }

Duration Duration::from_seconds(double seconds) {
  const double milliseconds = seconds * 1e3;
  if (!(milliseconds >= -0x1p63 && milliseconds < 0x1p63)) throw_time_overflow();
  return from_milliseconds(std::llround(milliseconds));
}

Duration Duration::from_years(double years) { return from_seconds(years * 31'557'600.0); }

std::string to_date(Time t) { return format_date(civil_from_days(floor_days(t.milliseconds()))); }

std::string to_iso8601(Time t) {
  const std::int64_t days = floor_days(t.milliseconds());
  // The remainder is taken before multiplying back: days * 86 400 000 may leave the range at the very first day.
  const std::int64_t remainder = t.milliseconds() % kMillisecondsPerDay;
  const std::int64_t of_day = remainder < 0 ? remainder + kMillisecondsPerDay : remainder;
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%03dZ", static_cast<int>(of_day / 3'600'000),
                static_cast<int>(of_day / 60'000 % 60), static_cast<int>(of_day / 1'000 % 60),
                static_cast<int>(of_day % 1'000));
  return format_date(civil_from_days(days)) + buffer;
}

std::optional<Time> parse_iso8601(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  std::int64_t of_day = 0;
  if (text.size() > 10) {
    if (text[10] != 'T') return std::nullopt;
    const auto parsed = parse_time_of_day(text.substr(11));
    if (!parsed) return std::nullopt;
    of_day = *parsed;
  }
  const auto days = std::chrono::sys_days{date}.time_since_epoch().count();
  return Time::from_milliseconds(static_cast<std::int64_t>(days) * kMillisecondsPerDay + of_day);
}

}  // namespace fleetrace::core
