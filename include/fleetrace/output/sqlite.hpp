#pragma once

#include <string>

#include "fleetrace/output/comparison.hpp"

namespace fleetrace::output {

/// A comparison as a SQLite 3 database: the bytes of a file. The same comparison always gives the same bytes.
///
///   scenario(name, sha256, version, seed, resolved)        one row; the scenario with every default, as YAML
///   strategies(strategy, buys)                              in the order of the scenario
///   inputs(input, path, name, distribution, unit)           uncertain inputs
///   draws(replication, input, value)                        what each replication drew, in the input's unit
///   replications(replication, strategy, final_loss, ...)    a row for each replication and strategy, a column a measure
///   series(strategy, time, relative_loss, ...)              of the race with inputs at their medians, as in results.csv of run
///   summary(strategy, objective, replications, mean, ci_low, ...)
///   pairs(a, b, mean_difference, ci_low, ci_high, sd, pairing_gain)
///
/// Throws std::runtime_error where SQLite fails.
[[nodiscard]] std::string to_sqlite(const ComparisonReport& report, const Run& at_medians);

}  // namespace fleetrace::output
