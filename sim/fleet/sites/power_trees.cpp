#include "sim/fleet/sites/power_trees.hpp"

namespace fleetrace::fleet {

using core::Purpose;

void PowerTrees::reset(const StrategySetup& setup, EventScheduler& events) {
  setup_ = &setup;
  clocks_.clear();
  outages_ = 0;
  const std::vector<Site>& sites = setup.plant.sites;
  trees_.resize(sites.size());
  shares_.assign(sites.size(), 1);
  if (!setup.plant.operations.failures.drawn()) return;
  for (std::uint32_t i = 0; i < sites.size(); ++i) {
    if (!sites[i].outages) continue;
    sites[i].outages->grid.reset(trees_[i]);
    const core::Entity entity = core::Entity::named("power_tree." + sites[i].name);
    for (std::uint32_t k = 0; k < sites[i].outages->copies.size(); ++k) {
      const auto index = static_cast<std::uint32_t>(clocks_.size());
      Clock clock;
      clock.site = i;
      clock.copy = k;
      const PowerOutages::Copy& law = sites[i].outages->copies[k];
      clock.entity = entity.part(law.copy);
      core::Stream lives = stream(Purpose::outages, clock);
      if (lives.uniform() < 1 - law.out) {
        clock.next = events.schedule_after(law.life.draw_residual(lives), EventKind::power_outage, index);
      } else {
        core::Stream repairs = stream(Purpose::restorations, clock);
        toggle(clock);
        clock.next = events.schedule_after(law.repair.draw_residual(repairs), EventKind::power_restoration, index);
      }
      clocks_.push_back(clock);
    }
  }
}

/// The copy goes out or comes back. Returns its site where the share of that changes.
std::optional<std::uint32_t> PowerTrees::toggle(const Clock& clock) {
  const PowerOutages& law = *setup_->plant.sites[clock.site].outages;
  law.grid.toggle(trees_[clock.site], law.copies[clock.copy].copy);
  const double before = shares_[clock.site];
  shares_[clock.site] = law.share(trees_[clock.site]);
  return shares_[clock.site] == before ? std::nullopt : std::optional(clock.site);
}

std::optional<std::uint32_t> PowerTrees::take_out(std::uint32_t index, EventScheduler& events) {
  Clock& clock = clocks_[index];
  ++outages_;
  ++clock.cycle;
  core::Stream repairs = stream(Purpose::restorations, clock);
  clock.next = events.schedule_after(law_of(clock).repair.draw(repairs), EventKind::power_restoration, index);
  return toggle(clock);
}

std::optional<std::uint32_t> PowerTrees::restore(std::uint32_t index, EventScheduler& events) {
  Clock& clock = clocks_[index];
  ++clock.cycle;
  core::Stream lives = stream(Purpose::outages, clock);
  clock.next = events.schedule_after(law_of(clock).life.draw(lives), EventKind::power_outage, index);
  return toggle(clock);
}

std::string PowerTrees::describe(std::uint32_t index) const {
  const Clock& clock = clocks_[index];
  const Site& site = setup_->plant.sites[clock.site];
  const std::size_t copy = law_of(clock).copy;
  std::size_t element = 0;
  while (element + 1 < site.outages->elements.size() && site.outages->grid.first(element + 1) <= copy) ++element;
  return " site=" + core::printable(site.name) + " element=" + core::printable(site.outages->elements[element].name) +
         '.' + std::to_string(copy - site.outages->grid.first(element) + 1);
}

bool PowerTrees::consistent() const {
  if (!has_outages()) return true;
  for (std::size_t i = 0; i < shares_.size(); ++i) {
    const auto& law = setup_->plant.sites[i].outages;
    if (law && shares_[i] != law->share(trees_[i])) return false;
  }
  return true;
}

}  // namespace fleetrace::fleet
