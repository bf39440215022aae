#include "failure_domains.hpp"

#include <algorithm>

#include "events/events.hpp"

namespace fleetrace::fleet {
namespace {

using core::Purpose;

const std::vector<models::FailureDomain>& kinds_of(const World& world) {
  return world.plan->plant.operations.failures.domains;
}

core::Stream stream(const World& world, Purpose purpose, const Domain& domain) {
  return {world.plan->draw.seed, world.plan->draw.replication, purpose, domain.entity.part(domain.cycle)};
}

/// One more of the domains of its cells is out, or one fewer. How many more are up for it.
std::int64_t switch_cells(World& world, const Domain& domain, int outages) {
  std::int64_t change = 0;
  for (std::uint32_t i = 0; i < domain.cells; ++i) {
    Cell& cell = world.cells[domain.first_cell + i];
    change -= cell.healthy();
    cell.outages += outages;
    change += cell.healthy();
  }
  return change;
}

void schedule_outage(World& world, std::uint32_t index, double wait) {
  Domain& domain = world.domains[index];
  domain.next = world.schedule_after(wait, EventKind::outage, index, kinds_of(world)[domain.kind].size);
}

void schedule_restoration(World& world, std::uint32_t index, double wait) {
  Domain& domain = world.domains[index];
  domain.next = world.schedule_after(wait, EventKind::restoration, index, kinds_of(world)[domain.kind].size);
}

}  // namespace

void lay_out_domains(World& world, std::uint32_t index) {
  Batch& batch = world.batches[index];
  std::vector<std::int64_t> borders{0, batch.count};
  for (const models::FailureDomain& kind : kinds_of(world)) {
    for (std::int64_t border = kind.size; border < batch.count; border += kind.size) borders.push_back(border);
  }
  std::sort(borders.begin(), borders.end());
  borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  batch.first_cell = static_cast<std::uint32_t>(world.cells.size());
  batch.cells = static_cast<std::uint32_t>(borders.size() - 1);
  for (std::size_t i = 0; i + 1 < borders.size(); ++i) {
    const std::int64_t count = borders[i + 1] - borders[i];
    world.cells.push_back({borders[i], count, count, 0});
  }
  batch.first_domain = static_cast<std::uint32_t>(world.domains.size());
  for (std::uint32_t kind = 0; kind < kinds_of(world).size(); ++kind) {
    const core::Entity entity = core::Entity::number(index).part(kind);
    const std::int64_t number = kinds_of(world)[kind].number(batch.count);
    for (std::int64_t i = 0; i < number; ++i) {
      Domain domain;
      domain.entity = entity.part(static_cast<std::uint64_t>(i));
      domain.batch = index;
      domain.kind = kind;
      domain.first_cell = cell_of(world, batch, i * kinds_of(world)[kind].size);
      const std::int64_t end = std::min(batch.count, (i + 1) * kinds_of(world)[kind].size);
      domain.cells = cell_of(world, batch, end - 1) - domain.first_cell + 1;
      world.domains.push_back(domain);
      ++batch.domains;
    }
  }
}

void start_domains(World& world, Batch& batch) {
  for (std::uint32_t i = batch.first_domain; i < batch.first_domain + batch.domains; ++i) {
    const Domain& domain = world.domains[i];
    const models::FailureDomain& kind = kinds_of(world)[domain.kind];
    core::Stream lives = stream(world, Purpose::outages, domain);
    if (lives.uniform() < kind.availability) {
      schedule_outage(world, i, kind.life.draw_residual(lives));
    } else {
      core::Stream repairs = stream(world, Purpose::restorations, domain);
      batch.healthy += switch_cells(world, domain, 1);
      schedule_restoration(world, i, kind.repair.draw_residual(repairs));
    }
  }
}

void stop_domains(World& world, Batch& batch) {
  for (std::uint32_t i = 0; i < batch.domains; ++i) world.calendar.cancel(world.domains[batch.first_domain + i].next);
  batch.domains = batch.cells = 0;
}

std::uint32_t cell_of(const World& world, const Batch& batch, std::int64_t place) {
  if (batch.cells == 0) return Batch::kNone;
  const auto first = world.cells.begin() + batch.first_cell;
  const auto after = std::upper_bound(first, first + batch.cells, place,
                                      [](std::int64_t wanted, const Cell& cell) { return wanted < cell.begin; });
  return static_cast<std::uint32_t>(after - world.cells.begin() - 1);
}

// A place of the batch at random, again until its cell says that it is one of the healthy: few tries, since most are.
std::uint32_t random_healthy_cell(const World& world, const Batch& batch, core::Stream& stream) {
  if (batch.cells == 0) return Batch::kNone;
  for (;;) {
    const auto place = static_cast<std::int64_t>(stream.uniform() * static_cast<double>(batch.count));
    const std::uint32_t found = cell_of(world, batch, std::min(place, batch.count - 1));
    const Cell& cell = world.cells[found];
    if (stream.uniform() * static_cast<double>(cell.count) < static_cast<double>(cell.own_healthy)) return found;
  }
}

void on_outage(World& world, const Payload& payload) {
  Domain& domain = world.domains[payload.index];
  ++world.outages;
  ++domain.cycle;
  core::Stream repairs = stream(world, Purpose::restorations, domain);
  schedule_restoration(world, payload.index, kinds_of(world)[domain.kind].repair.draw(repairs));
  world.change_healthy(world.batches[domain.batch], switch_cells(world, domain, 1));
}

void on_restoration(World& world, const Payload& payload) {
  Domain& domain = world.domains[payload.index];
  ++domain.cycle;
  core::Stream lives = stream(world, Purpose::outages, domain);
  schedule_outage(world, payload.index, kinds_of(world)[domain.kind].life.draw(lives));
  world.change_healthy(world.batches[domain.batch], switch_cells(world, domain, -1));
}

}  // namespace fleetrace::fleet
