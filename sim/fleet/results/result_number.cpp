#include "sim/fleet/results/result_number.hpp"

#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::fleet {
namespace {

using core::QuantityProblem;

constexpr std::string_view kFinal = "final.";

std::string quote(std::string_view text) { return '"' + core::printable(text) + '"'; }

/// All columns, and groups with a place for the item, for suggestions.
std::vector<std::string> known_paths() {
  std::vector<std::string> paths;
  for (const std::span<const DatedMetric> all : {dated_metrics(), further_metrics()}) {
    for (const DatedMetric& each : all) paths.emplace_back(each.name);
  }
  return paths;
}

/// The name that is meant: one that is near, or else the only one that begins with the word, as where its unit is left out. Empty
/// where there is none.
std::string_view meant(std::string_view word, const std::vector<std::string_view>& names) {
  if (const std::string_view near = core::nearest(word, names); !near.empty()) return near;
  std::string_view found;
  for (const std::string_view each : names) {
    if (word.empty() || !each.starts_with(word) || each[word.size()] != '_') continue;
    if (!found.empty()) return {};
    found = each;
  }
  return found;
}

std::string suggest_number(std::string_view word, const std::vector<std::string_view>& names) {
  const std::string_view found = meant(word, names);
  return found.empty() ? core::suggest(word, names) : "Did you mean " + quote(found) + "?";
}

/// Whether a name has every word of another, in any order: "accelerators_waiting_for_power" those of "waiting_accelerators".
bool has_words(std::string_view name, std::string_view words) {
  const std::string parts = '_' + std::string(name) + '_';
  while (!words.empty()) {
    const std::size_t end = std::min(words.find('_'), words.size());
    if (end > 0 && parts.find('_' + std::string(words.substr(0, end)) + '_') == std::string::npos) return false;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return true;
}

/// "Did you mean A or B?" of the few names that have all words; empty where there is none, or too many.
std::string suggest_by_words(std::string_view words, const std::vector<std::string_view>& names) {
  static constexpr std::size_t kMost = 3;
  std::string text;
  std::size_t found = 0;
  for (const std::string_view each : names) {
    if (words.empty() || !has_words(each, words)) continue;
    if (++found > kMost) return {};
    text += (text.empty() ? "Did you mean " : " or ") + quote(each);
  }
  return text.empty() ? text : text + '?';
}

std::string suggest_column(std::string_view word) {
  const std::vector<std::string> all = known_paths();
  const std::vector<std::string_view> names(all.begin(), all.end());
  if (std::string found = suggest_by_words(word, names); !found.empty()) return found;
  if (const std::string_view found = meant(word, names); !found.empty()) return "Did you mean " + quote(found) + "?";
  std::string groups;
  for (const std::string_view each : item_groups()) groups += (groups.empty() ? "" : ", ") + std::string(each);
  std::string leading;
  for (const DatedMetric& each : dated_metrics()) leading += (leading.empty() ? "" : ", ") + std::string(each.name);
  return "Valid are any number of \"final\" in the JSON result, such as " + leading + ", and GROUP.ITEM.NUMBER of " +
         groups + '.';
}

/// A unit as names end in it: "kwh", "per_yr", "flop_per_s".
std::string name_of_unit(std::string_view unit) {
  std::string name;
  for (const char each : unit.starts_with("1/") ? unit.substr(1) : unit) {
    if (each == '/') {
      name += name.empty() ? "per_" : "_per_";
    } else {
      name += each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    }
  }
  return name;
}

std::vector<std::string_view> numbers_of(std::string_view group) {
  std::vector<std::string_view> names;
  for (const ItemMetric& each : item_metrics()) {
    if (each.group == group) names.push_back(each.name);
  }
  return names;
}

/// The items of a group that any of the strategies has.
std::vector<std::string> all_items(std::span<const StrategySetup> setups, std::string_view group) {
  std::vector<std::string> all;
  for (const StrategySetup& setup : setups) {
    for (std::string& item : items_of(setup, group)) {
      if (!item.empty() && std::find(all.begin(), all.end(), item) == all.end()) all.push_back(std::move(item));
    }
  }
  return all;
}

std::variant<std::string, QuantityProblem> item_named(std::string_view group, std::string_view item,
                                                      std::span<const StrategySetup> setups) {
  std::string name(item);
  if (group == "targets") {  // 0.70 is 0.7
    if (const auto number = core::parse_number(item); number.index() == 0)
      name = core::format_real(std::get<double>(number));
  }
  if (setups.empty()) return name;
  const std::vector<std::string> all = all_items(setups, group);
  if (std::find(all.begin(), all.end(), name) != all.end()) return name;
  const std::string where(group);
  if (all.empty())
    return QuantityProblem{where + " has no " + quote(item), "the scenario has no " + where + " with names", ""};
  return QuantityProblem{where + " has no " + quote(item), "no strategy of the scenario has it",
                         core::suggest(name, {all.begin(), all.end()})};
}

}  // namespace

std::variant<ResultNumber, QuantityProblem> ResultNumber::at(std::string_view path,
                                                             std::span<const StrategySetup> setups) {
  ResultNumber result;
  result.path_ = std::string(path);
  const std::string_view column = path.starts_with(kFinal) ? path.substr(kFinal.size()) : path;
  result.column_ = find_dated_metric(column);
  if (result.column_ != nullptr) return result;
  const std::size_t first = path.find('.');
  const std::string_view group = path.substr(0, first);
  const std::span<const std::string_view> groups = item_groups();
  if (std::find(groups.begin(), groups.end(), group) == groups.end())
    return QuantityProblem{"there is no result " + quote(path), "goals are about numbers of the JSON result",
                           suggest_column(column)};
  // Obstacles are counts themselves; what they count is left out.
  const bool is_count = group == "obstacles";
  const std::size_t last = is_count ? std::string_view::npos : path.rfind('.');
  if (first == std::string_view::npos || (!is_count && last == first)) {
    const std::vector<std::string_view> numbers = numbers_of(group);
    return QuantityProblem{
        quote(path) + " is no number", "it names no item of " + std::string(group),
        "Write " + std::string(group) + ".ITEM" + (is_count ? "" : '.' + std::string(numbers.front())) + '.'};
  }
  const std::string_view number = is_count ? "reviews" : path.substr(last + 1);
  for (const ItemMetric& each : item_metrics()) {
    if (each.group == group && each.name == number) result.item_ = &each;
  }
  if (result.item_ == nullptr)
    return QuantityProblem{"there is no result " + quote(path),
                           "an item of " + std::string(group) + " has no " + quote(number),
                           suggest_number(number, numbers_of(group))};
  auto item = item_named(group, path.substr(first + 1, is_count ? last : last - first - 1), setups);
  if (auto* problem = std::get_if<QuantityProblem>(&item)) return std::move(*problem);
  result.item_name_ = std::get<std::string>(std::move(item));
  return result;
}

std::optional<ResultNumber> ResultNumber::without_unit(std::string_view path) {
  const std::string_view column = path.starts_with(kFinal) ? path.substr(kFinal.size()) : path;
  std::optional<ResultNumber> found;
  for (const std::span<const DatedMetric> all : {dated_metrics(), further_metrics()}) {
    for (const DatedMetric& each : all) {
      if (each.unit.empty() || each.name != std::string(column) + '_' + name_of_unit(each.unit)) continue;
      if (found) return std::nullopt;
      found.emplace();
      found->path_ = std::string(each.name);
      found->column_ = &each;
    }
  }
  return found;
}

std::optional<double> ResultNumber::read(const StrategySetup& setup, const Outcome& outcome,
                                         const std::optional<core::Time>& at) const {
  std::optional<double> value;
  if (column_ == nullptr) {
    value = item_->read(setup, outcome, item_name_);
  } else {
    value = at && *at < setup.horizon.end ? column_->at(setup, outcome, *at) : column_->final(setup, outcome);
  }
  // What is infinite is no number, but for dates that never come.
  return value && !std::isfinite(*value) && !is_date() ? std::nullopt : value;
}

}  // namespace fleetrace::fleet
