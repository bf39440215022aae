#pragma once

#include <cstddef>

/// The threads on which studies run, which are oneTBB's.
///
/// This file and its source are the whole of what sees oneTBB. For ThreadSanitizer the source is compiled without it: oneTBB synchronises
/// its threads by means that the checker does not see, and its headers would be full of apparent races.
namespace fleetrace::study {

/// As many threads as there are cores that this process may use, 1 at least.
[[nodiscard]] std::size_t core_count();

/// What a thread does with the part of this number. It throws nothing.
using PartOfWork = void (*)(void* work, std::size_t part);

/// Does the parts 0 to `count` - 1 of `work` on up to so many threads, the one that calls among them, and returns when all are done.
void on_threads(std::size_t threads, std::size_t count, PartOfWork part, void* work);

}  // namespace fleetrace::study
