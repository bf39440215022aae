#pragma once

#include "models/network/network.hpp"

namespace fleetrace::models {

extern const NetworkEntry kDragonfly;
extern const NetworkEntry kFatTree;
extern const NetworkEntry kLinkGraph;
extern const NetworkEntry kRailOptimised;
extern const NetworkEntry kTorus;

/// Adds the key `crossing`, which every network takes.
[[nodiscard]] std::vector<core::Parameter> with_crossing(std::vector<core::Parameter> own);
/// The key `oversubscription` of networks with pods.
[[nodiscard]] core::Parameter oversubscription(std::string_view summary);

}  // namespace fleetrace::models
