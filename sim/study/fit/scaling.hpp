#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "fleetrace/models/loss.hpp"

/// Laws of loss from training runs.
namespace fleetrace::study {

/// A run that was trained.
struct TrainedModel {
  double parameters = 0;
  double tokens = 0;
  double unique = 0;  ///< tokens that were not repeated, at most `tokens`
  double loss = 0;    ///< [nats/token]
};

/// How the spread of constants is found: by fitting resamples of the runs.
struct Resampling {
  std::size_t count = 200;
  std::uint32_t seed = 1;
  int jobs = 0;
};

/// Constants that vary together, with the errors that resampling gives them.
template <std::size_t n>
struct JointFit {
  std::array<double, n> value = {};
  std::array<double, n> error = {};           ///< standard deviations over the resamples
  std::array<double, n* n> correlation = {};  ///< row by row
  double objective = 0;                       ///< that was minimised
  bool converged = false;
};

/// ln E, ln A, ln B, alpha, beta of L = E + A/N^alpha + B/D^beta with the least sum of Huber's losses, delta = 1e-3, of ln L
/// (Hoffmann et al. 2022, approach 3; Besiroglu et al. 2024). From the nine best of a grid of exponents, at which the law is linear.
/// None where `stop` ended it.
[[nodiscard]] std::optional<JointFit<5>> fit_chinchilla(const std::vector<TrainedModel>& runs,
                                                        const Resampling& resampling, const std::atomic<bool>& stop);
[[nodiscard]] models::Chinchilla chinchilla_of(const std::array<double, 5>& constants);

/// The same and ln RD, ln RN of a law with repeated data (Muennighoff et al. 2023): the first five of the runs on fresh data, the
/// other two of the runs that repeat theirs.
[[nodiscard]] std::optional<JointFit<7>> fit_repeated(const std::vector<TrainedModel>& runs,
                                                      const Resampling& resampling, const std::atomic<bool>& stop);

}  // namespace fleetrace::study
