#include "sim/core/units/currency.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/units/conversion.hpp"
#include "sim/core/units/unit_table.hpp"

namespace fleetrace::core {
namespace {

constexpr std::string_view kDollar = "USD";
constexpr std::size_t kLength = kDollar.size();

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// What people write for a currency, in lower case.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kWords = {{
    {"\xe2\x82\xac", "EUR"},
    {"euros", "EUR"},
    {"euro", "EUR"},
    {"\xc2\xa3", "GBP"},
    {"pounds", "GBP"},
    {"pound", "GBP"},
}};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  for (std::size_t at = text.find(from); at != std::string_view::npos; at = text.find(from)) {
    result.append(text.substr(0, at)).append(to);
    text.remove_prefix(at + from.size());
  }
  return result.append(text);
}

/// Whether what stands at a place of a text may be the code of a currency: nothing but a prefix belongs to the same word.
bool is_word(std::string_view text, std::size_t at, std::size_t length) {
  return at > 0 && (at + length == text.size() || text[at + length] == '/' || text[at + length] == ' ');
}

/// The place of the code in the text of a quantity, behind its number; npos where it is not there.
std::size_t find_code(std::string_view text, std::string_view code) {
  for (std::size_t at = text.find(code); at != std::string_view::npos; at = text.find(code, at + 1)) {
    if (is_word(text, at, code.size())) return at;
  }
  return std::string_view::npos;
}

/// A quantity that is the same text in dollars, where there is one.
struct Named {
  std::string code;     ///< of the currency that the text names
  std::string dollars;  ///< the text with USD in its place
  bool is_code = true;  ///< whether it is named by its code
};

/// A currency of any name in a text that is a quantity but for it.
std::optional<Named> named_currency(Dimension dimension, std::string_view text) {
  const auto in_dollars = [&](std::size_t at, std::size_t length) {
    return std::string(text.substr(0, at)).append(kDollar).append(text.substr(at + length));
  };
  const auto is_read = [&](const std::string& dollars) { return parse_quantity(dimension, dollars).index() == 0; };
  for (std::size_t at = 1; at + kLength <= text.size(); ++at) {
    if (!is_currency_code(text.substr(at, kLength)) || !is_word(text, at, kLength)) continue;
    if (std::string dollars = in_dollars(at, kLength); is_read(dollars))
      return Named{std::string(text.substr(at, kLength)), std::move(dollars)};
  }
  for (const auto& [word, code] : kWords) {
    const std::size_t at = find_code(lower(text), word);
    if (at == std::string_view::npos) continue;
    if (std::string dollars = in_dollars(at, word.size()); is_read(dollars))
      return Named{std::string(code), std::move(dollars), false};
  }
  return std::nullopt;
}

/// The problem of a text that is no quantity in USD: where it is one in a currency, that this is not declared.
QuantityProblem with_currency(Dimension dimension, std::string_view text, QuantityProblem problem,
                              const std::optional<Currency>& declared) {
  constexpr std::size_t kLongest = 60;
  const auto named = text.size() > kLongest ? std::nullopt : named_currency(dimension, text);
  const bool is_misspelt = named && named->is_code && !nearest(named->code, {kDollar}).empty();
  if (!named || is_misspelt) return problem;
  if (declared && declared->code == named->code) {
    problem.suggestion = "Did you mean \"" + replaced(named->dollars, kDollar, named->code) + "\"?";
    return problem;
  }
  problem.reason = named->code + " is a currency that is not declared";
  problem.suggestion = how_to_declare(named->code, declared);
  return problem;
}

}  // namespace

bool is_currency_code(std::string_view text) {
  return text.size() == kLength && std::all_of(text.begin(), text.end(), is_capital);
}

std::string_view code_of_currency(std::string_view word) {
  const auto* const found = std::find_if(kWords.begin(), kWords.end(),
                                         [&](const auto& each) { return each.first == lower(word); });
  return found == kWords.end() ? std::string_view() : found->second;
}

std::string unit_in(std::string_view code, std::string_view unit) {
  const std::size_t at = unit.find(kDollar);
  if (at == std::string_view::npos) return {};
  return std::string(unit.substr(0, at)).append(code).append(unit.substr(at + kLength));
}

std::string how_to_declare(std::string_view code, const std::optional<Currency>& declared) {
  if (declared) return "Write it in USD or in " + declared->code + ", which the scenario declares.";
  return "Declare it: money: {currency: " + std::string(code) + ", usd: ...}, where usd is what one " +
         std::string(code) + " is worth.";
}

std::variant<double, QuantityProblem> parse_quantity(Dimension dimension, std::string_view text,
                                                     const std::optional<Currency>& currency) {
  const std::size_t at = !currency ? std::string_view::npos : find_code(text, currency->code);
  if (at == std::string_view::npos) {
    auto read = parse_quantity(dimension, text);
    if (auto* problem = std::get_if<QuantityProblem>(&read))
      return with_currency(dimension, text, std::move(*problem), currency);
    return read;
  }
  const std::string dollars = std::string(text.substr(0, at)).append(kDollar).append(text.substr(at + kLength));
  auto read = parse_quantity(dimension, dollars);
  if (auto* problem = std::get_if<QuantityProblem>(&read)) {
    for (std::string* each : {&problem->problem, &problem->reason, &problem->suggestion})
      *each = replaced(*each, kDollar, currency->code);
    return read;
  }
  // It is one number, spaces and one unit, or it would not have been read.
  const std::string_view whole = dollars;
  const std::string_view number = whole.substr(0, whole.find(' '));
  const std::string_view name = whole.substr(whole.find_first_not_of(' ', number.size()));
  const detail::Unit& unit = *detail::find_unit(dimension, name);
  const bool is_bought = text.substr(0, at).find('/') != std::string_view::npos;
  const double value = is_bought ? detail::base_value(number, unit) / detail::base_value(currency->usd)
                                 : detail::base_value(number, unit, currency->usd);
  if (std::isfinite(value)) return value;
  return QuantityProblem{'"' + std::string(text) + "\" is not " + std::string(describe(dimension)),
                         std::isnan(value) ? "too small to represent" : "too large to represent",
                         "One " + currency->code + " is " + currency->usd + " USD."};
}

}  // namespace fleetrace::core
