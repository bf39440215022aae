#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "sim/output/studies/comparison.hpp"

namespace fleetrace::output {

/// The metrics of all strategies in a replication. They are asked for in the order of replications, and hold until the next call.
using ReplicationRows = std::function<std::span<const fleet::Metrics>(std::size_t replication)>;
/// Those of a report that keeps all metrics.
[[nodiscard]] ReplicationRows rows_of(const ComparisonReport& report);

/// Writes a comparison as a SQLite 3 database into a file that exists and is empty. The same comparison always gives the same bytes.
/// Memory does not grow with the replications.
///
///   scenario(name, sha256, version, seed, resolved)        one row; the scenario with every default, as YAML
///   strategies(strategy, buys)                              in the order of the scenario
///   inputs(input, path, name, distribution, unit)           uncertain inputs
///   draws(replication, input, value)                        what each replication drew, in the input's unit
///   replications(replication, strategy, final_loss, ...)    a row for each replication and strategy, a column a measure
///   bought(strategy, accelerator, ordered, count, capacity_flop_per_s, unit_usd, cost_usd, rented, site, installed, undelivered,
///     newer_on_sale)                                        of the same race, as in bought.csv of run
///   returns(strategy, revenue_usd, ...)                     likewise, as in returns.csv of run
///   series(strategy, time, relative_loss, ...)              of the race with inputs at their medians, as in results.csv of run
///   plan(strategy, period, begins, ends, ordered, ...)      the same race by periods of the calendar, as in plan.csv of run
///   plan_accelerators(strategy, period, begins, ends, accelerator, ordered, ...)
///   plan_sites(strategy, period, begins, ends, site, it_nameplate_mw, ...)
///   summary(strategy, objective, replications, mean, ci_low, ...)
///   pairs(a, b, mean_difference, ci_low, ci_high, sd, pairing_gain)
///
/// Throws std::runtime_error where SQLite fails.
void write_sqlite(const std::string& path, const ComparisonReport& report, const Run& at_medians,
                  const ReplicationRows& rows);

}  // namespace fleetrace::output
