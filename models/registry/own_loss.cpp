#include <cmath>
#include <limits>

#include "models/loss/loss_entries.hpp"
#include "models/registry/growing_family.hpp"
#include "models/registry/own_models.hpp"
#include "sim/core/numeric/math.hpp"

namespace fleetrace::models {
namespace {

/// Decades of compute over the reference that are probed, in quarters.
constexpr int kProbes = 4 * 25;
/// Where the search for a ratio ends.
constexpr double kMostDecades = 300;

double probe_ratio(double decades) { return decades == 0 ? 1 : core::pow(10, decades); }

double value_at(const LossLaw& law, double ratio) {
  const LossModel& model = law.own->model;
  const ModelParameters parameters(*law.own, std::span(law.coefficients).first(model.keys.size()));
  return model.loss(parameters, ratio);
}

std::string place(double ratio, double value) {
  return core::format_real(value) + " at " + core::format_real(ratio) + " times the reference compute";
}

double loss_at(const LossLaw& law, double ratio, double) {
  const double value = value_at(law, ratio);
  if (value > 0 && std::isfinite(value)) return value;
  throw ModelError("the loss law \"" + law.own->model.name + "\" gives " + place(ratio, value));
}

/// The smallest ratio with that loss or less, by bisection of its logarithm.
double ratio_at(const LossLaw& law, double loss, double) {
  if (loss_at(law, 1, 0) <= loss) return 1;
  if (!(loss_at(law, probe_ratio(kMostDecades), 0) <= loss)) return std::numeric_limits<double>::infinity();
  double low = 0;
  double high = kMostDecades;
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return probe_ratio(high);
    (loss_at(law, probe_ratio(middle), 0) <= loss ? high : low) = middle;
  }
}

LossLaw resolve(const core::Spec& spec, double) {
  LossLaw law;
  law.own = static_cast<const OwnLoss*>(spec.entry);
  law.loss_at = loss_at;
  law.ratio_at = ratio_at;
  take_values(spec, law.own->model.keys.size(), law.coefficients);
  return law;
}

void check(const core::Spec& spec, const std::string& path, core::Diagnostics& diagnostics) {
  const LossLaw law = resolve(spec, 1);
  double before = std::numeric_limits<double>::infinity();
  for (int i = 0; i <= kProbes; ++i) {
    const double ratio = probe_ratio(i / 4.0);
    const double value = value_at(law, ratio);
    if (value > 0 && value <= before && std::isfinite(value)) {
      before = value;
      continue;
    }
    diagnostics.add({spec.where, path, "the loss law \"" + law.own->model.name + "\" gives " + place(ratio, value),
                     value > before
                         ? "it gives " + core::format_real(before) + " for less, and a loss never rises with compute"
                         : "a loss is finite and above 0",
                     ""});
    return;
  }
}

}  // namespace

void register_loss(LossModel model) {
  if (!model.loss) throw std::invalid_argument("the loss law \"" + model.name + "\" has no loss");
  core::Entry entry = own_entry(loss_family(), model.name, model.summary, model.keys, model.scope);
  entry.parameters = with_accounting(std::move(entry.parameters));
  require_unique_keys(entry);
  static std::deque<OwnLoss> models;
  models.push_back({{std::move(entry), resolve, check}, std::move(model)});
  loss_models().add(models.back());
}

}  // namespace fleetrace::models
