#pragma once

#include <vector>

#include "sim/fleet/events/scheduler.hpp"
#include "sim/fleet/reliability/batch.hpp"
#include "sim/fleet/setup.hpp"

namespace fleetrace::fleet {

/// Accelerators of a batch that share all their failure domains, next to each other.
struct DomainCell {
  std::int64_t begin = 0;  ///< place of the cell's first accelerator in its batch
  std::int64_t count = 0;
  std::int64_t own_healthy = 0;  ///< accelerators whose own clock is up
  std::int32_t outages = 0;      ///< domains of the cell that are out

  /// Of its accelerators, those that are up.
  [[nodiscard]] std::int64_t healthy() const { return outages == 0 ? own_healthy : 0; }
};

/// Failure domains as events: racks and feeds that take their accelerators along.
class FailureDomains {
 public:
  void reset(const StrategySetup& setup);
  /// Cuts a new batch into its domains and into cells that share all of theirs; all are up.
  void lay_out(std::uint32_t index, Batch& batch);
  /// Draws which domains of a batch are out, in the stationary regime, and plans what happens to each next.
  void start(Batch& batch, EventScheduler& events);
  /// Cancels what is planned for a batch.
  void stop(Batch& batch, EventScheduler& events);

  /// The domain at `index` goes out and will be back.
  HealthChange take_out(std::uint32_t index, EventScheduler& events);
  /// The domain at `index` is back and will go out again.
  HealthChange restore(std::uint32_t index, EventScheduler& events);
  /// So many more of the own clocks in a cell are up. How many more of its accelerators are.
  std::int64_t change_own(std::uint32_t cell, std::int64_t change) {
    DomainCell& changed = cells_[cell];
    const std::int64_t before = changed.healthy();
    changed.own_healthy += change;
    return changed.healthy() - before;
  }

  /// The cell of the accelerator at that place of its batch; Batch::kNone without domains.
  [[nodiscard]] std::uint32_t cell_of(const Batch& batch, std::int64_t place) const;
  /// The cell of one of those whose own clock is up, each with the same chance; Batch::kNone without domains.
  [[nodiscard]] std::uint32_t random_healthy_cell(const Batch& batch, core::Stream& stream) const;
  [[nodiscard]] std::uint32_t batch_of(std::uint32_t domain) const { return domains_[domain].batch; }
  /// Domains that have gone out so far.
  [[nodiscard]] std::int64_t outages() const { return outages_; }

  /// Whether the cells of a batch add up to it.
  [[nodiscard]] bool agrees_with(const Batch& batch) const;

 private:
  /// A failure domain of a batch with its clock.
  struct Domain {
    core::Entity entity;
    engine::EventId next;  ///< next outage of the domain, or the end of the present one
    std::uint32_t batch = 0;
    std::uint32_t kind = 0;  ///< index into FailureLaw::domains
    std::uint32_t first_cell = 0;
    std::uint32_t cells = 0;
    std::uint32_t cycle = 0;  ///< number of phases so far
  };

  [[nodiscard]] const std::vector<models::FailureDomain>& kinds() const {
    return setup_->plant.operations.failures.domains;
  }
  [[nodiscard]] core::Stream stream(core::Purpose purpose, const Domain& domain) const {
    return {setup_->draw.seed, setup_->draw.replication, purpose, domain.entity.part(domain.cycle)};
  }
  std::int64_t switch_cells(const Domain& domain, int outages);
  void schedule(std::uint32_t index, EventKind kind, double wait, EventScheduler& events);

  const StrategySetup* setup_ = nullptr;
  std::vector<DomainCell> cells_;
  std::vector<Domain> domains_;
  std::int64_t outages_ = 0;
};

}  // namespace fleetrace::fleet
