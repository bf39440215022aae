#include "sim/study/compare/regret_intervals.hpp"

#include <algorithm>

namespace fleetrace::study {

RegretIntervals regret_intervals(std::vector<double> regrets, std::uint32_t seed, double confidence) {
  if (regrets.size() < 2) return {};
  const auto [least, largest] = std::minmax_element(regrets.begin(), regrets.end());
  if (*least == *largest) {
    const Interval all{*least, *least};
    return {all, all};
  }
  return regrets.size() > kMostResampled ? approximate_intervals(std::move(regrets), confidence)
                                         : resampled_intervals(regrets, seed, confidence);
}

}  // namespace fleetrace::study
