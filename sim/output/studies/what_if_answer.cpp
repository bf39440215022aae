#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "models/finance/finance.hpp"
#include "sim/core/numeric/decade.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/output/studies/what_if_parts.hpp"
#include "sim/output/table/first_rows.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/in_words.hpp"

namespace fleetrace::output {
namespace {

using fleet::Metric;
using study::MetricStanding;
using study::WhatIfCaseStanding;
using study::WhatIfStrategy;

constexpr std::size_t kMostTold = 6;
constexpr std::size_t kEffectiveCompute = 0;
constexpr std::size_t kFinalLoss = 1;
constexpr std::size_t kPriceOfCompute = 2;
static_assert(study::kRaceMetrics[kEffectiveCompute] == Metric::effective_compute);
static_assert(study::kRaceMetrics[kFinalLoss] == Metric::final_loss);
static_assert(study::kRaceMetrics[kPriceOfCompute] == Metric::cost_per_effective_compute);

/// "-50 %", "+0.0125 %". What is left of something does not look like nothing.
std::string relative(double share) {
  const double percents = 100 * share;
  int digits = 3;
  std::string text = rough(std::fabs(percents), digits);
  while (text == "100" && percents > -100 && percents < 0 && digits < 12) text = rough(std::fabs(percents), ++digits);
  return (percents < 0 ? '-' : '+') + text + " %";
}

/// One amount with its unit, for what was nothing before.
std::string amount(Metric metric, double value) {
  switch (metric) {
    case Metric::effective_compute: return in_words(value / models::kPetaflopDay, "PF-days");
    case Metric::spend:
    case Metric::npv: return in_words(value, "USD");
    case Metric::energy: return energy_in_words(value);
    case Metric::idle_money: return in_words(value, "USD yr");
    case Metric::idle_accelerators: return in_words(value, "accelerator-years");
    default: return rough(value, 4);
  }
}

/// Whether the metric is another than in the base, beyond rounding.
bool has_moved(const MetricStanding& standing) {
  constexpr double kRounding = 1e-12;
  const double most = std::max(std::fabs(standing.value.mean), std::fabs(before_of(standing)));
  return standing.has_difference && std::isfinite(standing.difference.mean) &&
         std::fabs(standing.difference.mean) > kRounding * most;
}

/// "-50 %"; of what was nothing or less "12 million USD to 14 million USD".
std::string moved(Metric metric, const MetricStanding& standing) {
  const double now = standing.value.mean;
  const double before = before_of(standing);
  if (before > 0 && now >= 0) return relative(standing.difference.mean / before);
  return amount(metric, before) + " to " + amount(metric, now);
}

/// The strategies of a case whose metric moves as `asked` says; the most changed few of many.
template <class Asked>
std::vector<const WhatIfStrategy*> those_that(const WhatIfCaseStanding& standing, std::size_t metric, Asked asked) {
  std::vector<const WhatIfStrategy*> found;
  for (const WhatIfStrategy& each : standing.strategies) {
    if (each.in_base && has_moved(each.metrics[metric]) && asked(each.metrics[metric])) found.push_back(&each);
  }
  if (found.size() > kMostTold) {
    std::stable_sort(found.begin(), found.end(), [metric](const WhatIfStrategy* a, const WhatIfStrategy* b) {
      return std::fabs(a->metrics[metric].difference.mean) > std::fabs(b->metrics[metric].difference.mean);
    });
  }
  return found;
}

/// "A, B and C" of what is said of each; of many the first few and how many there are beyond.
template <class Say>
std::string listed(const std::vector<const WhatIfStrategy*>& which, Say say) {
  const std::size_t shown = std::min(which.size(), kMostTold);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i)
    text += (i == 0 ? "" : i + 1 == which.size() ? " and " : ", ") + say(*which[i]);
  if (shown < which.size()) text += " and " + std::to_string(which.size() - shown) + " more in results.json";
  return text;
}

/// "raises the final loss of hare by 4.0 % (0.673 to 0.699)"; empty where it goes that way for nobody.
std::string final_loss_text(const WhatIfCaseStanding& standing, bool raises) {
  const auto asked = [raises](const MetricStanding& loss) { return (loss.difference.mean > 0) == raises; };
  const std::vector<const WhatIfStrategy*> which = those_that(standing, kFinalLoss, asked);
  if (which.empty()) return {};
  const bool alone = standing.strategies.size() == 1;
  return (raises ? "raises the final loss " : "lowers the final loss ") +
         listed(which, [&](const WhatIfStrategy& each) {
           const MetricStanding& loss = each.metrics[kFinalLoss];
           return (alone ? "" : "of " + core::printable(each.name) + ' ') + "by " +
                  change_in_words(before_of(loss), loss.value.mean) + " (" +
                  loss_from_to(before_of(loss), loss.value.mean) + ')';
         });
}

/// "Effective compute: hare -54.1 %, turtle -57 %."; empty where it moves for nobody.
std::string metric_text(const WhatIfCaseStanding& standing, std::size_t metric) {
  const auto which = those_that(standing, metric, [](const MetricStanding&) { return true; });
  if (which.empty()) return {};
  const bool alone = standing.strategies.size() == 1;
  std::string words = what_if_words(metric);
  words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
  return ' ' + words + ": " +
         listed(which,
                [&](const WhatIfStrategy& each) {
                  return (alone ? "" : core::printable(each.name) + ' ') +
                         moved(study::kRaceMetrics[metric], each.metrics[metric]);
                }) +
         '.';
}

/// Those that only the case has.
std::string new_ones(const WhatIfCaseStanding& standing) {
  std::vector<const WhatIfStrategy*> which;
  for (const WhatIfStrategy& each : standing.strategies) {
    if (!each.in_base) which.push_back(&each);
  }
  if (which.empty()) return {};
  return " Not in the base: " +
         listed(which,
                [](const WhatIfStrategy& each) {
                  return core::printable(each.name) + " (final loss " + fixed(each.metrics[kFinalLoss].value.mean, 3) +
                         ')';
                }) +
         '.';
}

}  // namespace

std::string what_if_words(std::size_t metric) {
  const Metric which = study::kRaceMetrics[metric];
  return which == Metric::cost_per_effective_compute ? "USD per PF-day" : objective_words(which);
}

std::string loss_from_to(double before, double now) {
  const int decimals = std::clamp(1 - core::decade(now - before), 3, 15);
  return fixed(before, decimals) + " to " + fixed(now, decimals);
}

std::vector<std::string> what_if_strategies(const WhatIfReport& report) {
  std::vector<std::pair<double, std::string>> changes;
  for (const WhatIfCaseStanding& what_if_case : report.result.cases) {
    for (const WhatIfStrategy& each : what_if_case.strategies) {
      const MetricStanding& loss = each.metrics[kFinalLoss];
      const double change = loss.has_difference && std::isfinite(loss.difference.mean) ? std::fabs(loss.difference.mean)
                                                                                       : 0;
      const auto found = std::find_if(changes.begin(), changes.end(),
                                      [&each](const auto& known) { return known.second == each.name; });
      if (found == changes.end()) {
        changes.emplace_back(change, each.name);
      } else {
        found->first = std::max(found->first, change);
      }
    }
  }
  if (changes.size() > kShortTable) {
    std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    changes.resize(kFirstRows);
  }
  std::vector<std::string> names;
  names.reserve(changes.size());
  for (auto& each : changes) names.push_back(std::move(each.second));
  return names;
}

std::string what_if_answer(const WhatIfReport& report, std::size_t what_if_case) {
  const WhatIfCaseStanding& standing = report.result.cases[what_if_case];
  const std::string name = core::printable(standing.name);
  if (!standing.differs) return name + " changes nothing: every difference is exactly 0.";
  const std::string raised = final_loss_text(standing, true);
  const std::string lowered = final_loss_text(standing, false);
  std::string text = name + ' ';
  text += raised.empty() && lowered.empty() ? "leaves the final loss as it is"
                                            : raised + (raised.empty() || lowered.empty() ? "" : ", and ") + lowered;
  text += '.';
  for (const std::size_t metric : {kEffectiveCompute, kPriceOfCompute}) text += metric_text(standing, metric);
  const bool is_told = text.find(':') != std::string::npos || !raised.empty() || !lowered.empty();
  for (std::size_t k = 0; k < study::kRaceMetrics.size() && !is_told; ++k) text += metric_text(standing, k);
  return text + new_ones(standing);
}

std::string answer(const WhatIfReport& report) {
  std::string text;
  for (std::size_t f = 1; f < report.result.cases.size(); ++f) text += (f == 1 ? "" : " ") + what_if_answer(report, f);
  return text;
}

}  // namespace fleetrace::output
