#include <algorithm>
#include <cmath>

#include "models/progress/catch_up.hpp"
#include "models/progress/progress_entries.hpp"
#include "models/progress/quadrature.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

struct Adoption {
  double from = 0;      ///< start of the ramp [yr]
  double to = 0;        ///< end of the ramp [yr]
  double log_gain = 0;  ///< ln of the gain at the end of the ramp

  /// ln of the factor on A at `years`.
  [[nodiscard]] double log_at(double years) const {
    if (years < from) return 0;
    return years >= to ? log_gain : log_gain * (years - from) / (to - from);
  }
  /// Growth of that logarithm from `years` on [nat/yr].
  [[nodiscard]] double growth_from(double years) const {
    return years >= from && years < to ? log_gain / (to - from) : 0;
  }
};

/// One step for each date on which a ramp begins or ends. Each is summed from scratch, so that growth ends at exactly 0.
std::vector<AdoptionStep> steps_of(const std::vector<Adoption>& adoptions) {
  std::vector<double> dates;
  for (const Adoption& each : adoptions) {
    dates.push_back(each.from);
    if (each.to > each.from) dates.push_back(each.to);
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  std::vector<AdoptionStep> steps;
  for (const double years : dates) {
    double log_level = 0;
    double growth = 0;
    for (const Adoption& each : adoptions) {
      log_level += each.log_at(years);
      growth += each.growth_from(years);
    }
    steps.push_back({years, log_level, growth});
  }
  return steps;
}

}  // namespace

double integral_by_panels(double (*multiplier)(const ProgressLaw&, double), const ProgressLaw& law, double from,
                          double to, double growth) {
  return gauss_panels(from, to, growth, [&](double years) { return multiplier(law, years); });
}

void AdoptionStep::apply(ProgressLaw& law) const {
  law.is_plain = false;
  law.log_level = log_level;
  law.growth = growth;
  law.since = years;
}

std::vector<AdoptionStep> resolve_adoptions(const core::Spec& spec, core::Time start, core::Time end,
                                            const std::string& path, core::Diagnostics& diagnostics) {
  std::vector<Adoption> adoptions;
  const std::vector<core::Spec>& written = spec.sections("adoptions");
  for (std::size_t i = 0; i < written.size(); ++i) {
    const core::Time at = written[i].instant("at", start);
    const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
      diagnostics.add({written[i].value("at").where, path + ".adoptions." + std::to_string(i) + ".at",
                       core::to_date(at) + problem, reason, suggestion});
    };
    if (at < start) {
      refuse(" is before the start", "A is 1 at the start, whatever came before it", "Leave it out, or start earlier.");
    } else if (at >= end) {
      refuse(" is not before the end", "it would change nothing", "Leave it out, or lengthen the horizon.");
    }
    const double from = (at - start).years();
    const double log_gain = core::log(written[i].number("gain"));
    if (log_gain > 0) adoptions.push_back({from, from + written[i].duration("ramp").years(), log_gain});
  }
  return steps_of(adoptions);
}

double ProgressLaw::expected_growth(double years) const {
  const double base = rate == nullptr ? 0 : rate(*this, years);
  if (is_plain) return base;
  return (base + growth) * (std::isinf(log_limit) ? 1 : 1 - core::log(multiplier(years)) / log_limit);
}

double ProgressLaw::expected_log(double years) const {
  if (mean_log == nullptr) return limited(log_product(years));
  return limited(mean_log(*this, years) + log_level + growth * (years - since));
}

double ProgressLaw::log_product(double years) const {
  const double base = log_value != nullptr ? log_value(*this, years) : core::log(value(*this, years));
  return base + log_level + growth * (years - since);
}

double ProgressLaw::change(double from, double to) const {
  if (is_plain && log_value == nullptr) {
    const double ratio = value(*this, to) / value(*this, from);
    return ratio == 1 ? 0 : core::log(ratio);
  }
  const double first = log_product(from);
  const double last = log_product(to);
  // A limit makes changes of ln A smaller while A is above 1, and larger while it is below 1.
  if (std::isinf(log_limit) || (first >= 0 && last >= 0)) return last - first;
  return limited(last) - limited(first);
}

// A_max^(1 - P^(-1/ln A_max)), with a relative rounding error of ln A_max times 1e-16.
double ProgressLaw::limited(double product) const {
  return std::isinf(log_limit) ? product : log_limit * (1 - core::exp(-product / log_limit));
}

double ProgressLaw::adjusted(double years) const { return core::exp(limited(log_product(years))); }

double ProgressLaw::adjusted_at(double years, double level) const {
  const double log_own = catch_up.log_own(*this, years) + core::log(level);
  return core::exp(limited(log_own + log_level + growth * (years - since)));
}

double ProgressLaw::adjusted_integral(double from, double to) const {
  if (growth == 0 && std::isinf(log_limit)) return core::exp(log_level) * integral_of(*this, from, to);
  if (catch_up.flow > 0)
    return integral_of_catching_up(*this, from, to,
                                   [this](double years, double level) { return adjusted_at(years, level); });
  const double first = log_product(from);
  const double last = log_product(to);
  const double unbent = std::fabs(last - first);
  // Above 1 a limit only slows growth, so the rule with few points is enough.
  if (first >= 0 && last >= 0 && unbent <= 0.05)
    return gauss_three(from, to - from, [this](double years) { return adjusted(years); });
  const double ratio = std::fabs(limited(last) - limited(first));
  return integral_by_panels([](const ProgressLaw& law, double years) { return law.adjusted(years); }, *this, from, to,
                            std::max(ratio, unbent));
}

}  // namespace fleetrace::models
