#include "fleetrace/core/time.hpp"

#include <algorithm>
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

// The inverse, by the same source.
std::int64_t days_from_civil(const Civil& civil) {
  const std::int64_t year = civil.year - (civil.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned shifted_month = civil.month > 2 ? civil.month - 3 : civil.month + 9;
  const unsigned day_of_year = (153 * shifted_month + 2) / 5 + civil.day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + static_cast<std::int64_t>(day_of_era) - 719'468;
}

std::optional<int> digits(std::string_view text, std::size_t position, std::size_t count) {
  int value = 0;
  for (std::size_t i = position; i < position + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// A time of day in UTC, "12:30:00" or "12:30:00.25", with or without its zone: Python leaves it out or writes +00:00.
std::optional<std::int64_t> parse_time_of_day(std::string_view text) {
  for (const std::string_view zone : {"Z", "+00:00"}) {
    if (text.size() > zone.size() && text.substr(text.size() - zone.size()) == zone) {
      text.remove_suffix(zone.size());
      break;
    }
  }
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
  const auto hour = digits(text, 0, 2);
  const auto minute = digits(text, 3, 2);
  const auto second = digits(text, 6, 2);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  int millisecond = 0;
  if (text.size() > 8) {
    const std::string_view fraction = text.substr(9);
    if (text[8] != '.' || fraction.empty() || fraction.size() > 6 || !digits(fraction, 0, fraction.size()))
      return std::nullopt;
    // Whatever is finer than a millisecond could not be kept.
    if (fraction.substr(std::min<std::size_t>(3, fraction.size())).find_first_not_of('0') != std::string_view::npos)
      return std::nullopt;
    const std::string thousandths = std::string(fraction.substr(0, 3)) + "00";
    millisecond = *digits(thousandths, 0, 3);
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
  // Takes the remainder instead of subtracting days * 86 400 000, which may leave the range on the first day of all.
  const std::int64_t remainder = t.milliseconds() % kMillisecondsPerDay;
  const std::int64_t of_day = remainder < 0 ? remainder + kMillisecondsPerDay : remainder;
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%03dZ", static_cast<int>(of_day / 3'600'000),
                static_cast<int>(of_day / 60'000 % 60), static_cast<int>(of_day / 1'000 % 60),
                static_cast<int>(of_day % 1'000));
  return format_date(civil_from_days(days)) + buffer;
}

std::optional<Time> parse_iso8601(std::string_view text) {
  const bool is_signed = !text.empty() && (text[0] == '+' || text[0] == '-');
  const std::string_view rest = text.substr(is_signed ? 1 : 0);
  const std::size_t length = std::min(rest.find('-'), rest.size());
  // A plus sign is for years beyond 9999.
  const std::size_t least = is_signed && text[0] == '+' ? 5 : 4;
  if (length < least || length > (is_signed ? 9 : 4)) return std::nullopt;
  const auto year = digits(rest, 0, length);
  const std::string_view day_text = rest.substr(length);
  if (day_text.size() < 6 || day_text[3] != '-') return std::nullopt;
  const auto month = digits(day_text, 1, 2);
  const auto day = digits(day_text, 4, 2);
  if (!year || !month || !day) return std::nullopt;
  const Civil date{text[0] == '-' ? -*year : *year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
  // The calendar repeats itself after 400 years.
  const std::chrono::year_month_day repeated{std::chrono::year{2000 + static_cast<int>(date.year % 400)},
                                             std::chrono::month{date.month}, std::chrono::day{date.day}};
  if (!repeated.ok()) return std::nullopt;
  std::int64_t of_day = 0;
  if (const std::string_view behind = day_text.substr(6); !behind.empty()) {
    if (behind[0] != 'T' && behind[0] != ' ') return std::nullopt;
    const auto parsed = parse_time_of_day(behind.substr(1));
    if (!parsed) return std::nullopt;
    of_day = *parsed;
  }
  std::int64_t days = days_from_civil(date);
  if (days < 0) {
    // Counted back from the end of the day: its start may lie before the first instant of all.
    ++days;
    of_day -= kMillisecondsPerDay;
  }
  std::int64_t milliseconds = 0;
  if (__builtin_mul_overflow(days, kMillisecondsPerDay, &milliseconds) ||
      __builtin_add_overflow(milliseconds, of_day, &milliseconds)) {
    return std::nullopt;
  }
  return Time::from_milliseconds(milliseconds);
}

}  // namespace fleetrace::core
