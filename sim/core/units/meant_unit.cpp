#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/units/unit_table.hpp"

namespace fleetrace::core::detail {
namespace {

constexpr std::size_t kLongestWord = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

/// Whether the word is the unit but for case that tells no sizes apart: a small m may be milli where the unit has mega, a small
/// b may be a bit where it has a byte.
bool is_in_other_case(std::string_view word, std::string_view unit) {
  if (word.size() != unit.size() || unit == "ms") return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] == unit[i]) continue;
    if (lower(word[i]) != lower(unit[i]) || unit[i] == 'M' || unit[i] == 'B') return false;
  }
  return true;
}

/// What people write for a part of a compound unit.
struct Alias {
  std::string_view word;
  std::string_view part;
};
constexpr std::array kAliases = {
    Alias{"$", "USD"},        Alias{"usd", "USD"},   Alias{"US$", "USD"},    Alias{"dollar", "USD"},
    Alias{"dollars", "USD"},  Alias{"k$", "kUSD"},   Alias{"K$", "kUSD"},    Alias{"kusd", "kUSD"},
    Alias{"KUSD", "kUSD"},    Alias{"M$", "MUSD"},   Alias{"MM$", "MUSD"},   Alias{"MMUSD", "MUSD"},
    Alias{"musd", "MUSD"},    Alias{"B$", "BUSD"},   Alias{"bn$", "BUSD"},   Alias{"busd", "BUSD"},
    Alias{"bnUSD", "BUSD"},   Alias{"GUSD", "BUSD"}, Alias{"tusd", "TUSD"},  Alias{"year", "yr"},
    Alias{"y", "yr"},         Alias{"a", "yr"},      Alias{"annum", "yr"},   Alias{"mo", "month"},
    Alias{"months", "month"}, Alias{"days", "day"},  Alias{"d", "day"},      Alias{"hr", "h"},
    Alias{"hour", "h"},       Alias{"hours", "h"},   Alias{"sec", "s"},      Alias{"second", "s"},
    Alias{"watt", "W"},       Alias{"kwh", "kWh"},   Alias{"KWh", "kWh"},    Alias{"l", "L"},
    Alias{"liter", "L"},      Alias{"liters", "L"},  Alias{"litre", "L"},    Alias{"litres", "L"},
    Alias{"m^3", "m3"},       Alias{"cbm", "m3"},    Alias{"gallon", "gal"}, Alias{"gallons", "gal"},
    Alias{"m\xc2\xb3", "m3"},
};

/// The word with the parts of a compound unit as they should be written.
std::string with_parts(std::string_view word) {
  std::string result;
  while (true) {
    const std::size_t slash = word.find('/');
    const std::string_view part = word.substr(0, slash);
    const auto* alias = std::find_if(kAliases.begin(), kAliases.end(),
                                     [&](const Alias& each) { return each.word == part; });
    result += alias == kAliases.end() ? part : alias->part;
    if (slash == std::string_view::npos) return result;
    result += '/';
    word.remove_prefix(slash + 1);
  }
}

/// The parts of a compound unit begin with the same letters as those of the word, so that no prefix is dropped or changed.
bool has_same_prefixes(std::string_view word, std::string_view unit) {
  while (true) {
    if (word.empty() || unit.empty() || word.front() != unit.front()) return false;
    const std::size_t a = word.find('/');
    const std::size_t b = unit.find('/');
    if ((a == std::string_view::npos) != (b == std::string_view::npos)) return false;
    if (a == std::string_view::npos) return true;
    word.remove_prefix(a + 1);
    unit.remove_prefix(b + 1);
  }
}

template <class Visit>
void each_unit(Dimension dimension, const Visit& visit) {
  for (const std::span<const Unit> units : {units_of(dimension), composed_units(dimension)}) {
    for (const Unit& unit : units) visit(unit);
  }
}

}  // namespace

std::optional<MeantUnit> meant_unit(Dimension dimension, std::string_view word) {
  if (word.size() > kLongestWord) return std::nullopt;
  for (const std::string& key : {std::string(word), lower(word)}) {
    if (const auto known = synonym(dimension, key)) return MeantUnit{std::string(known->unit), known->factor};
  }
  const std::string parts = with_parts(word);
  if (const Unit* unit = find_unit(dimension, parts)) return MeantUnit{std::string(unit->name)};
  std::optional<MeantUnit> meant;
  each_unit(dimension, [&](const Unit& unit) {
    if (!meant && is_in_other_case(parts, unit.name)) meant = MeantUnit{std::string(unit.name)};
  });
  return meant;
}

std::string_view misspelt_unit(Dimension dimension, std::string_view word) {
  // Shorter words are near to too many units: "m" is one letter from "s" and from "h".
  if (word.size() <= 2 || word.size() > kLongestWord) return {};
  std::vector<std::string_view> names;
  each_unit(dimension, [&](const Unit& unit) { names.push_back(unit.name); });
  const std::string_view close = nearest(word, names);
  // In another case it may be another prefix, or bits in the place of bytes.
  const bool has_more_words = std::count(word.begin(), word.end(), ' ') > std::count(close.begin(), close.end(), ' ');
  if (close.empty() || has_more_words || !has_same_prefixes(word, close) || lower(word) == lower(close)) return {};
  const double size = find_unit(dimension, close)->size();
  std::erase_if(names,
                [&](std::string_view name) { return name == close || find_unit(dimension, name)->size() == size; });
  const std::string_view rival = nearest(word, names);
  // Of two that are equally near, the first is given.
  return rival.empty() || nearest(word, {rival, close}) == close ? close : std::string_view{};
}

}  // namespace fleetrace::core::detail
