#include <set>

#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {
namespace {

using core::Spec;

/// Adds what a (partial) scenario names beside its markets: the accelerator that a rent is the price of, and what others are like.
void add_named(const Spec& root, std::set<std::string>& names) {
  if (const Spec* rental = root.section("rental"); rental != nullptr && rental->entry != nullptr) {
    if (rental->has("accelerator")) names.insert(rental->text("accelerator"));
  }
  for (const Spec& each : root.sections("accelerators")) {
    if (each.has("like")) names.insert(each.text("like"));
  }
}

}  // namespace

void warn_of_unused_accelerators(const Spec& root, const std::vector<fleet::StrategySetup>& setups,
                                 core::Diagnostics& warnings) {
  const std::vector<Spec>& own = root.sections("accelerators");
  if (own.empty()) return;
  std::set<std::string> names;
  add_named(root, names);
  for (const Spec& strategy : root.sections("strategies")) {
    if (const Spec* changes = strategy.section("with")) add_named(*changes, names);
  }
  for (const fleet::StrategySetup& setup : setups) {
    for (const models::AcceleratorType& type : setup.plant.market.types) names.insert(type.name);
  }
  for (const Spec& each : own) {
    if (names.count(each.name) > 0) continue;
    warnings.add({each.where, "accelerators." + each.name, "nothing names it",
                  "it is neither on sale nor in an initial fleet",
                  "Add it to hardware.accelerators, or leave it out."});
  }
}

}  // namespace fleetrace::scenario
