#include "sim/api/fit_inputs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "fleetrace/core/quantity.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/numeric/special.hpp"

namespace fleetrace {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kLeastCorrelation = 0.01;

/// Six digits: an estimate has no more, and a person reads them.
std::string number(double value) {
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6);
  double rounded = value;
  (void)std::from_chars(text.data(), written.ptr, rounded);
  return core::format_real(rounded);
}

std::string law(std::string_view name, const study::Interval& ends, std::string_view unit, double mass) {
  return '{' + std::string(name) + ": {low: " + quantity(ends.low, unit) + ", high: " + quantity(ends.high, unit) +
         ", mass: " + number(mass) + "}}";
}

std::vector<std::string> keys_of(std::string_view path) {
  std::vector<std::string> keys;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    keys.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return keys;
}

/// The entries of a list of sections, "[{...}, {...}]"; none of any other value.
std::vector<std::string_view> entries_of(std::string_view value) {
  std::vector<std::string_view> entries;
  if (!value.starts_with("[{")) return entries;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '{' && depth++ == 0) begin = i;
    if (value[i] == '}' && --depth == 0) entries.push_back(value.substr(begin, i + 1 - begin));
  }
  return entries;
}

}  // namespace

std::string quantity(double value, std::string_view unit) {
  return number(value) + (unit.empty() ? std::string() : ' ' + std::string(unit));
}

std::string normal_value(const study::Estimated& estimated, std::string_view unit, double mass) {
  const study::Interval& ends = estimated.interval;
  if (!std::isfinite(ends.low) || !std::isfinite(ends.high) || !(ends.low < ends.high))
    return quantity(estimated.value, unit);
  return law("normal", ends, unit, mass);
}

std::string lognormal_value(const study::Estimated& estimated, std::string_view unit, double mass) {
  const study::Interval& ends = estimated.interval;
  if (!(ends.low > 0) || !std::isfinite(ends.high) || !(ends.low < ends.high)) return quantity(estimated.value, unit);
  const double spread = std::sqrt(ends.high / ends.low);
  constexpr double kMuch = 0.1;
  if (std::fabs(ends.low * spread / estimated.value - 1) < kMuch) return law("lognormal", ends, unit, mass);
  // The law of an askew interval would have another middle than the estimate: that is kept, and the interval's width.
  const double sigma = core::log(spread) / -core::inverse_normal_cdf((1 - mass) / 2);
  return "{lognormal: {median: " + quantity(estimated.value, unit) + ", sigma: " + number(sigma) + "}}";
}

FitConstant constant(std::string name, std::string meaning, std::string unit, const study::Estimated& estimated,
                     double scale) {
  const auto end = [&](double value) {
    return std::isfinite(value) ? std::optional<double>(value * scale) : std::nullopt;
  };
  return {std::move(name),         std::move(meaning),          std::move(unit),
          estimated.value * scale, end(estimated.interval.low), end(estimated.interval.high)};
}

double rank_correlation(double r) {
  // asin(r/2) by its power series, each term of which is a quarter of the one before or less.
  const double x = r / 2;
  double power = x;
  double sum = x;
  for (int k = 1; k <= 30; ++k) {
    power *= x * x * (2 * k - 1) / (2 * k);
    sum += power / (2 * k + 1);
  }
  return 6 / kPi * sum;
}

std::vector<FitInput> correlations(const std::vector<std::string>& paths, const std::vector<double>& r) {
  std::string list;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (std::size_t j = i + 1; j < paths.size(); ++j) {
      const double rank = rank_correlation(r[i * paths.size() + j]);
      if (std::fabs(rank) < kLeastCorrelation) continue;
      list += (list.empty() ? "" : ", ") + ("{between: [" + paths[i] + ", " + paths[j] + "], rank: ") + number(rank) +
              '}';
    }
  }
  if (list.empty()) return {};
  return {{"study.correlations", '[' + list + ']'}};
}

std::string to_yaml(const std::vector<FitInput>& inputs) {
  std::string text;
  std::vector<std::string> open;
  for (const FitInput& input : inputs) {
    const std::vector<std::string> keys = keys_of(input.path);
    std::size_t depth = 0;
    while (depth < open.size() && depth + 1 < keys.size() && open[depth] == keys[depth]) ++depth;
    open.resize(depth);
    for (; depth + 1 < keys.size(); ++depth) {
      text += std::string(2 * depth, ' ') + keys[depth] + ":\n";
      open.push_back(keys[depth]);
    }
    const std::vector<std::string_view> entries = entries_of(input.value);
    text += std::string(2 * depth, ' ') + keys.back() + ':' + (entries.empty() ? ' ' + input.value : "") + '\n';
    for (const std::string_view entry : entries)
      text += std::string(2 * depth + 2, ' ') + "- " + std::string(entry) + '\n';
  }
  return text;
}

}  // namespace fleetrace
