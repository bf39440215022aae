#pragma once

/// The paper's own question: accelerators against efficiency. A fleet M with progress at gamma doublings/yr has done
///   x(t) = M f(gamma, t),  f = (2^(gamma t) - 1) / (gamma ln 2),  f(0, t) = t
/// of the reference year's compute by t; the loss is (1 + x)^-kappa.                            docs/derivations.md 10a
/// Rates in doublings/yr, finite, any sign; t and H above 0 [yr]; else std::invalid_argument.
namespace fleetrace::models::theory {

/// f(gamma, t) [yr].
[[nodiscard]] double progress_years(double gamma, double t);

/// M*(H) = f(fast, H) / f(slow, H): the multiple of a fleet, and so of chips, power and money, that does as much by H
/// at the slow rate as one fleet does at the fast rate.
[[nodiscard]] double fleet_worth(double fast, double slow, double horizon);

/// The date at which a single fleet at the rate `fast` overtakes `multiple` fleets at the rate `slow` < fast [yr]:
/// multiple f(slow, t) = f(fast, t). 0 for a multiple of at most 1. Infinite where it never happens, which takes a
/// negative rate `fast`. Example: 2.607636 yr for a multiple of 10, slow = 0, fast = 2.
[[nodiscard]] double overtaking(double multiple, double slow, double fast);

}  // namespace fleetrace::models::theory
