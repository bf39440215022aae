#pragma once

namespace fleetrace::models::theory {

/// The divided difference phi[x, y] = (phi(x) - phi(y)) / (x - y) of phi(x) = (e^x - 1)/x, or phi'(x) where x = y. It
/// is accurate to a few ulp everywhere, so that the limits alpha -> 0, eta -> 0 and alpha = delta of the closed forms
/// are exact:
///   int_0^T e^(-s u) (e^(a u) - 1)/a du = T^2 phi[(a - s) T, -s T]
///   int_0^1 u e^(x u) du = phi[x, x],  int_0^1 (1 - u) e^(x u) du = phi[x, 0]
[[nodiscard]] double divided_exp(double x, double y);

}  // namespace fleetrace::models::theory
