#include "fleetrace/core/quantity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace fleetrace::core;

double value(Dimension dimension, std::string_view text) {
  const auto result = parse_quantity(dimension, text);
  if (const auto* problem = std::get_if<QuantityProblem>(&result)) {
    FAIL(problem->problem << " (" << problem->reason << "). " << problem->suggestion);
  }
  return std::get<double>(result);
}

std::string complaint(Dimension dimension, std::string_view text) {
  const auto result = parse_quantity(dimension, text);
  if (const auto* problem = std::get_if<QuantityProblem>(&result)) {
    return problem->problem + " (" + problem->reason + "). " + problem->suggestion;
  }
  return "accepted";
}

const std::vector<Dimension> kAll = {
    Dimension::number,     Dimension::count,  Dimension::duration,          Dimension::money,
    Dimension::money_rate, Dimension::power,  Dimension::energy_price,      Dimension::compute_rate,
    Dimension::compute,    Dimension::growth, Dimension::price_performance, Dimension::power_intensity,
    Dimension::decline,    Dimension::memory, Dimension::count_rate,        Dimension::bandwidth,
    Dimension::power_cost,
};

}  // namespace

TEST_CASE("numbers are read exactly", "[quantity]") {
  CHECK(value(Dimension::number, "0") == 0);
  CHECK(!std::signbit(value(Dimension::number, "-0")));
  CHECK(value(Dimension::number, "0.38") == 0.38);
  CHECK(value(Dimension::number, "-1.5E-3") == -1.5e-3);
  CHECK(value(Dimension::number, "1e+06") == 1e6);
  CHECK(value(Dimension::number, "1.7976931348623157e308") == std::numeric_limits<double>::max());
  CHECK(value(Dimension::number, "5e-324") == std::numeric_limits<double>::denorm_min());
  CHECK(value(Dimension::number, "2.2250738585072011e-308") == 2.2250738585072011e-308);
  CHECK(value(Dimension::number, "0e999999999999999999999") == 0);
  CHECK(value(Dimension::number, "0." + std::string(5000, '0') + "1e5001") == 1);
  CHECK(std::get<double>(parse_number("2.5")) == 2.5);
}

TEST_CASE("counts are whole, up to 2^53", "[quantity]") {
  CHECK(value(Dimension::count, "4096") == 4096);
  CHECK(value(Dimension::count, "1e3") == 1000);
  CHECK(value(Dimension::count, "1.5e1") == 15);
  CHECK(value(Dimension::count, "2.0") == 2);
  CHECK(value(Dimension::count, "-3") == -3);
  CHECK(value(Dimension::count, "9007199254740992") == 9007199254740992.0);
  CHECK(complaint(Dimension::count, "1.5") ==
        R"("1.5" is not a whole number (not whole). Write a whole number, such as "4096".)");
  CHECK(complaint(Dimension::count, "4503599627370496.3").find("not whole") != std::string::npos);
  CHECK(complaint(Dimension::count, "9007199254740993") ==
        R"("9007199254740993" is not a whole number (too large). Counts go up to 9007199254740992.)");
  CHECK(complaint(Dimension::count, "1e300").find("too large") != std::string::npos);
  CHECK(complaint(Dimension::count, "1e-400").find("not whole") != std::string::npos);
  CHECK(complaint(Dimension::count, "4096 GPUs") ==
        R"("4096 GPUs" is not a whole number (a count takes no unit). Write "4096".)");
}

TEST_CASE("units convert exactly", "[quantity]") {
  CHECK(value(Dimension::duration, "1 s") == 1e3);
  CHECK(value(Dimension::duration, "1 min") == 6e4);
  CHECK(value(Dimension::duration, "72 h") == 259'200'000);
  CHECK(value(Dimension::duration, "1 day") == 86'400'000);
  CHECK(value(Dimension::duration, "365.25 days") == 31'557'600'000);
  CHECK(value(Dimension::duration, "1 month") == 2'629'800'000);
  CHECK(value(Dimension::duration, "12 months") == value(Dimension::duration, "1 yr"));
  CHECK(value(Dimension::duration, "8   yr") == 8 * 31'557'600'000.0);
  CHECK(value(Dimension::money, "2e9 USD") == 2e9);
  CHECK(value(Dimension::money_rate, "75e6 USD/yr") == 75e6);
  CHECK(value(Dimension::money_rate, "1 USD/month") == 12);
  CHECK(value(Dimension::power, "700 W") == 700);
  CHECK(value(Dimension::power, "1.5 kW") == 1500);
  CHECK(value(Dimension::power, "150 MW") == 1.5e8);
  CHECK(value(Dimension::power, "1 GW") == 1e9);
  CHECK(value(Dimension::energy_price, "0.0826 USD/kWh") == 0.0826);
  CHECK(value(Dimension::energy_price, "82.6 USD/MWh") == 0.0826);
  CHECK(value(Dimension::compute_rate, "989 TFLOP/s") == 9.89e14);
  CHECK(value(Dimension::compute_rate, "1 EFLOP/s") == 1e18);
  CHECK(value(Dimension::compute, "3640 PF-days") == 3640 * 8.64e19);
  CHECK(value(Dimension::compute, "1 YFLOP") == 1e24);
  CHECK(value(Dimension::price_performance, "30 GFLOP/s/USD") == 3e10);
  CHECK(value(Dimension::power_intensity, "1.4 W/(TFLOP/s)") == 1.4e-12);
  CHECK(value(Dimension::power_intensity, "1.4 kW/(PFLOP/s)") == 1.4e-12);
  CHECK(value(Dimension::growth, "-1.5 doublings/yr") == -1.5);
  CHECK(value(Dimension::decline, "0.153 /yr") == 0.153);
  CHECK(value(Dimension::count_rate, "2 /yr") == 2);
  CHECK(value(Dimension::memory, "80 GB") == 8e10);
  CHECK(value(Dimension::bandwidth, "3.35 TB/s") == 3.35e12);
}

TEST_CASE("a missing or wrong unit is named", "[quantity]") {
  CHECK(complaint(Dimension::duration, "8") ==
        R"("8" is not a duration (no unit). Write a unit: s, min, h, day, days, month, months, yr.)");
  CHECK(complaint(Dimension::duration, "3 monhts") ==
        R"("3 monhts" is not a duration (unknown unit). Did you mean "3 months"?)");
  CHECK(complaint(Dimension::duration, "8yr") ==
        R"("8yr" is not a duration (no space between number and unit). Write "8 yr".)");
  CHECK(complaint(Dimension::duration, "8years") ==
        R"("8years" is not a duration (unknown unit). Did you mean "8 yr"?)");
  CHECK(complaint(Dimension::duration, "2 Years") ==
        R"("2 Years" is not a duration (unknown unit). Did you mean "2 yr"?)");
  CHECK(complaint(Dimension::duration, "2 weeks") ==
        R"("2 weeks" is not a duration (unknown unit). Did you mean "14 days"?)");
  CHECK(complaint(Dimension::duration, "3 m") ==
        R"("3 m" is not a duration (unknown unit). Valid units are: s, min, h, day, days, month, months, yr.)");
  CHECK(complaint(Dimension::duration, "8 MW") ==
        R"("8 MW" is not a duration (wrong unit). Valid units are: s, min, h, day, days, month, months, yr.)");
  CHECK(complaint(Dimension::money, "5 $") ==
        R"("5 $" is not an amount of money (unknown unit). Did you mean "5 USD"?)");
  CHECK(complaint(Dimension::money, "2 bn USD") ==
        R"("2 bn USD" is not an amount of money (unknown unit). Did you mean "2 BUSD"?)");
  CHECK(
      complaint(Dimension::money, "5 EUR") ==
      R"("5 EUR" is not an amount of money (unknown unit). Valid units are: USD, kUSD, MUSD, million USD, BUSD, billion USD, TUSD, trillion USD.)");
  CHECK(complaint(Dimension::energy_price, "0.08 $/kWh") ==
        R"("0.08 $/kWh" is not an energy price (unknown unit). Did you mean "0.08 USD/kWh"?)");
  CHECK(complaint(Dimension::power, "5 mw") ==
        R"("5 mw" is not a power (unknown unit). Valid units are: W, kW, MW, GW, TW.)");
  CHECK(complaint(Dimension::power, "5 Watt") == R"("5 Watt" is not a power (unknown unit). Did you mean "5 W"?)");
  CHECK(complaint(Dimension::compute_rate, "5 TFLOPS") ==
        R"("5 TFLOPS" is not a compute rate (unknown unit). Did you mean "5 TFLOP/s"?)");
  CHECK(complaint(Dimension::memory, "1 GiB") ==
        R"("1 GiB" is not an amount of memory (unknown unit). Did you mean "1.073741824 GB"?)");
  CHECK(complaint(Dimension::decline, "0.153/yr") ==
        R"("0.153/yr" is not a rate of decline (no space between number and unit). Write "0.153 /yr".)");
  CHECK(complaint(Dimension::decline, "0.153 1/yr") ==
        R"("0.153 1/yr" is not a rate of decline (unknown unit). Did you mean "0.153 /yr"?)");
  CHECK(complaint(Dimension::number, "38 %") ==
        R"("38 %" is not a number (a pure number takes no unit). Write 0.38 instead of 38 %.)");
  CHECK(complaint(Dimension::number, "38%") ==
        R"("38%" is not a number (a pure number takes no unit). Write 0.38 instead of 38 %.)");
  CHECK(complaint(Dimension::number, "0.38 yr") ==
        R"("0.38 yr" is not a number (a pure number takes no unit). Write a number, such as "0.38".)");
  CHECK(complaint(Dimension::number, "9 %/yr") ==
        R"("9 %/yr" is not a number (a pure number takes no unit). Write 0.09 instead of 9 %/yr.)");
  CHECK(complaint(Dimension::count, "4096 GPUs") ==
        R"("4096 GPUs" is not a whole number (a count takes no unit). Write "4096".)");
  CHECK(complaint(Dimension::count, "18k") ==
        R"("18k" is not a whole number (a count takes no unit). Write 18000 instead of 18k.)");
}

TEST_CASE("numbers are read strictly", "[quantity]") {
  CHECK(complaint(Dimension::number, "010") == R"("010" is not a number (leading zero). Write "10".)");
  CHECK(complaint(Dimension::duration, "00.5 yr") == R"("00.5 yr" is not a duration (leading zero). Write "0.5 yr".)");
  CHECK(complaint(Dimension::number, ".5") == R"(".5" is not a number (no digit before the point). Write "0.5".)");
  CHECK(complaint(Dimension::number, "1.") == R"("1." is not a number (no digit after the point). Write "1".)");
  CHECK(complaint(Dimension::number, "1.e3") == R"("1.e3" is not a number (no digit after the point). Write "1e3".)");
  CHECK(complaint(Dimension::number, "+5") == R"("+5" is not a number (leading plus sign). Write "5".)");
  CHECK(complaint(Dimension::duration, "1_000 h") ==
        R"("1_000 h" is not a duration (underscore in a number). Write "1000 h".)");
  CHECK(
      complaint(Dimension::money, "1,000 USD") ==
      R"("1,000 USD" is not an amount of money (comma in a number). Write digits without grouping, and a point before the decimals.)");
  CHECK(complaint(Dimension::number, "0x10") ==
        R"("0x10" is not a number (not decimal). Write a number, such as "0.38".)");
  CHECK(complaint(Dimension::number, "0o10") ==
        R"("0o10" is not a number (not decimal). Write a number, such as "0.38".)");
  for (const char* text : {".inf", "-.Inf", "inf", "Infinity", "nan", ".NaN"}) {
    CHECK(complaint(Dimension::number, text) ==
          '"' + std::string(text) + R"(" is not a number (not finite). Write a finite number.)");
  }
  CHECK(complaint(Dimension::duration, "soon") ==
        R"("soon" is not a duration (no number). Write a number and a unit, such as "8 yr".)");
  CHECK(complaint(Dimension::duration, "") ==
        R"("" is not a duration (empty). Write a number and a unit, such as "8 yr".)");
  CHECK(complaint(Dimension::duration, " 8 yr") ==
        R"(" 8 yr" is not a duration (space around it). Remove the space at either end.)");
  CHECK(complaint(Dimension::number, "1.2.3") ==
        R"("1.2.3" is not a number (more than a number). Write a number, such as "0.38".)");
  CHECK(
      complaint(Dimension::number, "1e400") ==
      R"("1e400" is not a number (too large to represent). The largest number is about 1.8e308, the smallest about 4.9e-324.)");
  CHECK(complaint(Dimension::number, "-1e-400").find("too small to represent") != std::string::npos);
  CHECK(complaint(Dimension::number, "1e99999999999999999999").find("too large to represent") != std::string::npos);
  CHECK(complaint(Dimension::number, "1e-99999999999999999999").find("too small to represent") != std::string::npos);
  CHECK(complaint(Dimension::compute, "1e300 YFLOP").find("too large to represent") != std::string::npos);
  CHECK(complaint(Dimension::power_intensity, "1e-320 W/(TFLOP/s)").find("too small to represent") !=
        std::string::npos);
  for (const char* text :
       {"-", "--5", "e5", "1e", "1e+", "- 5", "5-", "1\t2", "\xff", "1\xff", "8 yr yr", "0x", "_", "+", "."}) {
    CHECK(complaint(Dimension::number, text) != "accepted");
    CHECK(complaint(Dimension::duration, text) != "accepted");
  }
}

TEST_CASE("a long text is cut in the message", "[quantity]") {
  const std::string text = std::string(59, 'x') + "\xc3\xa9" + std::string(60'000, 'x');
  CHECK(complaint(Dimension::number, text) ==
        '"' + std::string(59, 'x') + "...\" is not a number (no number). Write a number, such as \"0.38\".");
  CHECK(complaint(Dimension::duration, "5 " + std::string(60'000, 'x')).size() < 250);
}

TEST_CASE("quantities are written as people write them", "[quantity]") {
  const auto again = [](Dimension dimension, const char* text) {
    return format_quantity(dimension, value(dimension, text));
  };
  for (const char* text : {"8 yr", "6 months", "1.5 yr", "1.5 h", "72 h", "96517 h", "2.07 yr", "1.54 yr", "90 days",
                           "0 s", "0.001 s", "30 min", "-2 yr", "6.6 yr"}) {
    CHECK(again(Dimension::duration, text) == text);
  }
  for (const char* text : {"2 billion USD", "999999 USD", "1.5 million USD", "0.1 USD", "-12.3456789 million USD",
                           "1e+300 USD", "1.234567890123456 billion USD"}) {
    CHECK(again(Dimension::money, text) == text);
  }
  for (const char* text : {"150 MW", "700 W", "1 GW", "1.275 kW"}) CHECK(again(Dimension::power, text) == text);
  CHECK(again(Dimension::money_rate, "75e6 USD/yr") == "75 million USD/yr");
  CHECK(again(Dimension::energy_price, "0.0826 USD/kWh") == "0.0826 USD/kWh");
  CHECK(again(Dimension::compute_rate, "1979e12 FLOP/s") == "1.979 PFLOP/s");
  CHECK(again(Dimension::compute, "3640 PF-days") == "3.14496e+23 FLOP");
  CHECK(again(Dimension::price_performance, "3e10 FLOP/s/USD") == "30 GFLOP/s/USD");
  CHECK(again(Dimension::power_intensity, "1.4 kW/(PFLOP/s)") == "1.4 W/(TFLOP/s)");
  CHECK(again(Dimension::growth, "1.5 doublings/yr") == "1.5 doublings/yr");
  CHECK(again(Dimension::decline, "0.153 /yr") == "0.153 /yr");
  CHECK(again(Dimension::memory, "141 GB") == "141 GB");
  CHECK(again(Dimension::bandwidth, "3.35 TB/s") == "3.35 TB/s");
  CHECK(again(Dimension::count, "1e6") == "1000000");
  CHECK(again(Dimension::number, "0.05") == "0.05");
  CHECK(format_quantity(Dimension::duration, std::numeric_limits<double>::infinity()) == "unlimited");
}

// 32.76 x 1e6 as doubles is 32,759,999.999999996: 12,999 of 13,000 accelerators of 2,520 W would fit.
TEST_CASE("a decimal is the nearest value of its unit", "[quantity]") {
  CHECK(value(Dimension::power, "32.76 MW") == 32'760'000.0);
  CHECK(value(Dimension::power, "32.76 MW") == 13'000 * 2'520.0);
  CHECK(value(Dimension::money, "0.29 million USD") == 290'000.0);
  CHECK(value(Dimension::duration, "1.001 s") == 1001.0);
  CHECK(value(Dimension::money_rate, "2.3 USD/h") == 20161.8);
  // Every hundredth of a megawatt, and every thousandth of a gigawatt, is a whole number of watts.
  for (int i = 1; i < 100'000; ++i) {
    const std::string hundredths = std::to_string(i / 100) + '.' + (i % 100 < 10 ? "0" : "") + std::to_string(i % 100);
    if (value(Dimension::power, hundredths + " MW") != i * 1e4) FAIL(hundredths);
    if (value(Dimension::power_cost, hundredths + " USD/kW") != i / 1e5) FAIL(hundredths);
  }
}

TEST_CASE("what is written reads back", "[quantity]") {
  std::uint64_t state = 1;
  const auto next = [&state] {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state >> 11U) * 0x1p-53;
  };
  for (const Dimension dimension : kAll) {
    for (int i = 0; i < 5'000; ++i) {
      double x = std::pow(10, 40 * next() - 20) * (next() < 0.5 ? -1 : 1);
      if (dimension == Dimension::count) x = std::floor(next() * 0x1p53);
      if (value(dimension, format_quantity(dimension, x)) != x) FAIL(format_quantity(dimension, x) << " for " << x);
    }
  }
  for (int i = 0; i < 5'000; ++i) {
    const double micros = std::floor(next() * 0x1p53);
    const double read = value(Dimension::money, format_quantity(Dimension::money, micros / 1e6));
    if (read != micros / 1e6) FAIL(micros);
  }
}

TEST_CASE("reals have twelve digits", "[quantity]") {
  CHECK(format_real(0.1) == "0.1");
  CHECK(format_real(1.5e21) == "1.5e+21");
  CHECK(format_real(-0.0) == "0");
  CHECK(format_real(1.0 / 3) == "0.333333333333");
  CHECK(format_real(123456) == "123456");
  CHECK(format_real(1e-7) == "1e-07");
}

TEST_CASE("every dimension says what it takes", "[quantity]") {
  CHECK(units(Dimension::duration) == "s, min, h, day, days, month, months, yr");
  CHECK(units(Dimension::number).empty());
  CHECK(base_unit(Dimension::duration) == "ms");
  CHECK(base_unit(Dimension::power_intensity) == "W/(FLOP/s)");
  for (const Dimension dimension : kAll) {
    CHECK(!describe(dimension).empty());
    const bool pure = dimension == Dimension::number || dimension == Dimension::count;
    CHECK(units(dimension).empty() == pure);
    CHECK(base_unit(dimension).empty() == pure);
  }
}
