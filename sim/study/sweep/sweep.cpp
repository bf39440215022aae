#include "sim/study/sweep/sweep.hpp"

#include <memory>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/study/affordable.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/race_memory.hpp"

namespace fleetrace::study {
namespace {

/// How many races are kept at a time, which bounds memory to some 50 MB.
constexpr std::size_t kMostRaces = 1'000'000;

/// One replication of one point.
struct Errand {
  std::size_t point;
  std::size_t replication;
};

/// Runs errands in memory of its own. What a point resolves to is kept until an errand of another point comes.
class PointRunner {
 public:
  explicit PointRunner(std::span<const SweepRace> races) : races_(races) {}

  /// Metrics of each strategy, valid until the next run. Throws ReplicationError.
  std::span<const fleet::Metrics> run(const Errand& errand) {
    if (!replicator_ || point_ != errand.point) {
      replicator_.emplace(races_[errand.point].design, memory_);
      point_ = errand.point;
    }
    return replicator_->run(static_cast<std::uint32_t>(errand.replication));
  }

 private:
  std::span<const SweepRace> races_;
  std::shared_ptr<RaceMemory> memory_ = std::make_shared<RaceMemory>();
  std::size_t point_ = 0;
  std::optional<Replicator> replicator_;
};

/// The end of the block of points, from `first` on, that are replicated together: as many as kMostRaces allows, at least one.
std::size_t end_of_block(std::span<const SweepRace> races, std::size_t first) {
  std::size_t count = 0;
  for (std::size_t end = first; end < races.size(); ++end) {
    count += replications_of(races[end]) * races[end].design.strategies.size();
    if (count > kMostRaces && end > first) return end;
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

std::vector<Comparison> sweep(std::span<const Axis> axes, std::span<const SweepRace> races, fleet::Metric objective,
                              double confidence, int jobs, const std::atomic<bool>& stop,
                              const std::function<void(std::size_t done)>& finished) {
  for (const SweepRace& race : races) require_affordable(replications_of(race), race.design.strategies.size());
  std::vector<Comparison> comparisons;
  DoneCounter done(finished);
  for (std::size_t first = 0; first < races.size();) {
    const std::size_t end = end_of_block(races, first);
    std::vector<Results> results;
    std::vector<Errand> errands;
    for (std::size_t point = first; point < end; ++point) {
      const std::size_t count = replications_of(races[point]);
      results.emplace_back(races[point].design.strategies.size(), compared_metrics(objective)).resize(count);
      for (std::size_t r = 0; r < count; ++r) errands.push_back({point, r});
    }
    const bool all = parallel_loop(
        errands.size(), jobs, stop, [&] { return PointRunner(races); },
        [&](PointRunner& runner, std::size_t i) {
          const Errand& errand = errands[i];
          try {
            results[errand.point - first].set(errand.replication, runner.run(errand));
          } catch (const ReplicationError& error) {
            refuse(axes, errand.point, error);
          }
          done.add();
        });
    if (!all) return {};
    for (std::size_t point = first; point < end; ++point) {
      try {
        comparisons.push_back(compare(races[point].design, results[point - first], objective, confidence));
      } catch (const ReplicationError& error) {
        refuse(axes, point, error);
      }
    }
    first = end;
  }
  return comparisons;
}

}  // namespace fleetrace::study
