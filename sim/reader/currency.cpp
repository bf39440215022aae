#include "sim/reader/currency.hpp"

#include <algorithm>
#include <cctype>

#include "sim/core/schema/read_value.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::reader {

std::optional<core::Currency> declared_currency(const Node& money) {
  const Node* const code = money.kind == Node::Kind::mapping ? money.find("currency") : nullptr;
  if (code == nullptr || code->kind != Node::Kind::scalar) return std::nullopt;
  const std::string_view meant = core::code_of_currency(code->scalar);
  core::Currency currency{meant.empty() ? code->scalar : std::string(meant), "1"};
  std::transform(currency.code.begin(), currency.code.end(), currency.code.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (!core::is_currency_code(currency.code) || currency.code == scenario::kDollar) return std::nullopt;
  const Node* const worth = money.find("usd");
  const core::Parameter& usd = *scenario::money_family().entries.front()->find("usd");
  const bool is_worth = worth != nullptr && worth->kind == Node::Kind::scalar &&
                        core::read_value(usd, usd.name, worth->scalar, worth->quoted).index() == 0;
  if (is_worth) currency.usd = worth->scalar;
  return currency;
}

}  // namespace fleetrace::reader
