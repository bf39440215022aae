#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "models/finance/finance.hpp"
#include "sim/core/numeric/decade.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/output/table/format_unit.hpp"

namespace fleetrace::output {
namespace {

using fleet::Metric;
using study::MetricStanding;
using study::WhatIfCaseStanding;
using study::WhatIfStrategy;

constexpr std::size_t kLeading = 3;  ///< metrics that are said first: effective compute, final loss and its price

bool is_loss(Metric metric) { return metric == Metric::final_loss || metric == Metric::mean_loss; }

/// "-50 %", "+0.0125 %". What is left of something does not look like nothing.
std::string relative(double share) {
  const double percents = 100 * share;
  int digits = 3;
  std::string text = rough(std::fabs(percents), digits);
  while (text == "100" && percents > -100 && percents < 0 && digits < 12) text = rough(std::fabs(percents), ++digits);
  return (percents < 0 ? '-' : '+') + text + " %";
}

/// "0.861 to 0.891": with so many decimals, three at least, that two digits of the difference show.
std::string from_to(double before, double now) {
  const int decimals = std::clamp(1 - core::decade(now - before), 3, 15);
  return fixed(before, decimals) + " to " + fixed(now, decimals);
}

/// One amount with its unit, for what was nothing before.
std::string amount(Metric metric, double value) {
  switch (metric) {
    case Metric::effective_compute: return rough(value / models::kPetaflopDay, 4) + " PF-days";
    case Metric::spend:
    case Metric::npv: return format_unit(Scaled::money, value);
    case Metric::energy: return format_unit(Scaled::energy, value);
    case Metric::idle_money: return format_unit(Scaled::money, value) + " yr";
    case Metric::idle_accelerators: return rough(value, 4) + " accelerator-years";
    default: return rough(value, 4);
  }
}

/// "effective compute -50 %"; empty where the metric is the same but for rounding.
std::string moved(std::size_t metric, const MetricStanding& standing) {
  constexpr double kRounding = 1e-12;
  const double now = standing.value.mean;
  const double before = before_of(standing);
  const double difference = standing.difference.mean;
  const bool has_moved = std::fabs(difference) > kRounding * std::max(std::fabs(now), std::fabs(before));
  if (!standing.has_difference || !has_moved) return {};
  const Metric which = study::kRaceMetrics[metric];
  const std::string words = what_if_words(metric) + ' ';
  if (is_loss(which)) return words + from_to(before, now);
  if (before > 0 && now >= 0) return words + relative(difference / before);
  return words + amount(which, before) + " to " + amount(which, now);
}

/// What moved for one strategy: the leading metrics, or else whatever did.
std::string moved(const WhatIfStrategy& strategy) {
  if (!strategy.in_base) {
    const MetricStanding& loss = strategy.metrics[1];
    return "not in the base, final loss " + fixed(loss.value.mean, 3);
  }
  std::string text;
  for (std::size_t k = 0; k < study::kRaceMetrics.size() && (k < kLeading || text.empty()); ++k) {
    const std::string one = moved(k, strategy.metrics[k]);
    if (!one.empty()) text += (text.empty() ? "" : ", ") + one;
  }
  return text.empty() ? "no change" : text;
}

}  // namespace

std::string what_if_words(std::size_t metric) {
  const Metric which = study::kRaceMetrics[metric];
  return which == Metric::cost_per_effective_compute ? "USD per PF-day" : objective_words(which);
}

std::string what_if_answer(const WhatIfReport& report, std::size_t what_if_case) {
  const WhatIfCaseStanding& standing = report.result.cases[what_if_case];
  std::string text = core::printable(standing.name);
  if (!standing.differs) return text + " changes nothing: every difference is exactly 0.";
  for (std::size_t s = 0; s < standing.strategies.size(); ++s) {
    const WhatIfStrategy& strategy = standing.strategies[s];
    text += s == 0 ? ": " : "; ";
    if (standing.strategies.size() > 1) text += core::printable(strategy.name) + ' ';
    text += moved(strategy);
  }
  return text + '.';
}

std::string answer(const WhatIfReport& report) {
  std::string text;
  for (std::size_t f = 1; f < report.result.cases.size(); ++f) text += (f == 1 ? "" : " ") + what_if_answer(report, f);
  return text;
}

}  // namespace fleetrace::output
