#pragma once

#include "models/throughput/throughput.hpp"

namespace fleetrace::models {

extern const ThroughputEntry kCommunicationThroughput;
extern const ThroughputEntry kConstantThroughput;
extern const ThroughputEntry kPowerLawThroughput;

/// Adds the sections that every throughput model takes, for limits of a run whatever its MFU.
[[nodiscard]] std::vector<core::Parameter> with_limits(std::vector<core::Parameter> own);
void resolve_limits(const core::Spec& spec, const std::string& path, ThroughputLaw& law,
                    core::Diagnostics& diagnostics);

}  // namespace fleetrace::models
