#include <algorithm>

#include "fleetrace/fleet/world.hpp"
#include "fleetrace/models/spares.hpp"
#include "hardware_failures.hpp"

namespace fleetrace::fleet {
namespace {

std::int64_t working(const Batch& batch) { return std::min(batch.target, batch.healthy); }

/// Of those in service, the share that works on average.
double working_share(const models::FailureLaw& law, const Batch& batch, bool is_capacity) {
  if (law.drawn() || law.spares == 0) return 1;
  // Capacity is infinitely many small accelerators.
  if (is_capacity) return std::min(1 - law.spares, law.availability);
  return models::expected_working(batch.count, batch.target, law.availability) / static_cast<double>(batch.target);
}

}  // namespace

void World::install(std::uint32_t index, std::int64_t count, core::Time installed) {
  const Operations& operations = plan->plant.operations;
  const Cohort& cohort = cohorts[index];
  const auto ordinal = static_cast<std::uint32_t>(batches.size());
  Batch& batch = batches.emplace_back();
  batch.cohort = index;
  batch.count = batch.healthy = count;
  batch.target = count - (cohort.is_capacity() ? 0 : operations.failures.spares_of(count));
  batch.share = working_share(operations.failures, batch, cohort.is_capacity());
  if (operations.failures.drawn()) start_failures(*this, ordinal);
  move(index, State::waiting_for_power, State::in_service, working(batch), batch.share);
  move(index, State::waiting_for_power, State::standby, batch.healthy - working(batch));
  move(index, State::waiting_for_power, State::in_repair, count - batch.healthy);

  const core::Time end_of_life = core::saturating_add(installed, operations.lifetime);
  if (end_of_life == core::Time::latest()) return;
  // Also where it lies beyond the horizon: what is ordered now may arrive beyond it, too.
  const engine::EventId event = schedule(end_of_life, EventKind::retirement, ordinal, count);
  retirements.push_back({end_of_life, count * cohort.nameplate_mw, ordinal, event});
}

void World::fail(Batch& batch) {
  ++failures;
  const bool spare_takes_over = batch.healthy > batch.target;
  --batch.healthy;
  move(batch.cohort, spare_takes_over ? State::standby : State::in_service, State::in_repair, 1);
}

void World::mend(Batch& batch) {
  const bool is_needed = batch.healthy < batch.target;
  ++batch.healthy;
  move(batch.cohort, State::in_repair, is_needed ? State::in_service : State::standby, 1);
}

void World::retire(Batch& batch) {
  stop_failures(*this, batch);
  move(batch.cohort, State::in_service, State::retired, working(batch), batch.share);
  move(batch.cohort, State::standby, State::retired, batch.healthy - working(batch));
  move(batch.cohort, State::in_repair, State::retired, batch.count - batch.healthy);
  batch.count = batch.target = batch.healthy = 0;
}

}  // namespace fleetrace::fleet
