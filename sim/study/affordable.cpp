#include "sim/study/affordable.hpp"

#include <algorithm>
#include <string>

namespace fleetrace::study {

void require_affordable(std::size_t replications, std::size_t races) {
  // The 14 metrics of a race take 112 bytes.
  static constexpr std::size_t kMostRaces = 100'000'000;
  const std::size_t most = kMostRaces / std::max<std::size_t>(races, 1);
  if (replications <= most) return;
  throw Unaffordable(std::to_string(replications) + " replications are more than memory has room for: with " +
                     std::to_string(races) + (races == 1 ? " race" : " races") + " in each, " + std::to_string(most) +
                     " at most");
}

}  // namespace fleetrace::study
