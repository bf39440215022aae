#pragma once

#include <cstddef>

/// How often the test program has taken memory so far.
std::size_t allocations_so_far();
