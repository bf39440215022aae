#include "sim/cli/vary.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::string_view kExample = "such as --vary horizon.length=\"2 yr,4 yr,8 yr\" or \"2 yr..10 yr/9\"";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string quote(std::string_view text) { return '"' + core::printable(text) + '"'; }

[[noreturn]] void refuse(std::string_view path, const std::string& why) {
  throw UsageError("--vary " + core::printable(path) + ": " + why);
}

/// Parts between those commas that are in no bracket, brace or quote.
std::vector<std::string_view> parts(std::string_view text) {
  std::vector<std::string_view> result;
  int depth = 0;
  char quoted = 0;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ',';
    const bool at_end = i == text.size();
    if (quoted != 0 && !at_end) {
      if (c == quoted) quoted = 0;
    } else if ((c == '"' || c == '\'') && trimmed(text.substr(from, i - from)).empty()) {
      quoted = c;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ',' && (depth <= 0 || at_end)) {
      result.push_back(trimmed(text.substr(from, i - from)));
      from = i + 1;
    }
  }
  return result;
}

/// "2 yr" in two: 2 and " yr". Nullopt where it begins with no number.
struct Amount {
  double number = 0;
  std::string_view unit;
};
std::optional<Amount> amount(std::string_view text) {
  Amount result;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.number);
  if (error != std::errc{} || !std::isfinite(result.number)) return std::nullopt;
  result.unit = text.substr(static_cast<std::size_t>(end - text.data()));
  return result;
}

/// The values of "a..b/n" or "a..b/n log".
std::vector<std::string> range(std::string_view path, std::string_view text) {
  const auto bad = [path, text](const std::string& why) {
    refuse(path, quote(text) + " is no range (" + why +
                     "). Write first..last/number, such as \"2 yr..10 yr/9\" for equal "
                     "steps or \"1 yr..16 yr/5 log\" for equal ratios.");
  };
  const std::size_t dots = text.find("..");
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos || slash < dots) bad("the number of values is missing");
  std::string_view number = trimmed(text.substr(slash + 1));
  const bool is_log = number.size() > 4 && number.substr(number.size() - 4) == " log";
  if (is_log) number = trimmed(number.substr(0, number.size() - 4));
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
  if (error != std::errc{} || end != number.data() + number.size() || count < 2 || count > kMostPoints)
    bad("the number of values goes from 2 to " + output::grouped(static_cast<std::int64_t>(kMostPoints)));
  const std::string_view first = trimmed(text.substr(0, dots));
  const std::string_view last = trimmed(text.substr(dots + 2, slash - dots - 2));
  const auto low = amount(first);
  const auto high = amount(last);
  if (!low || !high) bad("it goes from a number to a number");
  if (low->unit != high->unit) bad("both ends need the same unit");
  if (low->number == high->number) bad("its ends are the same");
  if (is_log && !(low->number * high->number > 0)) bad("equal ratios need ends of the same sign, and none of 0");
  std::vector<std::string> values;
  for (std::size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    const double value = is_log ? low->number * core::pow(high->number / low->number, share)
                                : low->number + share * (high->number - low->number);
    values.push_back(i == 0           ? std::string(first)
                     : i + 1 == count ? std::string(last)
                                      : output::rough(value, 6) + std::string(low->unit));
  }
  return values;
}

bool is_range(std::string_view text) {
  return text.find("..") != std::string_view::npos && text.find_first_of("{[\"'") == std::string_view::npos &&
         amount(text).has_value();
}

study::Axis axis(const std::string& given) {
  const std::size_t equals = given.find('=');
  if (equals == std::string::npos || equals == 0)
    throw UsageError("--vary " + quote(given) + " is no axis. Write path=value,value,... " + std::string(kExample) +
                     '.');
  const std::string path = given.substr(0, equals);
  return {path, vary_values(path, std::string_view(given).substr(equals + 1))};
}

}  // namespace

std::vector<std::string> vary_values(std::string_view path, std::string_view text) {
  std::vector<std::string> values;
  for (const std::string_view part : parts(text)) {
    if (part.empty()) refuse(path, "a value is missing. Write path=value,value,... " + std::string(kExample) + '.');
    if (is_range(part)) {
      for (std::string& each : range(path, part)) values.push_back(std::move(each));
    } else {
      values.emplace_back(part);
    }
    if (values.size() > kMostPoints)
      refuse(path, "more than " + output::grouped(static_cast<std::int64_t>(kMostPoints)) + " values.");
  }
  std::vector<std::string_view> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) refuse(path, "the value " + quote(*twice) + " is given twice.");
  return values;
}

std::vector<study::Axis> axes(const Options& options) {
  std::vector<study::Axis> result;
  const std::vector<reader::Override> fixed = overrides(options);
  std::size_t points = 1;
  for (const std::string& given : options.all("vary")) {
    study::Axis next = axis(given);
    const auto has_its_path = [&next](const auto& each) { return each.path == next.path; };
    if (std::any_of(result.begin(), result.end(), has_its_path))
      refuse(next.path, "the path is given twice. Put all its values into one list.");
    if (std::any_of(fixed.begin(), fixed.end(), has_its_path))
      refuse(next.path, "--set changes the same path. Keep one.");
    if (next.path == "study" || next.path.rfind("study.", 0) == 0)
      refuse(next.path, "the study is that of all points. Use --objective, --replications, --target or --confidence.");
    points *= next.values.size();
    result.push_back(std::move(next));
    if (points > kMostPoints) {
      throw UsageError("the grid has more than " + output::grouped(static_cast<std::int64_t>(kMostPoints)) +
                       " points. Vary fewer paths at a time, or take coarser steps.");
    }
  }
  if (result.empty())
    throw UsageError("there is nothing to vary. Give --vary path=value,value,... " + std::string(kExample) + '.');
  return result;
}

}  // namespace fleetrace::cli
