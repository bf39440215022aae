#include <algorithm>
#include <cmath>

#include "fleetrace/core/math.hpp"
#include "progress_entries.hpp"

namespace fleetrace::models {
namespace {

struct Adoption {
  double from = 0;  ///< [yr]
  double to = 0;    ///< when its ramp ends
  double log_gain = 0;

  /// ln of what it multiplies A by.
  [[nodiscard]] double log_at(double years) const {
    if (years < from) return 0;
    return years >= to ? log_gain : log_gain * (years - from) / (to - from);
  }
  /// What that grows by a year from `years` on.
  [[nodiscard]] double growth_from(double years) const {
    return years >= from && years < to ? log_gain / (to - from) : 0;
  }
};

/// At each date where one of them begins or ends; nothing of it is a running sum, so that growth ends at exactly 0.
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
    steps.push_back({years, core::exp(log_level), growth});
  }
  return steps;
}

}  // namespace

void AdoptionStep::apply(ProgressLaw& law) const {
  law.is_plain = false;
  law.level = level;
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

double ProgressLaw::adjusted(double base, double years) const {
  const double product = base * level * (growth == 0 ? 1 : core::exp(growth * (years - since)));
  if (std::isinf(log_limit)) return product;
  // A_max^(1 - P^(-1/ln A_max)): ln A = -ln A_max expm1(-ln P / ln A_max).
  return core::exp(-log_limit * core::expm1(-core::log(product) / log_limit));
}

// Gauss and Legendre's rule with five nodes on panels over which A grows e^(1/4)-fold at most: relative error below 1e-14.
double ProgressLaw::adjusted_integral(double from, double to) const {
  if (growth == 0 && std::isinf(log_limit)) return level * integral_of(*this, from, to);
  static constexpr double kNodes[] = {0.5384693101056831, 0.9061798459386640};
  static constexpr double kWeights[] = {0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
  const double ratio = std::fabs(core::log(multiplier(to) / multiplier(from)));
  const double unbent = std::fabs(core::log(value(*this, to) / value(*this, from))) + growth * (to - from);
  const auto panels = static_cast<int>(std::clamp(std::ceil(4 * std::max(ratio, unbent)), 1.0, 4096.0));
  const double half = (to - from) / panels / 2;
  double sum = 0;
  for (int panel = 0; panel < panels; ++panel) {
    const double middle = from + (2 * panel + 1) * half;
    double inside = kWeights[0] * multiplier(middle);
    for (int i = 0; i < 2; ++i)
      inside += kWeights[i + 1] * (multiplier(middle - half * kNodes[i]) + multiplier(middle + half * kNodes[i]));
    sum += inside;
  }
  return sum * half;
}

}  // namespace fleetrace::models
