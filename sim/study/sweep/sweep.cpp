#include "sim/study/sweep/sweep.hpp"

#include <memory>
#include <numeric>
#include <optional>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/study/affordable.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/race_memory.hpp"

namespace fleetrace::study {
namespace {

/// One replication of one point, or of the point in that place of a list.
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

/// The end of the block of points, from the `first` of them on, that are replicated together: as many as `most` races allow, at
/// least one.
std::size_t end_of_block(std::span<const SweepRace> races, std::span<const std::size_t> points, std::size_t first,
                         std::size_t most) {
  std::size_t count = 0;
  for (std::size_t end = first; end < points.size(); ++end) {
    const SweepRace& race = races[points[end]];
    count += replications_of(race) * race.design.strategies.size();
    if (count > most && end > first) return end;
  }
  return points.size();
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

bool compare_points(std::span<const Axis> axes, std::span<const SweepRace> races, std::span<const std::size_t> points,
                    const SweepEffort& effort, const std::atomic<bool>& stop, const FoundPoint& found,
                    const std::function<void(std::size_t done)>& finished) {
  for (const std::size_t point : points)
    require_affordable(replications_of(races[point]), races[point].design.strategies.size());
  DoneCounter done(finished);
  for (std::size_t first = 0; first < points.size();) {
    const std::size_t end = end_of_block(races, points, first, effort.races_at_a_time);
    std::vector<Results> results;
    std::vector<Errand> errands;
    for (std::size_t i = first; i < end; ++i) {
      const SweepRace& race = races[points[i]];
      const std::size_t count = replications_of(race);
      results.emplace_back(race.design.strategies.size(), compared_metrics(effort.objective)).resize(count);
      for (std::size_t r = 0; r < count; ++r) errands.push_back({i, r});
    }
    const bool all = parallel_loop(
        errands.size(), effort.jobs, stop, [&] { return PointRunner(races); },
        [&](PointRunner& runner, std::size_t i) {
          const Errand& errand = errands[i];
          const std::size_t point = points[errand.point];
          try {
            results[errand.point - first].set(errand.replication, runner.run({point, errand.replication}));
          } catch (const ReplicationError& error) {
            refuse(axes, point, error);
          }
          done.add();
        });
    if (!all) return false;
    for (std::size_t i = first; i < end; ++i) {
      try {
        found(points[i], compare(races[points[i]].design, results[i - first], effort.objective, effort.confidence));
      } catch (const ReplicationError& error) {
        refuse(axes, points[i], error);
      }
    }
    first = end;
  }
  return true;
}

std::vector<Comparison> sweep(std::span<const Axis> axes, std::span<const SweepRace> races, const SweepEffort& effort,
                              const std::atomic<bool>& stop, const std::function<void(std::size_t done)>& finished) {
  std::vector<std::size_t> points(races.size());
  std::iota(points.begin(), points.end(), std::size_t{0});
  std::vector<Comparison> comparisons;
  const bool all = compare_points(
      axes, races, points, effort, stop,
      [&](std::size_t, Comparison comparison) { comparisons.push_back(std::move(comparison)); }, finished);
  return all ? std::move(comparisons) : std::vector<Comparison>{};
}

}  // namespace fleetrace::study
