#include "sim/study/results.hpp"

#include <algorithm>
#include <numeric>

namespace fleetrace::study {

Results::Results(std::size_t strategies, bool has_own)
    : strategies_(strategies), kept_(fleet::kMetrics + (has_own ? 1 : 0)), places_() {
  std::iota(places_.begin(), places_.end(), std::size_t{0});
  if (!has_own) places_.back() = kNowhere;
}

Results::Results(std::size_t strategies, std::span<const fleet::Metric> kept) : strategies_(strategies), places_() {
  places_.fill(kNowhere);
  for (const fleet::Metric metric : kept) {
    std::size_t& place = places_[fleet::place_of(metric)];
    if (place == kNowhere) place = kept_++;
  }
}

fleet::Metrics Results::at(std::size_t replication, std::size_t strategy) const {
  fleet::Metrics result;
  for (std::size_t k = 0; k < result.size(); ++k) result[k] = get(replication, strategy, static_cast<fleet::Metric>(k));
  return result;
}

void Results::set(std::size_t replication, std::span<const fleet::Metrics> row) {
  std::vector<double> for_file(file_ == nullptr ? 0 : width());
  double* const values = file_ == nullptr ? values_.data() + replication * width() : for_file.data();
  for (std::size_t i = 0; i < strategies_; ++i) {
    for (std::size_t k = 0; k < places_.size(); ++k) {
      if (places_[k] != kNowhere) values[i * kept_ + places_[k]] = row[i][k];
    }
  }
  if (file_ != nullptr) file_->write(replication * width(), for_file);
}

void Results::resize(std::size_t replications) {
  const bool is_large = replications * width() * sizeof(double) > kMostInMemory;
  if (file_ == nullptr && is_large) spill();
  done_.resize(replications);
  if (file_ != nullptr) {
    file_->resize(replications * width());
    rows_ = 0;
  } else {
    values_.resize(replications * width());
    rows_ = replications;
  }
}

void Results::spill() {
  file_ = SpillFile::create();
  if (file_ == nullptr) return;  // There is no disk for it, so that memory has to do.
  file_->write(0, values_);
  values_.clear();
  values_.shrink_to_fit();
}

void Results::load(std::size_t replication) const {
  static constexpr std::size_t kStretch = 65'536;  // numbers
  first_ = replication;
  rows_ = std::min(std::max<std::size_t>(1, kStretch / std::max<std::size_t>(1, width())),
                   replications() - replication);
  values_.resize(rows_ * width());
  file_->read(first_ * width(), values_);
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
