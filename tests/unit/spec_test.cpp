#include "fleetrace/core/spec.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <stdexcept>

#include "spec_of.hpp"

namespace {

using namespace fleetrace::core;
using fleetrace::test::date;
using fleetrace::test::Random;
using fleetrace::test::spec_of;

const Entry kPart{.name = "part", .summary = "", .parameters = {{.name = "share", .summary = "", .preset = "1"}}};
constexpr const Entry* kParts[] = {&kPart};
constexpr Family kFamily{.name = "part", .summary = "", .selector = {}, .entries = kParts, .preset = "part"};

const Entry kEntry{.name = "thing",
                   .summary = "",
                   .parameters = {
                       {.name = "mfu", .summary = ""},
                       {.name = "count", .summary = "", .dimension = Dimension::count},
                       {.name = "life",
                        .summary = "",
                        .dimension = Dimension::duration,
                        .preset = "unlimited",
                        .unbounded = "unlimited"},
                       {.name = "budget", .summary = "", .dimension = Dimension::money, .preset = "2e9 USD"},
                       {.name = "at", .summary = "", .shape = Shape::instant, .dimension = Dimension::duration},
                       {.name = "name", .summary = "", .shape = Shape::text},
                       {.name = "embodied", .summary = "", .shape = Shape::flag, .preset = "false"},
                       {.name = "part", .summary = "", .shape = Shape::section, .preset = "part", .family = &kFamily},
                       {.name = "other", .summary = "", .shape = Shape::section, .family = &kFamily},
                       {.name = "sites", .summary = "", .shape = Shape::table, .family = &kFamily},
                   }};

}  // namespace

TEST_CASE("presets stand where nothing is written, and say so") {
  const Spec spec = spec_of(kEntry, {{"mfu", "0.38"}});
  CHECK(spec.number("mfu") == 0.38);
  CHECK_FALSE(spec.value("mfu").preset);
  CHECK(spec.value("mfu").source_text == "0.38");
  CHECK(spec.value("budget").preset);
  CHECK(spec.value("budget").source_text == "2e9 USD");
  CHECK(spec.money("budget") == Money::from_usd(2e9));
  CHECK_FALSE(spec.flag("embodied"));
  CHECK_FALSE(spec.has("count"));
  CHECK(spec.has("life"));
}

TEST_CASE("values come out with their types") {
  const Spec spec = spec_of(
      kEntry,
      {{"count", "9007199254740992"}, {"name", "hare"}, {"embodied", "true"}, {"life", "5 yr"}, {"budget", "0.1 USD"}});
  CHECK(spec.count("count") == std::int64_t{1} << 53);
  CHECK(spec.text("name") == "hare");
  CHECK(spec.flag("embodied"));
  CHECK(spec.duration("life") == kYear * 5);
  CHECK(spec.money("budget") == Money::from_micros(100'000));
}

TEST_CASE("unlimited durations") { CHECK(spec_of(kEntry, {}).duration("life") == Duration::unlimited()); }

TEST_CASE("durations are exact to the millisecond as long as doubles are") {
  Spec spec = spec_of(kEntry, {});
  Random random(11);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t milliseconds = random.between(-(std::int64_t{1} << 53), std::int64_t{1} << 53);
    spec.value("life").data = static_cast<double>(milliseconds);
    REQUIRE(spec.duration("life").milliseconds() == milliseconds);
  }
  for (const double outside : {0x1p63, -1e300, std::numeric_limits<double>::quiet_NaN()}) {
    spec.value("life").data = outside;
    CHECK_THROWS_AS(spec.duration("life"), TimeOverflow);
  }
}

TEST_CASE("an instant is a date or a duration from the start") {
  const Time start = date("2026-01-01");
  CHECK(spec_of(kEntry, {{"at", "2030-06-01"}}).instant("at", start) == date("2030-06-01"));
  CHECK(spec_of(kEntry, {{"at", "8 yr"}}).instant("at", start) == date("2034-01-01"));  // two leap days in eight years
  CHECK(spec_of(kEntry, {{"at", "0 s"}}).instant("at", start) == start);
  CHECK(spec_of(kEntry, {{"at", "1e8 yr"}}).instant("at", Time::latest() - kYear) == Time::latest());
}

TEST_CASE("sections, lists and tables") {
  Spec spec = spec_of(kEntry, {});
  REQUIRE(spec.section("part") != nullptr);
  CHECK(spec.section("part")->entry == &kPart);
  CHECK(spec.section("part")->number("share") == 1);
  CHECK(spec.section("other") == nullptr);
  CHECK(spec.sections("sites").empty());
  spec.value("sites").data = std::vector<Spec>{spec_of(kPart, {{"share", "2"}}), spec_of(kPart, {{"share", "3"}})};
  REQUIRE(spec.sections("sites").size() == 2);
  CHECK(spec.sections("sites")[1].number("share") == 3);
}

TEST_CASE("a wrong accessor is a bug in the caller") {
  const Spec spec = spec_of(kEntry, {{"name", "hare"}, {"mfu", "0.38"}});
  CHECK_THROWS_AS(spec.value("mfus"), std::logic_error);
  CHECK_THROWS_AS(spec.has(""), std::logic_error);
  CHECK_THROWS_AS(spec.number("name"), std::logic_error);
  CHECK_THROWS_AS(spec.text("mfu"), std::logic_error);
  CHECK_THROWS_AS(spec.flag("mfu"), std::logic_error);
  CHECK_THROWS_AS(spec.numbers("mfu"), std::logic_error);
  CHECK_THROWS_AS(spec.texts("name"), std::logic_error);
  CHECK_THROWS_AS(spec.count("count"), std::logic_error);  // absent
  CHECK_THROWS_AS(spec.instant("at", Time{}), std::logic_error);
  CHECK_THROWS_WITH(spec.number("mfus"), "entry \"thing\" has no parameter \"mfus\"");
  CHECK_THROWS_WITH(spec.number("name"), "parameter \"name\" of \"thing\" holds no value of that shape");
}
