#pragma once

#include "fleetrace/models/progress.hpp"

namespace fleetrace::models {

extern const ProgressEntry kExponentialProgress;
extern const ProgressEntry kNoProgress;

}  // namespace fleetrace::models
