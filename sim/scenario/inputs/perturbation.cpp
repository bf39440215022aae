#include "sim/scenario/inputs/perturbation.hpp"

#include <algorithm>
#include <cmath>

namespace fleetrace::scenario {
namespace {

using core::Spec;
using core::Value;

constexpr double kMore = 1.01;

/// The sections of a table or list that an entry may have and a scenario may state.
std::vector<Spec>* sections(Spec& spec, std::string_view key) {
  if (spec.entry->find(key) == nullptr) return nullptr;
  return std::get_if<std::vector<Spec>>(&spec.value(key).data);
}

double* number(Spec& spec, std::string_view key) {
  if (spec.entry->find(key) == nullptr) return nullptr;
  return std::get_if<double>(&spec.value(key).data);
}

/// What strategies change beside the whole scenario.
Spec* changes_of(Spec& strategy) {
  std::vector<Spec>* changes = sections(strategy, "with");
  return changes == nullptr || changes->empty() ? nullptr : &changes->front();
}

bool is_limit(const double* power) { return power != nullptr && std::isfinite(*power); }

/// Of one site, everything that brings grid power: what is there, phases, projects.
template <class Visit>
void each_power(Spec& site, Visit visit) {
  if (double* power = number(site, "power"); is_limit(power)) visit(*power);
  for (const char* key : {"grid", "projects"}) {
    std::vector<Spec>* parts = sections(site, key);
    if (parts == nullptr) continue;
    for (Spec& part : *parts) {
      if (double* power = number(part, "power"); is_limit(power)) visit(*power);
    }
  }
}

void scale_power(Spec& root) {
  std::vector<Spec>* sites = sections(root, "sites");
  if (sites == nullptr) return;
  for (Spec& site : *sites) each_power(site, [](double& power) { power *= kMore; });
}

/// Whether a strategy may fill a site: all of them unless it names some.
bool uses(const Spec& strategy, const std::string& site) {
  if (strategy.entry->find("sites") == nullptr) return true;
  const auto* named = std::get_if<std::vector<std::string>>(&strategy.value("sites").data);
  return named == nullptr || std::find(named->begin(), named->end(), site) != named->end();
}

/// Grid power of the limited sites that a strategy uses, once everything is there [W]: a phase counts those before it in, a
/// project adds.
double all_power(Spec& root, const Spec& strategy) {
  std::vector<Spec>* sites = sections(root, "sites");
  double sum = 0;
  if (sites == nullptr) return sum;
  for (Spec& site : *sites) {
    if (!uses(strategy, site.name)) continue;
    const double* base = number(site, "power");
    double level = is_limit(base) ? *base : 0;
    if (std::vector<Spec>* phases = sections(site, "grid"); phases != nullptr) {
      for (Spec& phase : *phases) level = std::max(level, *number(phase, "power"));
    }
    if (std::vector<Spec>* projects = sections(site, "projects"); projects != nullptr) {
      for (Spec& project : *projects) {
        if (const double* power = number(project, "power"); is_limit(power)) level += *power;
      }
    }
    sum += level;
  }
  return sum;
}

/// A date or a duration from the start, a month earlier, as far as it lies after the start; whether it moved.
bool advance(Spec& spec, std::string_view key, core::Time start) {
  if (spec.entry->find(key) == nullptr) return false;
  Value& value = spec.value(key);
  if (auto* date = std::get_if<core::Time>(&value.data)) {
    if (*date <= start) return false;
    *date = std::max(start, *date - core::kMonth);
    return true;
  }
  auto* wait = std::get_if<double>(&value.data);
  if (wait == nullptr || *wait <= 0) return false;
  *wait = std::max(0.0, *wait - static_cast<double>(core::kMonth.milliseconds()));
  return true;
}

/// How many months earlier everything of a section comes now.
double advance_all(Spec& root, core::Time start) {
  const auto month = static_cast<double>(core::kMonth.milliseconds());
  double months = 0;
  if (std::vector<Spec>* supply = sections(root, "supply"); supply != nullptr && !supply->empty()) {
    if (double* lead = number(supply->front(), "lead_time"); lead != nullptr && *lead > 0) {
      const double cut = std::min(*lead, month);
      *lead -= cut;
      months = cut / month;
    }
  }
  std::vector<Spec>* sites = sections(root, "sites");
  if (sites == nullptr) return months;
  for (Spec& site : *sites) {
    std::vector<Spec>* phases = sections(site, "grid");
    std::vector<Spec>* projects = sections(site, "projects");
    for (std::vector<Spec>* dated : {phases, projects}) {
      if (dated == nullptr) continue;
      for (Spec& each : *dated) {
        if (advance(each, dated == phases ? "from" : "start", start)) months = 1;
      }
    }
  }
  return months;
}

}  // namespace

std::vector<double> perturb(Scenario& scenario, Perturbation perturbation) {
  Spec& root = scenario.edit();
  std::vector<Spec>& strategies = *sections(root, "strategies");
  std::vector<double> amounts(strategies.size());
  if (perturbation == Perturbation::budget) {
    for (std::size_t i = 0; i < strategies.size(); ++i) {
      double* budget = number(strategies[i], "budget");
      if (budget == nullptr) continue;
      amounts[i] = (kMore - 1) * *budget / 1e6;
      *budget *= kMore;
    }
    return amounts;
  }
  const core::Time start = root.section("horizon")->instant("start", {});
  const double months = perturbation == Perturbation::time ? advance_all(root, start) : 0;
  if (perturbation == Perturbation::power) scale_power(root);
  for (std::size_t i = 0; i < strategies.size(); ++i) {
    Spec* own = changes_of(strategies[i]);
    if (perturbation == Perturbation::time) {
      amounts[i] = own == nullptr ? months : std::max(months, advance_all(*own, start));
      continue;
    }
    double more = 0;
    if (own == nullptr || sections(*own, "sites") == nullptr) {
      more = all_power(root, strategies[i]);
    } else {
      scale_power(*own);
      Spec whole = merged(root, own);
      more = all_power(whole, strategies[i]);
    }
    amounts[i] = more * (1 - 1 / kMore) / 1e6;
  }
  return amounts;
}

}  // namespace fleetrace::scenario
