#include "sim/core/units/currency.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace fleetrace::core {
namespace {

const std::optional<Currency> kEuro = Currency{"EUR", "1.08"};

double read(Dimension dimension, const std::string& text, const std::optional<Currency>& currency = {}) {
  INFO(text);
  const auto result = parse_quantity(dimension, text, currency);
  if (const auto* problem = std::get_if<QuantityProblem>(&result)) INFO(problem->problem << ' ' << problem->reason);
  REQUIRE(result.index() == 0);
  return std::get<double>(result);
}

std::string complaint(Dimension dimension, const std::string& text, const std::optional<Currency>& currency = {}) {
  const auto result = parse_quantity(dimension, text, currency);
  if (result.index() == 0) return "accepted";
  const auto& problem = std::get<QuantityProblem>(result);
  return problem.problem + " (" + problem.reason + "). " + problem.suggestion;
}

TEST_CASE("An amount in a currency is the exact product with what that is worth", "[units]") {
  CHECK(read(Dimension::money, "3e9 EUR", kEuro) == 3.24e9);
  CHECK(read(Dimension::money, "0.1 EUR", kEuro) == 0.108);  // a product of doubles ends in ...09
  CHECK(0.1 * 1.08 != 0.108);
  CHECK(read(Dimension::energy_price, "0.1 EUR/kWh", kEuro) == 0.108);
  CHECK(read(Dimension::money, "-2.5 MEUR", kEuro) == -2.7e6);
  CHECK(read(Dimension::money, "1 k EUR", kEuro) == 1080);
  CHECK(read(Dimension::money, "2 billion EUR", kEuro) == 2.16e9);
  CHECK(read(Dimension::money_rate, "2.4 EUR/h", kEuro) == read(Dimension::money_rate, "2.592 USD/h"));
  CHECK(read(Dimension::money, "0 EUR", kEuro) == 0);
  CHECK(read(Dimension::money, "3e9 USD", kEuro) == 3e9);
  CHECK(read(Dimension::money, "1500000 JPY", Currency{"JPY", "0.0064"}) == 9600);
  CHECK(read(Dimension::power, "150 MW", kEuro) == 1.5e8);
}

TEST_CASE("Every unit of money has its twin in the currency", "[units]") {
  std::size_t twins = 0;
  for (const Dimension dimension : {Dimension::money, Dimension::money_rate, Dimension::energy_price,
                                    Dimension::power_cost, Dimension::compute_price, Dimension::price_performance}) {
    for (const std::string_view unit : all_units(dimension)) {
      const std::string own = unit_in("EUR", unit);
      REQUIRE_FALSE(own.empty());
      ++twins;
      INFO(own);
      const double euros = read(dimension, "1.7 " + own, kEuro);
      if (dimension == Dimension::price_performance) {
        CHECK(euros == Approx(read(dimension, "1.7 " + std::string(unit)) / 1.08).epsilon(1e-15));
      } else {
        CHECK(euros == read(dimension, "1.836 " + std::string(unit)));
      }
    }
  }
  CHECK(twins > 100);
  CHECK(unit_in("EUR", "MW").empty());
}

TEST_CASE("What is bought for a unit of a currency is divided by what that is worth", "[units]") {
  CHECK(read(Dimension::price_performance, "3e10 FLOP/s/EUR", Currency{"EUR", "1.25"}) == 2.4e10);
}

TEST_CASE("A currency that is not declared is said to be none", "[units]") {
  const std::string declare = "Declare it: money: {currency: EUR, usd: ...}, where usd is what one EUR is worth.";
  for (const char* text : {"3e9 EUR", "5 MEUR", "2 billion EUR", "3e9 \xe2\x82\xac", "3e9 euros", "3e9 Euro"}) {
    INFO(text);
    CHECK(complaint(Dimension::money, text) ==
          '"' + std::string(text) + "\" is not an amount of money (EUR is a currency that is not declared). " +
              declare);
  }
  CHECK(complaint(Dimension::energy_price, "0.1 EUR/kWh").find(declare) != std::string::npos);
  CHECK(
      complaint(Dimension::money, "3e9 GBP", kEuro) ==
      "\"3e9 GBP\" is not an amount of money (GBP is a currency that is not declared). Write it in USD or in EUR, which the "
      "scenario declares.");
  // What is misspelt is no currency, and what is no money is none in any.
  CHECK(complaint(Dimension::money, "3e9 UDS").find("Did you mean \"3e9 USD\"?") != std::string::npos);
  CHECK(complaint(Dimension::power, "3e9 EUR").find("not declared") == std::string::npos);
}

TEST_CASE("Complaints about amounts in a declared currency speak of it", "[units]") {
  CHECK(complaint(Dimension::money, "3e9EUR", kEuro) ==
        "\"3e9EUR\" is not an amount of money (no space between number and unit). Write \"3e9 EUR\".");
  CHECK(complaint(Dimension::money, "1,000 EUR", kEuro).find("\"1,000 EUR\" is not an amount of money") == 0);
  CHECK(complaint(Dimension::money, "3e9 \xe2\x82\xac", kEuro).find("Did you mean \"3e9 EUR\"?") != std::string::npos);
  CHECK(complaint(Dimension::power, "3 EUR", kEuro).find("\"3 EUR\" is not a power") == 0);
  CHECK(complaint(Dimension::money, "1.7e308 EUR", kEuro) ==
        "\"1.7e308 EUR\" is not an amount of money (too large to represent). One EUR is 1.08 USD.");
  CHECK(complaint(Dimension::number, "3 EUR", kEuro).find("a pure number takes no unit") != std::string::npos);
}

TEST_CASE("Codes of currencies have three capital letters", "[units]") {
  CHECK(is_currency_code("EUR"));
  for (const char* text : {"eur", "EURO", "EU", "", "E1R", "\xe2\x82\xac"}) CHECK_FALSE(is_currency_code(text));
  CHECK(code_of_currency("Euro") == "EUR");
  CHECK(code_of_currency("\xc2\xa3") == "GBP");
  CHECK(code_of_currency("yuan").empty());
}

}  // namespace
}  // namespace fleetrace::core
