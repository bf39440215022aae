#include "fleetrace/core/time.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <limits>

#include "spec_of.hpp"

namespace {

using namespace fleetrace::core;
using fleetrace::test::Random;

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

Time at(std::int64_t milliseconds) { return Time::from_milliseconds(milliseconds); }
Duration ms(std::int64_t count) { return Duration::from_milliseconds(count); }

}  // namespace

TEST_CASE("a month is a twelfth of a year of 365.25 days") {
  CHECK(kYear.milliseconds() == 31'557'600'000);
  CHECK(kMonth * 12 == kYear);
  CHECK(kDay * 1461 == kYear * 4);
  CHECK(kHour * 24 == kDay);
  CHECK(kYear.hours() == 8766);
  CHECK(kYear.seconds() == 31'557'600);
  CHECK((kYear * 5).years() == 5);
  CHECK(kYear / kMonth == 12);
  CHECK((kYear - kMillisecond) / kMonth == 11);
  CHECK(ms(-5) / ms(2) == -2);
}

TEST_CASE("arithmetic at both ends of the range throws instead of wrapping") {
  CHECK(Time::latest() + ms(0) == Time::latest());
  CHECK(at(kMax - 1) + ms(1) == Time::latest());
  CHECK_THROWS_AS(Time::latest() + ms(1), TimeOverflow);
  CHECK_THROWS_AS(Time::earliest() - ms(1), TimeOverflow);
  CHECK_THROWS_AS(Time::earliest() + ms(-1), TimeOverflow);
  CHECK_THROWS_AS(at(0) - Time::earliest(), TimeOverflow);
  CHECK(at(-1) - Time::earliest() == ms(kMax));
  CHECK_THROWS_AS(Time::latest() - Time::earliest(), TimeOverflow);
  CHECK_THROWS_AS(ms(kMax) + ms(1), TimeOverflow);
  CHECK_THROWS_AS(ms(kMin) - ms(1), TimeOverflow);
  CHECK_THROWS_AS(kYear * 292'271'024, TimeOverflow);
  CHECK((kYear * 292'271'023).years() == 292'271'023);
  CHECK_THROWS_AS(ms(kMin) * -1, TimeOverflow);
}

TEST_CASE("saturating addition stops at the ends") {
  CHECK(saturating_add(at(0), Duration::unlimited()) == Time::latest());
  CHECK(saturating_add(at(1), Duration::unlimited()) == Time::latest());
  CHECK(saturating_add(at(-1), Duration::unlimited()) == at(kMax - 1));
  CHECK(saturating_add(Time::earliest(), ms(-1)) == Time::earliest());
  CHECK(saturating_add(at(5), ms(-7)) == at(-2));
}

TEST_CASE("checked arithmetic agrees with 128-bit integers") {
  __extension__ using Wide = __int128;
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t a = random.any_int64() >> (random.bits() % 63);
    const std::int64_t b = random.any_int64() >> (random.bits() % 63);
    const auto check = [](Wide expected, auto operation) {
      if (expected >= kMin && expected <= kMax) return operation() == static_cast<std::int64_t>(expected);
      try {
        (void)operation();
        return false;
      } catch (const TimeOverflow&) {
        return true;
      }
    };
    INFO(a << ' ' << b);
    REQUIRE(check(Wide{a} + b, [&] { return (at(a) + ms(b)).milliseconds(); }));
    REQUIRE(check(Wide{a} - b, [&] { return (at(a) - at(b)).milliseconds(); }));
    REQUIRE(check(Wide{a} * b, [&] { return (ms(a) * b).milliseconds(); }));
  }
}

TEST_CASE("seconds are rounded to the nearest millisecond") {
  CHECK(Duration::from_seconds(0.0004) == ms(0));
  CHECK(Duration::from_seconds(0.0005) == ms(1));
  CHECK(Duration::from_seconds(-0.0005) == ms(-1));
  CHECK(Duration::from_seconds(1.2344) == ms(1234));
  CHECK(Duration::from_seconds(1e15) == ms(1'000'000'000'000'000'000));
  CHECK(Duration::from_years(8) == kYear * 8);
  CHECK(Duration::from_years(1.0 / 12) == kMonth);
  // The largest doubles that fit: 2^63 - 1024 ms, and exactly -2^63 ms.
  CHECK(Duration::from_years(292'271'000) == kYear * 292'271'000);
  CHECK(Duration::from_seconds(-0x1p63 / 1e3) == ms(kMin));
  for (const double outside : {0x1p63 / 1e3, -0x1.0000000000001p63 / 1e3, 1e300, -1e300, double{INFINITY},
                               -double{INFINITY}, std::numeric_limits<double>::quiet_NaN()}) {
    INFO(outside);
    CHECK_THROWS_AS(Duration::from_seconds(outside), TimeOverflow);
    CHECK_THROWS_AS(Duration::from_years(outside), TimeOverflow);
  }
}

TEST_CASE("dates as text") {
  CHECK(to_iso8601(at(0)) == "1970-01-01T00:00:00.000Z");
  CHECK(to_iso8601(at(-1)) == "1969-12-31T23:59:59.999Z");
  CHECK(to_iso8601(at(951'782'400'000)) == "2000-02-29T00:00:00.000Z");  // 11 016 days after 1970
  CHECK(to_date(at(951'868'800'000)) == "2000-03-01");
  CHECK(to_date(at(253'402'300'799'999)) == "9999-12-31");
  CHECK(to_date(at(253'402'300'800'000)) == "+10000-01-01");
  CHECK(to_date(at(-62'167'219'200'000)) == "0000-01-01");
  CHECK(to_date(at(-62'167'219'200'001)) == "-0001-12-31");
  // The ends of 64 bits, as published for Java's Instant.
  CHECK(to_iso8601(Time::latest()) == "+292278994-08-17T07:12:55.807Z");
  CHECK(to_iso8601(Time::earliest()) == "-292275055-05-16T16:47:04.192Z");
}

TEST_CASE("every day of the years 0000 to 2400 in turn, and back") {
  std::int64_t day_start = -62'167'219'200'000;
  int wrong = 0;
  for (int year = 0; year <= 2400; ++year) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= lengths[month - 1]; ++day) {
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        if (to_date(at(day_start)) != text || to_date(at(day_start + 86'399'999)) != text) ++wrong;
        if (parse_iso8601(text) != at(day_start)) ++wrong;
        day_start += 86'400'000;
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("what is printed is read back, and the calendar repeats every 400 years") {
  Random random(2);
  for (int i = 0; i < 5'000; ++i) {
    const Time inside = at(random.between(-62'167'219'200'000, 253'402'300'799'999));
    REQUIRE(parse_iso8601(to_iso8601(inside)) == inside);
    // 146 097 days anywhere in the range: the same month, day and time of day.
    const Time anywhere = at(random.between(kMin, kMax - 146'097 * kDay.milliseconds()));
    const std::string before = to_iso8601(anywhere);
    const std::string after = to_iso8601(anywhere + kDay * 146'097);
    REQUIRE(before.substr(before.size() - 20) == after.substr(after.size() - 20));
    REQUIRE(std::stoll(after) - std::stoll(before) == 400);
  }
}

TEST_CASE("what is no date") {
  for (const char* text : {"2026-04-31",
                           "2026-02-29",
                           "1900-02-29",
                           "2100-02-29",
                           "2026-00-10",
                           "2026-13-01",
                           "2026-01-00",
                           "2026-01-32",
                           "2026-1-1",
                           "26-01-01",
                           "2026/01/01",
                           "20260101",
                           "+2026-01-01",
                           "-001-01-01",
                           "+1234567890-01-01",
                           "+999999999-01-01",
                           "12026-01-01",
                           "2026-01-01 ",
                           " 2026-01-01",
                           "2026-01-01T",
                           "2026-01-01T12:00Z",
                           "2026-01-01T24:00:00Z",
                           "2026-01-01T12:60:00Z",
                           "2026-01-01T12:00:60Z",
                           "2026-01-01T12:00:00z",
                           "2026-01-01_12:00:00Z",
                           "2026-01-01T12:00:00.Z",
                           "2026-01-01T12:00:00.2505Z",
                           "2026-01-01T12:00:00.2500000Z",
                           "2026-01-01T12:00:00,250Z",
                           "2026-01-01T12:00:00+00",
                           "2026-01-01T12:00:00+01:00",
                           "2026-01-01T-1:00:00Z",
                           "",
                           "2026"}) {
    INFO(text);
    CHECK_FALSE(parse_iso8601(text).has_value());
  }
  CHECK(parse_iso8601("2024-02-29") == at(1'709'164'800'000));
  CHECK(parse_iso8601("2026-01-01T12:30:00.250Z") == at(1'767'270'600'250));
  // As str() and isoformat() of Python write them, and PyYAML.
  for (const char* text : {"2026-01-01T12:30:00.25Z", "2026-01-01T12:30:00.250000", "2026-01-01 12:30:00.250000+00:00"})
    CHECK(parse_iso8601(text) == at(1'767'270'600'250));
  CHECK(parse_iso8601("2026-01-01 12:30:00") == at(1'767'270'600'000));
}

TEST_CASE("every time that is written is read back") {
  for (const Time time :
       {Time::latest(), Time::earliest(), at(0), at(-1), at(253'402'300'800'000), at(-62'167'219'200'001)})
    CHECK(parse_iso8601(to_iso8601(time)) == time);
  CHECK(to_date(at(253'402'300'800'000)) == "+10000-01-01");
  CHECK(parse_iso8601("+10000-01-01") == at(253'402'300'800'000));
  CHECK(parse_iso8601("-0001-12-31") == parse_iso8601("0000-01-01").value() - kDay);
}
