#include "fleetrace/core/parameter.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "fleetrace/core/quantity.hpp"

namespace {

using namespace fleetrace::core;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string words(Dimension dimension, const Range& range) {
  const Parameter parameter{.name = "x", .summary = "", .dimension = dimension, .range = range};
  return describe(parameter, range);
}

const Entry kRun{
    .name = "run",
    .summary = "",
    .parameters = {
        {.name = "length", .summary = "", .dimension = Dimension::duration},
        {.name = "doubling", .summary = "", .shape = Shape::growth, .dimension = Dimension::growth},
        {.name = "price_performance_doubling", .summary = "", .shape = Shape::growth, .dimension = Dimension::growth},
        {.name = "not_a_doubling", .summary = "", .dimension = Dimension::number}}};
const Entry kOther{.name = "other", .summary = "", .parameters = {}};
constexpr const Entry* kEntries[] = {&kOther, &kRun};

}  // namespace

TEST_CASE("ranges hold their closed ends and not their open ones") {
  CHECK(Range{}.contains(-kInfinity));
  CHECK(Range{}.contains(kInfinity));
  CHECK_FALSE(Range{}.contains(std::numeric_limits<double>::quiet_NaN()));
  CHECK_FALSE(above(0).contains(0));
  CHECK(above(0).contains(std::numeric_limits<double>::denorm_min()));
  CHECK(above(0).contains(kInfinity));
  CHECK(at_least(0).contains(0));
  CHECK_FALSE(at_least(0).contains(-std::numeric_limits<double>::denorm_min()));
  CHECK(between(-1, 2).contains(-1));
  CHECK(between(-1, 2).contains(2));
  CHECK_FALSE(between(-1, 2).contains(2.0000000001));
  CHECK_FALSE(above_up_to(0, 1).contains(0));
  CHECK(above_up_to(0, 1).contains(1));
  const Range open{0, 1, true, true};
  CHECK_FALSE(open.contains(0));
  CHECK_FALSE(open.contains(1));
  CHECK(open.contains(0.5));
  CHECK_FALSE(Range{0, 1, false, true}.contains(1));
}

TEST_CASE("ranges in words") {
  CHECK(words(Dimension::number, {}).empty());
  CHECK(words(Dimension::number, above_up_to(0, 1)) == "above 0 and at most 1");
  CHECK(words(Dimension::number, {0, 1, true, true}) == "above 0 and below 1");
  CHECK(words(Dimension::number, {0, 1, false, true}) == "at least 0 and below 1");
  CHECK(words(Dimension::number, at_least(1)) == "at least 1");
  CHECK(words(Dimension::number, {-kInfinity, 5, false, true}) == "below 5");
  CHECK(words(Dimension::count, between(1, 1)) == "1");
  CHECK(words(Dimension::money, between(0, 9e12)) == "at least 0 USD and at most 9 trillion USD");
  CHECK(words(Dimension::duration, at_least(1)) == "at least 0.001 s");
  CHECK(words(Dimension::growth, between(-20, 20)) == "at least -20 doublings/yr and at most 20 doublings/yr");
  CHECK(words(Dimension::power, above(0)).substr(0, 8) == "above 0 ");
}

TEST_CASE("growth has two keys") {
  CHECK(growth_keys(*kRun.find("doubling")).doubling == "doubling");
  CHECK(growth_keys(*kRun.find("doubling")).rate == "rate");
  CHECK(growth_keys(*kRun.find("price_performance_doubling")).rate == "price_performance_rate");
}

TEST_CASE("parameters are found by name, growth by either key") {
  CHECK(kRun.find("length") == &kRun.parameters[0]);
  CHECK(kRun.find("doubling") == &kRun.parameters[1]);
  CHECK(kRun.find("rate") == &kRun.parameters[1]);
  CHECK(kRun.find("price_performance_doubling") == &kRun.parameters[2]);
  CHECK(kRun.find("price_performance_rate") == &kRun.parameters[2]);
  CHECK(kRun.find("not_a_rate") == nullptr);
  CHECK(kRun.find("Length") == nullptr);
  CHECK(kRun.find("") == nullptr);
}

TEST_CASE("entries are found by name") {
  const Family family{.name = "f", .summary = "", .selector = "model", .entries = kEntries};
  CHECK(family.find("run") == &kRun);
  CHECK(family.find("other") == &kOther);
  CHECK(family.find("runs") == nullptr);
  CHECK(family.find("") == nullptr);
}
