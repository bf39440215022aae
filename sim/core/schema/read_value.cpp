#include "sim/core/schema/read_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/core/units/calendar_text.hpp"
#include "sim/core/units/currency.hpp"

namespace fleetrace::core {
namespace {

using Result = std::variant<Value, QuantityProblem>;

std::string quote(std::string_view text) { return '"' + std::string(text) + '"'; }

Value make(Value::Data data, std::string_view text) {
  Value value;
  value.data = std::move(data);
  value.source_text = text;
  return value;
}

/// The share that a number of percent probably stands for: 0.95 of 95; empty where it may be another slip.
std::string share_meant(const Parameter& parameter, std::string_view text) {
  constexpr double kLeast = 10;
  const bool is_share = parameter.dimension == Dimension::number && parameter.range.low >= 0 &&
                        parameter.range.high == 1;
  const auto number = parse_number(text);
  const auto* percent = std::get_if<double>(&number);
  if (!is_share || percent == nullptr || !(*percent >= kLeast && parameter.range.contains(*percent / 100))) return {};
  return "Write " + format_real(*percent / 100) + " for " + std::string(text) + " %.";
}

QuantityProblem out_of_range(const Parameter& parameter, std::string_view text) {
  std::string reason = "must be " + describe(parameter, parameter.range);
  if (!parameter.why.empty()) reason.append(": ").append(parameter.why);
  return {quote(text) + " is out of range", reason, share_meant(parameter, text)};
}

Result read_quantity(const Parameter& parameter, std::string_view text, const std::optional<Currency>& currency) {
  if (!parameter.unbounded.empty() && text == parameter.unbounded) {
    return make(std::numeric_limits<double>::infinity(), text);
  }
  if (std::find(parameter.choices.begin(), parameter.choices.end(), text) != parameter.choices.end()) {
    return make(std::string(text), text);
  }
  auto parsed = parse_quantity(parameter.dimension, text, currency);
  if (auto* problem = std::get_if<QuantityProblem>(&parsed)) {
    std::vector<std::string_view> words = parameter.choices;
    if (!parameter.unbounded.empty()) words.push_back(parameter.unbounded);
    const std::string_view close = nearest(text, words);
    if (!close.empty()) {
      problem->suggestion = "Did you mean " + quote(close) + '?';
    } else if (!parameter.unbounded.empty() && problem->reason == "not finite") {
      problem->suggestion = "Write " + quote(parameter.unbounded) + '.';
    }
    return *problem;
  }
  const double value = std::get<double>(parsed);
  // A doubling time is no span of the calendar and may be as long as it likes.
  const bool is_duration = parameter.dimension == Dimension::duration && parameter.shape != Shape::growth;
  if (is_duration && std::fabs(value) > kLongestDuration) {
    return QuantityProblem{quote(text) + " is too long", "durations go up to 100 million years",
                           parameter.unbounded.empty() ? "" : "Write " + quote(parameter.unbounded) + '.'};
  }
  if (!parameter.range.contains(value)) return out_of_range(parameter, text);
  return make(value, text);
}

Result read_growth(const Parameter& parameter, std::string_view key, std::string_view text) {
  const bool as_doubling = key == growth_keys(parameter).doubling;
  if (as_doubling && text == "none") return make(0.0, text);
  Parameter plain = parameter;
  plain.dimension = as_doubling ? Dimension::duration : Dimension::growth;
  plain.range = {};
  Result result = read_quantity(plain, text, {});
  Value* value = std::get_if<Value>(&result);
  if (value == nullptr) return result;
  auto& number = std::get<double>(value->data);
  if (as_doubling) {
    if (!(number > 0)) {
      return QuantityProblem{quote(text) + " is not a doubling time", "it must be above 0",
                             "Write none for no growth, or " + growth_keys(parameter).rate + " for a negative rate."};
    }
    number = static_cast<double>(kYear.milliseconds()) / number;
  }
  if (parameter.range.contains(number)) return result;
  QuantityProblem problem = out_of_range(parameter, text);
  if (as_doubling) problem.reason = "it is " + format_quantity(Dimension::growth, number) + ", and " + problem.reason;
  return problem;
}

Result read_date(const Parameter& parameter, std::string_view text) {
  if (const auto date = parse_date(text)) return make(*date, text);
  // What it is comes with the horizon, which may stand further below: bind_horizon_end() fills it in.
  if (parameter.shape == Shape::instant && text == kHorizonEnd) return make(Time{}, text);
  if (auto problem = misspelt_date(text)) return *std::move(problem);
  const bool looks_like_date = text.size() >= 8 && std::count(text.begin(), text.end(), '-') == 2;
  if (parameter.shape == Shape::instant && !looks_like_date) {
    Result result = read_quantity(parameter, text, {});
    auto* problem = std::get_if<QuantityProblem>(&result);
    if (problem == nullptr || (problem->reason != "no unit" && problem->reason != "no number")) return result;
    return QuantityProblem{quote(text) + " is neither a date nor a duration", problem->reason,
                           "Write a date such as 2026-01-31, or a duration from the start such as \"6 months\"."};
  }
  const bool is_written_well = text.size() == 10 && text[4] == '-' && text[7] == '-' && looks_like_date &&
                               text.find_first_not_of("0123456789-") == std::string_view::npos;
  return QuantityProblem{quote(text) + " is not a date",
                         is_written_well ? "the calendar has no such day" : "not written as year-month-day",
                         is_written_well ? "" : "Write it as 2026-01-31 or 2026-01-31T12:00:00Z."};
}

Result read_flag(std::string_view text, bool quoted) {
  if (!quoted && (text == "true" || text == "false")) return make(text == "true", text);
  return QuantityProblem{quote(text) + " is not a flag", "only true and false are", ""};
}

Result read_choice(const Parameter& parameter, std::string_view text) {
  if (std::find(parameter.choices.begin(), parameter.choices.end(), text) != parameter.choices.end()) {
    return make(std::string(text), text);
  }
  return QuantityProblem{"there is no " + std::string(parameter.name) + ' ' + quote(text), "not one of its values",
                         suggest(text, parameter.choices)};
}

}  // namespace

Result read_value(const Parameter& parameter, std::string_view key, std::string_view text, bool quoted,
                  const std::optional<Currency>& currency) {
  switch (parameter.shape) {
    case Shape::quantity:
    case Shape::numbers: return read_quantity(parameter, text, currency);
    case Shape::growth: return read_growth(parameter, key, text);
    case Shape::instant:
    case Shape::date: return read_date(parameter, text);
    case Shape::flag: return read_flag(text, quoted);
    case Shape::choice: return read_choice(parameter, text);
    case Shape::text:
    case Shape::texts:
      if (text.empty()) return QuantityProblem{"the text is empty", "a name is needed", ""};
      return make(std::string(text), text);
    case Shape::section:
    case Shape::list:
    case Shape::table:
    case Shape::changes: break;
  }
  throw std::logic_error("parameter \"" + std::string(parameter.name) + "\" is not a scalar");
}

Value preset_value(const Parameter& parameter) {
  if (parameter.preset.empty()) return {};
  Value value;
  if (parameter.shape == Shape::section) {
    value.data = std::vector<Spec>{preset_spec(*parameter.family->find(parameter.preset))};
    value.source_text = parameter.preset;
  } else {
    Result result = read_value(parameter, parameter.name, parameter.preset, false);
    if (const auto* problem = std::get_if<QuantityProblem>(&result)) {
      throw std::logic_error("preset of \"" + std::string(parameter.name) + "\": " + problem->problem);
    }
    value = std::get<Value>(std::move(result));
  }
  value.preset = true;
  return value;
}

Spec preset_spec(const Entry& entry) {
  Spec spec;
  spec.entry = &entry;
  for (const Parameter& parameter : entry.parameters) spec.values.push_back(preset_value(parameter));
  return spec;
}

}  // namespace fleetrace::core
