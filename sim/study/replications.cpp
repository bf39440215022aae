#include "sim/study/replications.hpp"

#include <mutex>
#include <vector>

#include "sim/study/parallel.hpp"

namespace fleetrace::study {
namespace {

template <class Has>
std::vector<std::uint32_t> missing_of(std::size_t count, const Has& has) {
  std::vector<std::uint32_t> missing;
  for (std::size_t i = 0; i < count; ++i) {
    if (!has(i)) missing.push_back(static_cast<std::uint32_t>(i));
  }
  return missing;
}

/// Calls `body(replicator, replication)` for each of these replications.
template <class Body>
bool run_replications(const StudyDesign& design, const std::vector<std::uint32_t>& replications, int jobs,
                      const std::atomic<bool>& stop, const Observer& observe, std::size_t observed, const Body& body) {
  const auto make_worker = [&] {
    Replicator worker(design);
    worker.observe = observe;
    worker.observed = observed;
    return worker;
  };
  return parallel_loop(replications.size(), jobs, stop, make_worker,
                       [&](Replicator& worker, std::size_t i) { body(worker, replications[i]); });
}

}  // namespace

bool replicate(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop, Results& results,
               const Finished& finished, const Observer& observe, std::size_t observed) {
  if (results.replications() < count) results.resize(count);
  const std::vector<std::uint32_t> missing = missing_of(count, [&](std::size_t i) { return results.has(i); });
  std::mutex mutex;
  return run_replications(design, missing, jobs, stop, observe, observed,
                          [&](Replicator& worker, std::uint32_t replication) {
                            const std::span<const fleet::Metrics> row = worker.run(replication);
                            results.set(replication, row);
                            const std::lock_guard lock(mutex);
                            results.set_done(replication);
                            if (finished) finished(replication, row);
                          });
}

bool observe_missing(const StudyDesign& design, std::size_t count, int jobs, const std::atomic<bool>& stop,
                     const std::function<bool(std::size_t replication)>& has, const Observer& observe) {
  return run_replications(design, missing_of(count, has), jobs, stop, observe, kEveryReplication,
                          [](Replicator& worker, std::uint32_t replication) { worker.run(replication); });
}

}  // namespace fleetrace::study
