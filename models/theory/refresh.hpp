#pragma once

#include <vector>

namespace fleetrace::models::theory {

/// The best service intervals D_1..D_n of n successive purchases that fill one power slot over the horizon, when FLOP/s per W
/// grows at eta: eta D_i = 1 - e^(-eta D_(i-1)), sum D_i = H. They shrink; at eta = 0 they are equal.   docs/derivations.md 1b
/// eta >= 0, horizon above 0 [yr], 1 <= n <= 10 000; else std::invalid_argument. For H = 12, eta = ln2/2, n = 4 they
/// are 6.4349, 2.5752, 1.7034, 1.2865.
[[nodiscard]] std::vector<double> refresh_intervals(double eta, double horizon, int purchases);

}  // namespace fleetrace::models::theory
