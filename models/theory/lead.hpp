#pragma once

namespace fleetrace::models::theory {

/// Lead of the best single purchase when algorithms are frozen into the hardware at purchase: 1 / (eta + alpha), shorter than
/// the lead of disembodied progress [yr]. Infinite where eta + alpha <= 0. Unlimited life.       docs/derivations.md 3l
[[nodiscard]] double embodied_lead(double eta, double alpha);

/// Lead of the best single purchase when each dollar of hardware costs `opex` c >= 0 [USD per USD and yr] to run and
/// one budget pays for both, without algorithmic progress and with unlimited life [yr].                  docs/derivations.md 6e
///   u = (sqrt(1 + 4c / eta) - 1) / (2c), which tends to 1 / eta as c -> 0; a finite life T makes it min(T, u)
/// Infinite where eta <= 0. Throws std::invalid_argument for c below 0.
[[nodiscard]] double lead_with_opex(double eta, double opex);

}  // namespace fleetrace::models::theory
