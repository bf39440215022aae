#pragma once

namespace fleetrace::models::theory {

/// When to start a job that would take `work` years on today's hardware with today's algorithms, on hardware bought at its
/// start and kept to its end.                     docs/derivations.md 1e; Gottbrath et al. 1999, arXiv:astro-ph/9912202
///   t* = max(0, ln(eta W) / (eta + alpha))               algorithms keep improving while it runs: wait iff W > 1/eta
///   t* = max(0, ln((eta + alpha) W) / (eta + alpha))     algorithms are frozen at the start: wait iff W > 1/(eta + alpha)
/// W is `work`. eta, alpha >= 0, work above 0; else std::invalid_argument. 0 where waiting does not pay.
[[nodiscard]] double wait_before_job(double eta, double alpha, double work);
[[nodiscard]] double wait_before_frozen_job(double eta, double alpha, double work);

/// The longest job that is best started at once, on hardware that gets cheaper at `eta` > 0: 1/eta [yr]. With
/// algorithms frozen at the start, pass eta + alpha. Example: 25.97 months for a doubling in 18 months.
[[nodiscard]] double longest_job_started_now(double eta);

/// Whether to wait for the next release, due in `until_release` years with `jump` J times the price-performance, when
/// `remaining` years of use are left (alpha = 0): wait iff until_release < (1 - 1/J) remaining.  docs/derivations.md 1c
[[nodiscard]] double leapfrog_indifference(double jump, double remaining);

/// The time L until a release at which waiting for it and buying now are equal, with unlimited life and use, discounted
/// at r > 0: L = ln J / r [yr], since waiting pays iff J e^(-r L) > 1.
[[nodiscard]] double leapfrog_indifference_discounted(double jump, double discount);

}  // namespace fleetrace::models::theory
