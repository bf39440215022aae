#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "models/progress/progress_entries.hpp"
#include "models/registry/growing_family.hpp"
#include "models/registry/own_models.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

double value(const ProgressLaw& law, double years) {
  const ProgressModel& model = law.own->model;
  const ModelParameters parameters(*law.own, std::span(law.coefficients).first(model.keys.size()));
  const double multiplier = model.multiplier(parameters, years);
  if (multiplier > 0 && std::isfinite(multiplier)) return multiplier;
  throw ModelError("the progress law \"" + model.name + "\" gives " + core::format_real(multiplier) + " after " +
                   core::format_real(years) + " years");
}

double integral(const ProgressLaw& law, double from, double to) {
  if (!(from < to)) return 0;
  constexpr unsigned kHalvings = 12;
  constexpr double kTolerance = 1e-11;
  return boost::math::quadrature::gauss_kronrod<double, 15>::integrate(
      [&law](double years) { return value(law, years); }, from, to, kHalvings, kTolerance);
}

/// Growth now, by the difference over an hour or so to either side.
double rate(const ProgressLaw& law, double years) {
  constexpr double kStep = 1e-4;
  const double from = std::max(0.0, years - kStep);
  const double to = years + kStep;
  return core::log(value(law, to) / value(law, from)) / (to - from);
}

ProgressLaw resolve(const core::Spec& spec) {
  ProgressLaw law;
  law.own = static_cast<const OwnProgress*>(spec.entry);
  law.value = value;
  law.integral_of = integral;
  law.rate = rate;
  take_values(spec, law.own->model.keys.size(), law.coefficients);
  resolve_embodied_and_cost(spec, law);
  if (const double first = value(law, 0); std::fabs(first - 1) > 1e-9) {
    throw core::InputError({{spec.where, "progress",
                             "the progress law \"" + law.own->model.name + "\" begins at " + core::format_real(first),
                             "progress is counted from the start of the horizon, where it is 1", ""}});
  }
  return law;
}

}  // namespace

void register_progress(ProgressModel model) {
  if (!model.multiplier) throw std::invalid_argument("the progress law \"" + model.name + "\" has no multiplier");
  core::Entry entry = own_entry(progress_family(), model.name, model.summary, model.keys, model.scope);
  entry.parameters = with_embodied_and_cost(std::move(entry.parameters));
  require_unique_keys(entry);
  static std::deque<OwnProgress> models;
  models.push_back({{std::move(entry), resolve}, std::move(model)});
  progress_models().add(models.back());
}

}  // namespace fleetrace::models
