#include "sim/scenario/resolve/resolve_accounting.hpp"

#include <algorithm>
#include <utility>

#include "sim/scenario/resolve/resolve_plant.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

void resolve_comparison_laws(const Spec& spec, fleet::LossAccounting& loss, Diagnostics& diagnostics) {
  if (!spec.has("beside")) return;
  std::vector<std::string_view> known;
  for (const core::Entry* entry : models::loss_family().entries) known.push_back(entry->name);
  std::vector<std::string_view> taken{spec.entry->name};
  const core::Location& where = spec.value("beside").where;
  for (const std::string& name : spec.texts("beside")) {
    const core::Entry* entry = models::loss_family().find(name);
    if (entry == nullptr) {
      diagnostics.add({where, "loss.beside", "there is no loss law \"" + core::printable(name) + '"',
                       "laws beside the scenario's own go by their names", core::suggest(name, known)});
    } else if (std::find(taken.begin(), taken.end(), entry->name) != taken.end()) {
      diagnostics.add({where, "loss.beside", name + " is there already", "each law is reported once", "Leave it out."});
    } else {
      taken.push_back(entry->name);
      loss.comparison_laws.push_back(
          {name, models::resolve_loss(models::loss_with_fit_of(spec, *entry), loss.reference.compute)});
    }
  }
}

void resolve_capabilities(const Spec& spec, fleet::LossAccounting& loss, Diagnostics& diagnostics) {
  const double irreducible = loss.law.floor * loss.law.reference_loss;
  for (const Spec& each : spec.sections("capabilities")) {
    const std::string path = "loss.capabilities." + each.name;
    fleet::NamedCapability capability{each.name, models::resolve_capability(each), std::nullopt};
    if (capability.law.perfect < 0) capability.law.perfect = irreducible;
    if (each.has("target")) capability.target = each.number("target");
    const bool is_threshold = capability.law.kind == models::CapabilityLaw::Kind::threshold;
    if (loss.law.reference_loss == 0 && !capability.law.follows_compute()) {
      diagnostics.add({each.where, path, "the loss law has no absolute scale",
                       "a capability is a curve of absolute loss",
                       "Choose another law, such as loss: {model: chinchilla}."});
    } else if (is_threshold && capability.law.half <= irreducible) {
      diagnostics.add({each.value("at").where, path + ".at", "no compute brings the loss down to " + each.shown("at"),
                       core::format_real(irreducible) + " nats/token of it are irreducible by this law",
                       "Thresholds of another fit do not carry over: raise it."});
    }
    if (capability.target && is_threshold && *capability.target <= capability.law.chance) {
      diagnostics.add({each.value("target").where, path + ".target", "it is no more than chance",
                       "it would be reached without any ability", "Raise it, or lower chance."});
    }
    loss.capabilities.push_back(std::move(capability));
  }
}

/// Results are listed by target.
void refuse_repeated(const core::Value& value, const std::vector<double>& targets, Diagnostics& diagnostics) {
  for (auto each = targets.begin(); each != targets.end(); ++each) {
    if (std::find(targets.begin(), each, *each) == each) continue;
    diagnostics.add({value.where, "loss.targets", core::format_real(*each) + " is listed twice",
                     "each target is reported once", "Remove one."});
  }
}

}  // namespace

void resolve_accounting(const Spec& spec, const fleet::Plant& base, const fleet::Horizon& horizon,
                        const std::optional<fleet::Reference>& yardstick, fleet::LossAccounting& loss,
                        Diagnostics& diagnostics) {
  // The law may lend its table to the one that takes its place.
  const models::LossLaw before = std::move(loss.law);
  fleet::LossAccounting fresh;
  fresh.targets = std::move(loss.targets);
  fresh.targets.clear();
  loss = std::move(fresh);
  if (!found_below(diagnostics, "initial_fleet")) {
    loss.reference = resolve_reference(spec, base, horizon, yardstick, diagnostics);
  }
  if (loss.reference.compute > 0) {
    loss.law = models::resolve_loss(spec, loss.reference.compute);
    loss.law.tabulate(&before);
  }
  models::check_loss(spec, "loss", diagnostics);
  if (spec.has("targets")) {
    loss.targets = spec.numbers("targets");
    refuse_repeated(spec.value("targets"), loss.targets, diagnostics);
  }
  if (loss.reference.compute > 0) {
    resolve_comparison_laws(spec, loss, diagnostics);
    resolve_capabilities(spec, loss, diagnostics);
  }
  const Spec& compute = *spec.section("compute");
  if (compute.entry->name != "best_run") return;
  loss.accounting = fleet::Accounting::best_run;
  loss.run_length = compute.duration("length");
  loss.run_share = compute.number("share");
  loss.run_inherits = compute.number("inherits");
  static constexpr std::int64_t kMostRuns = 1000;
  if (loss.run_inherits > 0 && (horizon.end - horizon.start) / loss.run_length > kMostRuns) {
    diagnostics.add({compute.value("length").where, "loss.compute.length",
                     "more than a thousand runs could follow each other, each the heir of those before it",
                     "all of them are followed", "Lengthen it, or leave inherits out."});
  }
  if (loss.run_length > horizon.end - horizon.start) {
    diagnostics.add({compute.value("length").where, "loss.compute.length", "a run is longer than the horizon",
                     "no run would ever be completed", "Shorten it or lengthen the horizon."});
  }
}

}  // namespace fleetrace::scenario
