#include <algorithm>
#include <cmath>

#include "fleetrace/core/special.hpp"
#include "fleetrace/models/renewal.hpp"
#include "fleetrace/models/spares.hpp"

namespace fleetrace::models {
namespace {

/// E min(target, healthy) where `up` of `installed` are in domains of the kinds before `kind` that are up.
double working_below(const FailureLaw& law, std::size_t kind, std::int64_t installed, std::int64_t up,
                     std::int64_t target, double own) {
  if (kind == law.domains.size()) return expected_working(up, std::min(target, up), own);
  const FailureDomain& domain = law.domains[kind];
  const std::int64_t number = domain.number(installed);
  const double out = 1 - domain.availability;
  const auto mode = static_cast<std::int64_t>(static_cast<double>(number + 1) * out);
  double sum = 0;
  const auto add = [&](std::int64_t down) {
    const double mass = core::binomial_mass(down, number, out);
    const double left = 1 - static_cast<double>(down) / static_cast<double>(number);
    const bool is_whole = kind == 0 && installed % domain.size == 0;
    const std::int64_t still_up = is_whole ? installed - down * domain.size
                                           : std::llround(static_cast<double>(up) * left);
    if (mass > 0) sum += mass * working_below(law, kind + 1, installed, still_up, target, own);
    return mass;
  };
  for (std::int64_t down = std::min(mode, number); down <= number; ++down) {
    if (add(down) < 1e-17) break;
  }
  for (std::int64_t down = std::min(mode, number) - 1; down >= 0; --down) {
    if (add(down) < 1e-17) break;
  }
  return sum;
}

}  // namespace

std::int64_t FailureLaw::spares_of(std::int64_t installed) const {
  if (spares == 0 || installed <= 1) return 0;
  return std::min<std::int64_t>(std::llround(spares * static_cast<double>(installed)), installed - 1);
}

double FailureLaw::expected_working(std::int64_t installed, std::int64_t target, double own) const {
  if (target == installed) return static_cast<double>(installed) * own * (availability / own_availability);
  return working_below(*this, 0, installed, installed, target, own);
}

double FailureLaw::fresh_availability(double from, double to) const {
  const double bad = installed_lemons();
  const double others = bad > 0 ? bad * lemon.ages->mean_up(from, to) : 0;
  return others + (1 - bad) * good.ages->mean_up(from, to);
}

double FailureLaw::fresh_failures(double age) const {
  const double bad = installed_lemons();
  return (bad > 0 ? bad * lemon.ages->failures(age) : 0) + (1 - bad) * good.ages->failures(age);
}

void FailureLaw::tabulate(double span) {
  if (!fresh || !(life.mean > 0)) return;
  good.ages = std::make_shared<const Renewal>(good.life, repair, burn_in, span);
  if (lemons > 0) lemon.ages = std::make_shared<const Renewal>(lemon.life, repair, burn_in, span);
}

}  // namespace fleetrace::models
