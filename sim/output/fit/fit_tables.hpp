#pragma once

#include "fleetrace/fit.hpp"
#include "sim/output/table/table.hpp"

/// Tables of a fit, for all of its formats.
namespace fleetrace::output {

[[nodiscard]] Table fit_constants(const Fit& fit);
[[nodiscard]] Table fit_predictions(const Fit& fit);
[[nodiscard]] Table fit_effects(const Fit& fit);
[[nodiscard]] Table fit_points(const Fit& fit);
[[nodiscard]] Table fit_inputs(const Fit& fit);

/// The name of the data without the folders above them.
[[nodiscard]] std::string data_name(const Fit& fit);

}  // namespace fleetrace::output
