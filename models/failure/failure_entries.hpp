#pragma once

#include "fleetrace/models/failure.hpp"

namespace fleetrace::models {

extern const FailureEntry kExponentialFailures;
extern const FailureEntry kNoFailures;

}  // namespace fleetrace::models
