#include "sim/cli/optimise_question.hpp"

#include <charconv>
#include <cmath>

#include "sim/api/settings.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/values.hpp"
#include "sim/scenario/schema/money_entry.hpp"

namespace fleetrace::cli {
namespace {

const core::Parameter kEvery{.name = "every",
                             .summary = "interval between dates of orders",
                             .dimension = core::Dimension::duration,
                             .range = core::at_least(1)};
const core::Parameter kYearlySpend{.name = "yearly-spend",
                                   .summary = "most that is spent in a year",
                                   .dimension = core::Dimension::money,
                                   .range = core::above_up_to(0, 9e12)};
const core::Parameter kSmallestOrder{.name = "smallest-order",
                                     .summary = "least hardware of an order",
                                     .dimension = core::Dimension::money,
                                     .range = core::above_up_to(0, 9e12)};
const core::Parameter kGap{.name = "gap", .summary = "what is left to gain", .range = core::between(1e-9, 0.5)};

const core::Parameter kLoss{
    .name = "at-most", .summary = "final loss to reach", .range = core::between(0.001, 0.999999)};
const core::Parameter kTarget{
    .name = "target", .summary = "relative loss to reach", .range = core::between(0.001, 0.999999)};
const core::Parameter kWithin{
    .name = "within", .summary = "how much worse a plan may be", .range = core::above_up_to(0, 1)};
const core::Parameter kPercent{
    .name = "within", .summary = "how much worse a plan may be [%]", .range = core::above_up_to(0, 100)};

/// A share: 0.001 or 0.1%.
double share(const std::string& text) {
  const bool is_percent = !text.empty() && text.back() == '%';
  const std::string number = is_percent ? text.substr(0, text.find_last_not_of(" %") + 1) : text;
  return is_percent ? number_of("within", kPercent, number) / 100 : number_of("within", kWithin, number);
}

/// Shares that are separated by commas, each larger than the one before.
std::vector<double> shares(const std::string& text) {
  std::vector<double> all;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    all.push_back(share(text.substr(from, comma - from)));
    if (all.size() > 1 && all.back() <= all[all.size() - 2])
      throw UsageError("--within \"" + core::printable(text) + "\" must ascend: the least share comes first.");
    from = comma + 1;
  }
  return all;
}

/// A whole number from `least` to `most`.
std::size_t count(const Options& options, std::string_view name, std::size_t otherwise, std::size_t least,
                  std::size_t most) {
  if (!options.has(name)) return otherwise;
  const std::string text = options.text(name, "");
  std::size_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc{} && rest == end && value >= least && value <= most) return value;
  throw UsageError("--" + std::string(name) + " \"" + core::printable(text) + "\" is no whole number from " +
                   std::to_string(least) + " to " + std::to_string(most) + '.');
}

}  // namespace

std::vector<std::string_view> plan_objectives() {
  return {"final_loss", "mean_loss", "time_to_target", "cost_to_target", "npv"};
}
std::vector<std::string_view> plan_date_rules() { return {"calendar", "events"}; }

std::vector<std::string_view> plan_tie_breaks() { return {"any", "least_mean", "least_spend"}; }

OptimizeOptions plan_options(const Options& options, const scenario::Scenario& scenario) {
  const std::optional<core::Currency> currency = scenario::currency_of(scenario.root());
  OptimizeOptions asked;
  asked.strategy = options.text("strategy", "");
  asked.objective = *fleet::find_objective(choice(options, "objective"));
  if (options.has("at-most")) {
    const std::string text = options.text("at-most", "");
    constexpr std::string_view kMetric = "final_loss=";
    if (text.rfind(kMetric, 0) != 0)
      throw UsageError("--at-most needs a final loss, such as --at-most final_loss=0.6.");
    if (options.has("target")) throw UsageError("--at-most states a target of its own: leave --target out.");
    if (options.has("within")) throw UsageError("--within is a tolerance of losses: leave it out, or --at-most.");
    if (!options.has("objective")) asked.objective = fleet::Metric::cost_to_target;
    if (asked.objective != fleet::Metric::cost_to_target && asked.objective != fleet::Metric::npv)
      throw UsageError("--at-most is a condition of cost_to_target and npv: leave it out, or choose one of them.");
    asked.target = number_of("at-most", kLoss, text.substr(kMetric.size()));
  } else if (fleet::info(asked.objective).needs_target) {
    asked.target = options.has("target") ? number_of("target", kTarget, options.text("target", ""))
                                         : study_target(scenario);
    if (!asked.target)
      throw UsageError(std::string(fleet::info(asked.objective).name) +
                       " needs a target. Give --target LOSS, or study.target or loss.targets in the scenario.");
  } else if (options.has("target")) {
    throw UsageError("--target is of time_to_target and cost_to_target: leave it out, or choose one of them.");
  }
  const bool is_loss = asked.objective == fleet::Metric::final_loss || asked.objective == fleet::Metric::mean_loss;
  if (options.has("within") && !is_loss)
    throw UsageError("--within is a tolerance of losses: leave it out, or choose --objective final_loss or mean_loss.");
  asked.dates = choice(options, "dates") == "events" ? ReviewDates::events : ReviewDates::calendar;
  if (options.has("every"))
    asked.every = core::Duration::from_milliseconds(
        std::llround(number_of("every", kEvery, options.text("every", ""))));
  if (options.has("yearly-spend"))
    asked.yearly_spend = core::Money::from_usd(
        number_of("yearly-spend", kYearlySpend, options.text("yearly-spend", ""), currency));
  if (options.has("smallest-order"))
    asked.smallest_order = core::Money::from_usd(
        number_of("smallest-order", kSmallestOrder, options.text("smallest-order", ""), currency));
  asked.most_nodes = count(options, "nodes", asked.most_nodes, 1, 100'000'000);
  asked.gap = number_of("gap", kGap, options.text("gap", "1e-6"));
  if (options.has("within")) {
    asked.also_within = shares(options.text("within", ""));
    asked.within = asked.also_within.front();
    asked.also_within.erase(asked.also_within.begin());
  }
  asked.alternatives = count(options, "alternatives", 0, 0, 20);
  if (asked.alternatives > 0 && !asked.within) throw UsageError("--alternatives needs --within, such as --within 1%.");
  const std::string then = choice(options, "then");
  asked.then = then == "least_mean"    ? BreakTies::least_mean
               : then == "least_spend" ? BreakTies::least_spend
                                       : BreakTies::any;
  if (asked.then != BreakTies::any && asked.objective != fleet::Metric::final_loss)
    throw UsageError("--then breaks ties of final loss alone: leave it out, or choose --objective final_loss.");
  asked.seed = seed(options);
  asked.retires = options.has("retire");
  asked.verbose = options.has("log");
  return asked;
}

}  // namespace fleetrace::cli
