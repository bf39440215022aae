#include "sim/cli/plan_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};

/// A month by its name, the first three letters of it, or its number.
int month_of(const std::string& text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc{} && rest == end && number >= 1 && number <= 12) return number;
  std::string name;
  for (const char c : text) name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (name == kMonths[i] || name == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  throw UsageError("--fiscal-year-begins \"" + core::printable(text) + "\" is no month. " +
                   core::suggest(name, {kMonths.begin(), kMonths.end()}));
}

}  // namespace

std::vector<std::string_view> period_names() { return {"month", "quarter", "year"}; }

std::optional<PlanOptions> plan_options(const Options& options, const fleet::Horizon& horizon) {
  PlanOptions plan;
  const bool has_month = options.has("fiscal-year-begins");
  if (has_month) plan.fiscal_year_begins = month_of(options.text("fiscal-year-begins", ""));
  if (!options.has("by")) {
    if (has_month)
      throw UsageError(
          "--fiscal-year-begins says where the periods of --by begin. Give --by quarter or --by year, too.");
    return std::nullopt;
  }
  const std::vector<std::string_view> names = period_names();
  const std::string by = choice(options, "by");
  plan.by = static_cast<Period>(std::find(names.begin(), names.end(), by) - names.begin());
  if (has_month && plan.by == Period::month)
    throw UsageError("--fiscal-year-begins says where years and quarters begin; months are the same in every year.");
  try {
    (void)plan_periods(horizon.start, horizon.end, plan);
  } catch (const std::invalid_argument& error) {
    throw UsageError("--by " + by + ": " + error.what() + ". Longer periods, or a shorter horizon, have fewer.");
  }
  return plan;
}

std::optional<PlanOptions> folder_plan_options(const Options& options, const fleet::Horizon& horizon) {
  if (options.has("by") || options.has("fiscal-year-begins")) return plan_options(options, horizon);
  return usual_plan(horizon.start, horizon.end);
}

}  // namespace fleetrace::cli
