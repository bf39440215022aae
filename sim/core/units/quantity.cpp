#include "fleetrace/core/quantity.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/numeric/decimal.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/core/units/conversion.hpp"
#include "sim/core/units/unit_table.hpp"

namespace fleetrace::core {
namespace {

using detail::Unit;

constexpr std::int64_t kLargestCount = std::int64_t{1} << 53;

// The text quoted for a message, shortened if it is long, but never inside a UTF-8 sequence.
std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (text.size() <= kLongest) return '"' + std::string(text) + '"';
  std::size_t end = kLongest;
  while (end > 0 && continues_character(text[end])) --end;
  return '"' + std::string(text.substr(0, end)) + "...\"";
}

QuantityProblem problem(Dimension dimension, std::string_view text, std::string reason, std::string suggestion) {
  return {quoted(text) + " is not " + std::string(describe(dimension)), std::move(reason), std::move(suggestion)};
}

std::string_view example(Dimension dimension) {
  switch (dimension) {
    case Dimension::number: return "0.38";
    case Dimension::count: return "4096";
    case Dimension::duration: return "8 yr";
    case Dimension::money: return "2e9 USD";
    case Dimension::money_rate: return "75e6 USD/yr";
    case Dimension::power: return "150 MW";
    case Dimension::energy: return "25 GWh";
    case Dimension::energy_price: return "0.08 USD/kWh";
    case Dimension::power_cost: return "11.7 USD/W";
    case Dimension::compute_price: return "60 USD/PF-day";
    case Dimension::mass: return "150 kg";
    case Dimension::carbon_intensity: return "0.4 kg/kWh";
    case Dimension::volume: return "500 ML";
    case Dimension::water_intensity: return "0.36 L/kWh";
    case Dimension::compute_rate: return "1e18 FLOP/s";
    case Dimension::compute: return "3e23 FLOP";
    case Dimension::price_performance: return "3e10 FLOP/s/USD";
    case Dimension::power_intensity: return "1.4 W/(TFLOP/s)";
    case Dimension::growth: return "1.5 doublings/yr";
    case Dimension::decline: return "0.15 /yr";
    case Dimension::count_rate: return "2 /yr";
    case Dimension::memory: return "80 GB";
    case Dimension::bandwidth: return "3.35 TB/s";
  }
  return {};
}

std::string such_as(Dimension dimension) {
  const bool pure = detail::units_of(dimension).empty();
  return std::string(pure ? "Write a number" : "Write a number and a unit") + ", such as \"" +
         std::string(example(dimension)) + "\".";
}

std::string write(std::string_view number, std::string_view rest) {
  return "Write \"" + std::string(number) + std::string(rest) + "\".";
}

bool is_number(std::string_view text) { return !text.empty() && detail::number_length(text) == text.size(); }

double value_of(std::string_view number) { return detail::base_value(number); }

QuantityProblem out_of_range(Dimension dimension, std::string_view text, double value) {
  return problem(dimension, text, std::isnan(value) ? "too small to represent" : "too large to represent",
                 "The largest number is about 1.8e308, the smallest about 4.9e-324.");
}

/// Words for a multiple of one, which people write behind a count or a pure number.
struct Multiple {
  std::string_view word;
  double factor;
};
constexpr Multiple kMultiples[] = {
    {"%", 1e-2},      {"percent", 1e-2}, {"pct", 1e-2},      {"bp", 1e-4}, {"bps", 1e-4},     {"ppm", 1e-6},
    {"dozen", 12},    {"hundred", 1e2},  {"k", 1e3},         {"K", 1e3},   {"thousand", 1e3}, {"M", 1e6},
    {"mio", 1e6},     {"mn", 1e6},       {"million", 1e6},   {"G", 1e9},   {"B", 1e9},        {"bn", 1e9},
    {"billion", 1e9}, {"T", 1e12},       {"trillion", 1e12},
};

QuantityProblem needless_unit(Dimension dimension, std::string_view text, std::string_view number,
                              std::string_view unit) {
  const std::string reason = dimension == Dimension::count ? "a count takes no unit" : "a pure number takes no unit";
  const std::string_view first = unit.substr(0, unit.find_first_of(" /"));
  for (const Multiple& multiple : kMultiples) {
    if (first != multiple.word) continue;
    const double value = value_of(number) * multiple.factor;
    const bool is_valid = std::isfinite(value) && (dimension != Dimension::count || value == std::floor(value));
    const std::string shown = first == "%" ? std::string(number) + ' ' + std::string(unit) : std::string(text);
    return problem(dimension, text, reason,
                   is_valid ? "Write " + format_real(value) + " instead of " + shown + '.' : such_as(dimension));
  }
  // Of another unit it is not known how many it would be; a noun is only left out.
  const bool is_processor = unit.substr(0, 3) == "GPU" || unit.substr(0, 3) == "TPU";
  const bool has_prefix = unit.size() > 1 && !is_processor && unit[1] >= 'A' && unit[1] <= 'Z' &&
                          std::string_view("kMGTmun").find(unit[0]) != std::string_view::npos;
  const bool is_noun = !detail::is_unit(unit) && !has_prefix &&
                       unit.find_first_of("/%$0123456789") == std::string_view::npos;
  return problem(dimension, text, reason, is_noun ? write(number, {}) : such_as(dimension));
}

QuantityProblem bad_unit(Dimension dimension, std::string_view text, std::string_view number, std::string_view unit) {
  const bool known_elsewhere = detail::is_unit(unit);
  const std::string reason = known_elsewhere ? "wrong unit" : "unknown unit";
  const auto did_you_mean = [&](const std::string& meant) {
    return problem(dimension, text, reason, "Did you mean \"" + meant + "\"?");
  };
  if (const auto meant = detail::meant_unit(dimension, unit)) {
    if (meant->factor == 1) return did_you_mean(std::string(number) + ' ' + meant->unit);
    const double converted = value_of(number) * meant->factor;
    if (std::isfinite(converted)) return did_you_mean(format_real(converted) + ' ' + meant->unit);
  }
  if (!known_elsewhere) {
    const std::string_view close = detail::misspelt_unit(dimension, unit);
    if (!close.empty()) return did_you_mean(std::string(number) + ' ' + std::string(close));
  }
  return problem(dimension, text, reason, "Valid units are: " + units(dimension) + '.');
}

// Whether a unit may begin with this character.
bool begins_unit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%' || c == '$' || c == '/' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whether a unit stands right behind its number: 3x/yr, 5%/yr.
bool is_joined(Dimension dimension, std::string_view unit) {
  return !unit.empty() && (unit[0] == 'x' || unit[0] == '%') && detail::find_unit(dimension, unit) != nullptr;
}

// The problem of a number that its unit does not have.
std::optional<QuantityProblem> beyond_scale(Dimension dimension, std::string_view text, const Unit& unit,
                                            double number) {
  if (unit.scale == detail::Scale::factor && !(number > 0))
    return problem(dimension, text, "what a year multiplies by is above 0",
                   "Write 1x/yr for no growth, 0.5x/yr for half.");
  if (unit.scale == detail::Scale::percent_more && !(number > -100))
    return problem(dimension, text, "nothing would be left after a year", "Write a percentage above -100.");
  return std::nullopt;
}

// The problem of a text whose first word is not a number.
QuantityProblem bad_number(Dimension dimension, std::string_view text, std::string_view word, std::string_view rest) {
  const std::string reason(detail::number_fault(word));
  const std::size_t length = detail::number_length(word);
  if (length > 0 && reason == "more than a number" && begins_unit(word[length])) {
    const std::string_view number = word.substr(0, length);
    const std::string_view unit = text.substr(length);
    if (detail::units_of(dimension).empty()) return needless_unit(dimension, text, number, unit);
    if (detail::find_unit(dimension, unit) == nullptr) return bad_unit(dimension, text, number, unit);
    return problem(dimension, text, "no space between number and unit", write(number, ' ' + std::string(unit)));
  }
  if (const auto mended = detail::mended_number(word)) return problem(dimension, text, reason, write(*mended, rest));
  if (reason == "comma in a number") {
    return problem(dimension, text, reason, "Write digits without grouping, and a point before the decimals.");
  }
  if (reason == "not finite") return problem(dimension, text, reason, "Write a finite number.");
  return problem(dimension, text, reason, such_as(dimension));
}

std::variant<double, QuantityProblem> parse_count(std::string_view text) {
  const detail::Decimal decimal = detail::decimal_of(text);
  if (!decimal.is_whole())
    return problem(Dimension::count, text, "not whole", "Write a whole number, such as \"4096\".");
  // Computed in integers, because the double nearest to 2^53 + 1 is 2^53, which would be accepted.
  std::int64_t magnitude = kLargestCount + 1;
  if (decimal.magnitude() <= 16) {
    const std::string digits = decimal.digits + std::string(static_cast<std::size_t>(decimal.exponent), '0');
    magnitude = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), magnitude);
  }
  if (magnitude > kLargestCount)
    return problem(Dimension::count, text, "too large", "Counts go up to 9007199254740992.");
  return static_cast<double>(decimal.negative ? -magnitude : magnitude);
}

}  // namespace

std::string_view describe(Dimension dimension) {
  switch (dimension) {
    case Dimension::number: return "a number";
    case Dimension::count: return "a whole number";
    case Dimension::duration: return "a duration";
    case Dimension::money: return "an amount of money";
    case Dimension::money_rate: return "an amount of money per time";
    case Dimension::power: return "a power";
    case Dimension::energy: return "an amount of energy";
    case Dimension::energy_price: return "an energy price";
    case Dimension::power_cost: return "a cost per power";
    case Dimension::compute_price: return "a price of compute";
    case Dimension::mass: return "a mass";
    case Dimension::carbon_intensity: return "a carbon intensity";
    case Dimension::volume: return "a volume";
    case Dimension::water_intensity: return "a water intensity";
    case Dimension::compute_rate: return "a compute rate";
    case Dimension::compute: return "an amount of compute";
    case Dimension::price_performance: return "a price-performance";
    case Dimension::power_intensity: return "a power per compute rate";
    case Dimension::growth: return "a growth rate";
    case Dimension::decline: return "a rate of decline";
    case Dimension::count_rate: return "a number per year";
    case Dimension::memory: return "an amount of memory";
    case Dimension::bandwidth: return "a bandwidth";
  }
  return {};
}

std::string_view base_unit(Dimension dimension) {
  if (dimension == Dimension::duration) return "ms";
  if (dimension == Dimension::memory) return "byte";
  if (dimension == Dimension::bandwidth) return "byte/s";
  for (const Unit& unit : detail::units_of(dimension)) {
    if (unit.multiplier == 1 && unit.divisor == 1) return unit.name;
  }
  return {};
}

std::string units(Dimension dimension) {
  std::string names;
  for (const Unit& unit : detail::units_of(dimension)) {
    if (!names.empty()) names += ", ";
    names += unit.name;
  }
  return names;
}

std::vector<std::string_view> all_units(Dimension dimension) {
  std::vector<std::string_view> names;
  for (const std::span<const Unit> known : {detail::units_of(dimension), detail::composed_units(dimension)}) {
    for (const Unit& unit : known) names.push_back(unit.name);
  }
  return names;
}

std::variant<double, QuantityProblem> parse_number(std::string_view text) {
  return parse_quantity(Dimension::number, text);
}

std::variant<double, QuantityProblem> parse_quantity(Dimension dimension, std::string_view text) {
  if (text.empty()) return problem(dimension, text, "empty", such_as(dimension));
  if (text.front() == ' ' || text.back() == ' ') {
    return problem(dimension, text, "space around it", "Remove the space at either end.");
  }
  const std::size_t space = text.find(' ');
  std::string_view word = text.substr(0, space);
  if (const std::size_t length = detail::number_length(word); length > 0 && is_joined(dimension, text.substr(length)))
    word = text.substr(0, length);
  const std::string_view rest = text.substr(word.size());
  if (!is_number(word)) return bad_number(dimension, text, word, rest);

  const std::string_view unit_name = rest.empty() ? rest : rest.substr(rest.find_first_not_of(' '));
  const std::span<const Unit> known = detail::units_of(dimension);
  double value = 0;
  if (known.empty()) {
    if (!unit_name.empty()) return needless_unit(dimension, text, word, unit_name);
    if (dimension == Dimension::count) return parse_count(word);
    value = value_of(word);
  } else {
    if (unit_name.empty()) return problem(dimension, text, "no unit", "Write a unit: " + units(dimension) + '.');
    const Unit* unit = detail::find_unit(dimension, unit_name);
    if (unit == nullptr) return bad_unit(dimension, text, word, unit_name);
    if (auto beyond = beyond_scale(dimension, text, *unit, value_of(word))) return *std::move(beyond);
    value = detail::base_value(word, *unit);
  }
  if (!std::isfinite(value)) return out_of_range(dimension, text, value);
  return value;
}

}  // namespace fleetrace::core
