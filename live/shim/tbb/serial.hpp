#pragma once
#include <cstddef>
/// Stands in for oneTBB in the browser build, which has one thread: loops run from first to last.
namespace tbb {
struct global_control {
  enum parameter { max_allowed_parallelism };
  global_control(parameter, std::size_t) {}
};
struct simple_partitioner {};
class task_arena {
 public:
  explicit task_arena(int) {}
  template <class Work>
  void execute(const Work& work) {
    work();
  }
};
namespace this_task_arena {
inline int max_concurrency() { return 1; }
}  // namespace this_task_arena
template <class Index, class Body>
void parallel_for(Index first, Index last, const Body& body, const simple_partitioner&) {
  for (Index i = first; i < last; ++i) body(i);
}
}  // namespace tbb
