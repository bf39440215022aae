// libFuzzer harness of quantities: the first byte chooses the dimension, the rest is the text. What is read is a number that reads
// the same when it is written again.
#include <cmath>
#include <variant>

#include "sim/core/units/calendar_text.hpp"
#include "sim/core/units/currency.hpp"
#include "tests/hostile/fuzz.hpp"

namespace {

using namespace fleetrace;
using fuzz::require;

void check(const std::variant<double, core::QuantityProblem>& read) {
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read))
    require(!problem->problem.empty());
  else
    require(!std::isnan(std::get<double>(read)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr int kDimensions = static_cast<int>(core::Dimension::energy) + 1;
  const auto dimension = static_cast<core::Dimension>(data[0] % kDimensions);
  const std::string_view text = fuzz::text_of(data + 1, size - 1);
  check(core::parse_quantity(dimension, text));
  check(core::parse_quantity(dimension, text, core::Currency{"EUR", "1.08"}));
  const auto number = core::parse_number(text);
  check(number);
  if (const auto* value = std::get_if<double>(&number)) {
    const auto again = core::parse_number(core::format_real(*value));
    require(std::holds_alternative<double>(again));
  }
  if (const auto date = core::parse_date(text)) require(core::parse_date(core::to_iso8601(*date)) == date);
  if (const auto problem = core::misspelt_date(text))
    require(!problem->problem.empty() && !problem->suggestion.empty());
  return 0;
}
