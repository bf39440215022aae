#include "sim/fleet/reliability/failure_domains.hpp"

#include <algorithm>

namespace fleetrace::fleet {

using core::Purpose;

void FailureDomains::reset(const StrategySetup& setup) {
  setup_ = &setup;
  cells_.clear();
  domains_.clear();
  outages_ = 0;
}

/// One more of the domains of its cells is out, or one fewer. How many more accelerators are up for it.
std::int64_t FailureDomains::switch_cells(const Domain& domain, int outages) {
  std::int64_t change = 0;
  for (std::uint32_t i = 0; i < domain.cells; ++i) {
    DomainCell& cell = cells_[domain.first_cell + i];
    change -= cell.healthy();
    cell.outages += outages;
    change += cell.healthy();
  }
  return change;
}

void FailureDomains::schedule(std::uint32_t index, EventKind kind, double wait, EventScheduler& events) {
  Domain& domain = domains_[index];
  domain.next = events.schedule_after(wait, kind, index, kinds()[domain.kind].size);
}

void FailureDomains::lay_out(std::uint32_t index, Batch& batch) {
  std::vector<std::int64_t> borders{0, batch.count};
  for (const models::FailureDomain& kind : kinds()) {
    for (std::int64_t border = kind.size; border < batch.count; border += kind.size) borders.push_back(border);
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  batch.first_cell = static_cast<std::uint32_t>(cells_.size());
  batch.cells = static_cast<std::uint32_t>(borders.size() - 1);
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    const std::int64_t count = borders[i + 1] - borders[i];
    cells_.push_back({borders[i], count, count, 0});
  }
  batch.first_domain = static_cast<std::uint32_t>(domains_.size());
  for (std::uint32_t kind = 0; kind < kinds().size(); ++kind) {
    const core::Entity entity = core::Entity::number(index).part(kind);
    const std::int64_t size = kinds()[kind].size;
    const std::int64_t number = kinds()[kind].number(batch.count);
    for (std::int64_t i = 0; i < number; ++i) {
      Domain domain;
      domain.entity = entity.part(static_cast<std::uint64_t>(i));
      domain.batch = index;
      domain.kind = kind;
      domain.first_cell = cell_of(batch, i * size);
      domain.cells = cell_of(batch, std::min(batch.count, (i + 1) * size) - 1) - domain.first_cell + 1;
      domains_.push_back(domain);
      ++batch.domains;
    }
  }
}

void FailureDomains::start(Batch& batch, EventScheduler& events) {
  for (std::uint32_t i = batch.first_domain; i < batch.first_domain + batch.domains; ++i) {
    const Domain& domain = domains_[i];
    const models::FailureDomain& kind = kinds()[domain.kind];
    core::Stream lives = stream(Purpose::outages, domain);
    if (lives.uniform() < kind.availability) {
      schedule(i, EventKind::outage, kind.life.draw_residual(lives), events);
    } else {
      core::Stream repairs = stream(Purpose::restorations, domain);
      batch.healthy += switch_cells(domain, 1);
      schedule(i, EventKind::restoration, kind.repair.draw_residual(repairs), events);
    }
  }
}

void FailureDomains::stop(Batch& batch, EventScheduler& events) {
  for (std::uint32_t i = 0; i < batch.domains; ++i) events.cancel(domains_[batch.first_domain + i].next);
  batch.domains = batch.cells = 0;
}

HealthChange FailureDomains::take_out(std::uint32_t index, EventScheduler& events) {
  Domain& domain = domains_[index];
  ++outages_;
  ++domain.cycle;
  core::Stream repairs = stream(Purpose::restorations, domain);
  schedule(index, EventKind::restoration, kinds()[domain.kind].repair.draw(repairs), events);
  return {domain.batch, switch_cells(domain, 1)};
}

HealthChange FailureDomains::restore(std::uint32_t index, EventScheduler& events) {
  Domain& domain = domains_[index];
  ++domain.cycle;
  core::Stream lives = stream(Purpose::outages, domain);
  schedule(index, EventKind::outage, kinds()[domain.kind].life.draw(lives), events);
  return {domain.batch, switch_cells(domain, -1)};
}

std::uint32_t FailureDomains::cell_of(const Batch& batch, std::int64_t place) const {
  if (batch.cells == 0) return Batch::kNone;
  const auto first = cells_.begin() + static_cast<std::ptrdiff_t>(batch.first_cell);
  const auto after = std::upper_bound(first, first + static_cast<std::ptrdiff_t>(batch.cells), place,
                                      [](std::int64_t wanted, const DomainCell& cell) { return wanted < cell.begin; });
  return static_cast<std::uint32_t>(after - cells_.begin() - 1);
}

// A place of the batch at random, again until its cell says that it is one of the healthy: few tries, since most are.
std::uint32_t FailureDomains::random_healthy_cell(const Batch& batch, core::Stream& stream) const {
  if (batch.cells == 0) return Batch::kNone;
  for (;;) {
    const auto place = static_cast<std::int64_t>(stream.uniform() * static_cast<double>(batch.count));
    const std::uint32_t found = cell_of(batch, std::min(place, batch.count - 1));
    const DomainCell& cell = cells_[found];
    if (stream.uniform() * static_cast<double>(cell.count) < static_cast<double>(cell.own_healthy)) return found;
  }
}

bool FailureDomains::agrees_with(const Batch& batch) const {
  if (batch.cells == 0) return true;
  std::int64_t healthy = 0;
  std::int64_t own_healthy = 0;
  std::int64_t count = 0;
  for (std::uint32_t i = 0; i < batch.cells; ++i) {
    const DomainCell& cell = cells_[batch.first_cell + i];
    if (cell.own_healthy < 0 || cell.own_healthy > cell.count || cell.outages < 0) return false;
    healthy += cell.healthy();
    own_healthy += cell.own_healthy;
    count += cell.count;
  }
  return healthy == batch.up && own_healthy == batch.own_healthy && count == batch.count;
}

}  // namespace fleetrace::fleet
