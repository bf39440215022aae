#include "sim/scenario/schema/money_entry.hpp"

#include <algorithm>
#include <cctype>

namespace fleetrace::scenario {
namespace {

using core::Dimension;
using core::Entry;
using core::Family;
using core::Shape;

const Entry kMoney{
    .name = "money",
    .summary = "What amounts are written in beside USD, and of which year prices are.",
    .parameters = {
        {.name = "currency",
         .summary =
             "a currency that amounts may be written in beside USD, by its code of three capital letters: 3e9 EUR, 5 MEUR, "
             "0.1 EUR/kWh; all results are in USD",
         .shape = Shape::text},
        {.name = "usd",
         .summary = "what one of that currency is worth in USD; amounts are multiplied by it when they are read",
         .range = core::between(1e-9, 1e6),
         .why = "it is what one of the currency is worth in USD",
         .usual = core::between(1e-5, 5),
         .usual_why = "it is what one of the currency is worth in USD, not how many of it one USD buys"},
        {.name = "price_year",
         .summary = "the year whose prices amounts are in, which notes state; nothing is deflated",
         .dimension = Dimension::count,
         .range = core::between(1900, 2200),
         .why = "it is a year of the calendar, with four digits"},
    }};
constexpr const Entry* kMoneyEntries[] = {&kMoney};
constexpr Family kMoneyFamily = core::plain_section("money", kMoneyEntries);

/// The code that was probably meant by a text that is none.
std::string meant_code(const std::string& text) {
  std::string upper = text;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (core::is_currency_code(upper)) return upper;
  return std::string(core::code_of_currency(text));
}

}  // namespace

const Family& money_family() { return kMoneyFamily; }

std::optional<core::Currency> currency_of(const core::Spec& root) {
  const core::Spec* money = root.section("money");
  if (money == nullptr || !money->has("currency") || !money->has("usd") || money->text("currency") == kDollar)
    return std::nullopt;
  return core::Currency{money->text("currency"), money->value("usd").source_text};
}

std::string money_note(const core::Spec& root) {
  const core::Spec* money = root.section("money");
  if (money == nullptr) return {};
  std::string text = "Money is in USD";
  if (money->has("price_year")) text += " of " + std::to_string(money->count("price_year"));
  if (const std::optional<core::Currency> currency = currency_of(root))
    text += "; 1 " + currency->code + " = " + currency->usd + " USD";
  return text + '.';
}

void check_money(const core::Spec& root, core::Diagnostics& diagnostics) {
  const core::Spec* money = root.section("money");
  if (money == nullptr) return;
  const auto refuse = [&](const core::Location& where, const char* key, std::string problem, std::string reason,
                          std::string suggestion) {
    diagnostics.add({where, std::string("money.") + key, std::move(problem), std::move(reason), std::move(suggestion)});
  };
  const core::Value& currency = money->value("currency");
  const core::Value& usd = money->value("usd");
  if (!currency.given()) {
    if (usd.given())
      refuse(usd.where, "currency", "it is missing", "usd is what one of it is worth",
             "Write currency: EUR beside it, for example.");
    return;
  }
  const std::string& code = money->text("currency");
  if (!core::is_currency_code(code)) {
    const std::string meant = meant_code(code);
    refuse(currency.where, "currency", '"' + code + "\" is not the code of a currency", "it has three capital letters",
           meant.empty() ? "Write one such as EUR." : "Did you mean \"" + meant + "\"?");
  } else if (code == kDollar) {
    if (usd.given() && money->number("usd") != 1)
      refuse(usd.where, "usd", "one USD is 1 USD", "all results are in USD",
             "Leave usd out, or name the other currency.");
  } else if (!usd.given()) {
    refuse(currency.where, "usd", "it is missing", "nothing says what one " + code + " is worth",
           "Write usd: 1.08 beside it, for example, where one " + code + " is worth 1.08 USD.");
  }
}

}  // namespace fleetrace::scenario
