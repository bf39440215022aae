#include "sim/study/thread_pool.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>

namespace fleetrace::study {

std::size_t core_count() { return static_cast<std::size_t>(std::max(1, tbb::this_task_arena::max_concurrency())); }

void on_threads(std::size_t threads, std::size_t count, PartOfWork part, void* work) {
  const tbb::global_control as_many_as_asked(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, count, [&](std::size_t number) { part(work, number); }, tbb::simple_partitioner());
  });
}

}  // namespace fleetrace::study
