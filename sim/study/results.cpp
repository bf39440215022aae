#include "sim/study/results.hpp"

#include <algorithm>
#include <numeric>

namespace fleetrace::study {

Results::Results(std::size_t strategies) : strategies_(strategies), kept_(fleet::kMetrics), places_() {
  std::iota(places_.begin(), places_.end(), std::size_t{0});
}

Results::Results(std::size_t strategies, std::span<const fleet::Metric> kept) : strategies_(strategies), places_() {
  places_.fill(kNowhere);
  for (const fleet::Metric metric : kept) {
    std::size_t& place = places_[static_cast<std::size_t>(metric)];
    if (place == kNowhere) place = kept_++;
  }
}

fleet::Metrics Results::at(std::size_t replication, std::size_t strategy) const {
  fleet::Metrics result;
  for (std::size_t k = 0; k < result.size(); ++k) result[k] = get(replication, strategy, static_cast<fleet::Metric>(k));
  return result;
}

void Results::set(std::size_t replication, std::span<const fleet::Metrics> row) {
  double* const values = values_.data() + replication * strategies_ * kept_;
  for (std::size_t i = 0; i < strategies_; ++i) {
    for (std::size_t k = 0; k < fleet::kMetrics; ++k) {
      if (places_[k] != kNowhere) values[i * kept_ + places_[k]] = row[i][k];
    }
  }
}

std::size_t Results::done() const {
  return static_cast<std::size_t>(std::count(done_.begin(), done_.end(), std::uint8_t{1}));
}

std::vector<double> Results::sample(std::size_t strategy, fleet::Metric metric) const {
  std::vector<double> result(replications());
  for (std::size_t r = 0; r < result.size(); ++r) result[r] = get(r, strategy, metric);
  return result;
}

}  // namespace fleetrace::study
