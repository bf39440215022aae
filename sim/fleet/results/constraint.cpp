#include "sim/fleet/results/constraint.hpp"

namespace fleetrace::fleet {
namespace {

constexpr std::array<ConstraintInfo, kConstraints> kInfo{{
    {"none", "nothing", "it waits by its own plan, or buys nothing"},
    {"budget", "budget", "all money that it has released is spent"},
    {"supply", "supply limit", "no more is allotted or made"},
    {"power", "site power", "the site takes no more nameplate power"},
    {"space", "space", "the site has no room for more racks"},
    {"cooling", "cooling", "the site can take away no more heat"},
    {"network", "network", "the network lets no larger run make use of more"},
    {"data", "data", "there is no more data to train on"},
    {"demand", "demand", "it wants no more: its load is met"},
    {"price", "not enough left for one chip", "what is left does not pay for one"},
    {"nothing_on_sale", "nothing on sale", "there is nothing to buy, not yet or no more"},
}};

}  // namespace

const ConstraintInfo& info(Constraint constraint) { return kInfo[static_cast<std::size_t>(constraint)]; }

void ConstraintTimeline::update(core::Time now) {
  BindingConstraint binding;
  for (const BindingConstraint& each : reported_) {
    if (each.constraint != Constraint::none) binding = each;
  }
  // What changes more than once in an instant leaves its last state only.
  if (spells_.back().from == now) {
    spells_.pop_back();
    if (spells_.empty() || spells_.back().binding != binding) spells_.push_back({now, binding});
  } else if (spells_.back().binding != binding) {
    spells_.push_back({now, binding});
  }
}

}  // namespace fleetrace::fleet
