#include "fleetrace/study/sweep.hpp"

#include <mutex>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::study {
namespace {

/// Measures kept at a time: 80 MB.
constexpr std::size_t kMostMeasures = 1'000'000;

/// One replication of one point.
struct Errand {
  std::size_t point;
  std::size_t replication;
};

/// Points from `first` on that are replicated together: as many as memory is meant for, at least one.
std::size_t end_of_block(std::span<const SweepRace> races, std::size_t first) {
  std::size_t measures = 0;
  for (std::size_t end = first; end < races.size(); ++end) {
    measures += replications_of(races[end]) * races[end].plan.strategies.size();
    if (measures > kMostMeasures && end > first) return end;
  }
  return races.size();
}

[[noreturn]] void refuse(std::span<const Axis> axes, std::size_t point, const ReplicationError& error) {
  throw ReplicationError("at " + core::printable(grid_label(axes, point)) + ": " + error.what());
}

}  // namespace

std::size_t grid_size(std::span<const Axis> axes) {
  std::size_t size = 1;
  for (const Axis& axis : axes) size *= axis.values.size();
  return size;
}

std::vector<std::size_t> grid_position(std::span<const Axis> axes, std::size_t point) {
  std::vector<std::size_t> position(axes.size());
  for (std::size_t i = axes.size(); i-- > 0;) {
    position[i] = point % axes[i].values.size();
    point /= axes[i].values.size();
  }
  return position;
}

std::string grid_label(std::span<const Axis> axes, std::size_t point) {
  const std::vector<std::size_t> position = grid_position(axes, point);
  std::string label;
  for (std::size_t i = 0; i < axes.size(); ++i)
    label += (i > 0 ? ", " : "") + axes[i].path + '=' + axes[i].values[position[i]];
  return label;
}

std::vector<Comparison> sweep(std::span<const Axis> axes, std::span<const SweepRace> races, fleet::Measure objective,
                              double confidence, int jobs, const std::atomic<bool>& stop,
                              const std::function<void(std::size_t done)>& finished) {
  std::vector<Comparison> comparisons;
  std::mutex mutex;
  std::size_t done = 0;
  for (std::size_t first = 0; first < races.size();) {
    const std::size_t end = end_of_block(races, first);
    std::vector<Results> results;
    std::vector<Errand> errands;
    for (std::size_t point = first; point < end; ++point) {
      const std::size_t count = replications_of(races[point]);
      results.emplace_back(races[point].plan.strategies.size(), compared_measures(objective)).resize(count);
      for (std::size_t r = 0; r < count; ++r) errands.push_back({point, r});
    }
    const bool all = parallel_replications(
        races[first].plan, errands.size(), jobs, stop, [&](Replicator& /*of the first plan*/, std::size_t i) {
          const Errand& errand = errands[i];
          try {
            Replicator replicator(races[errand.point].plan);
            results[errand.point - first].set(errand.replication,
                                              replicator.run(static_cast<std::uint32_t>(errand.replication)));
          } catch (const ReplicationError& error) {
            refuse(axes, errand.point, error);
          }
          const std::lock_guard lock(mutex);
          ++done;
          if (finished) finished(done);
        });
    if (!all) return {};
    for (std::size_t point = first; point < end; ++point) {
      try {
        comparisons.push_back(compare(races[point].plan, results[point - first], objective, confidence));
      } catch (const ReplicationError& error) {
        refuse(axes, point, error);
      }
    }
    first = end;
  }
  return comparisons;
}

}  // namespace fleetrace::study
