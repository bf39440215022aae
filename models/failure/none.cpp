#include "models/failure/failure_entries.hpp"

namespace fleetrace::models {

const FailureEntry kNoFailures{core::Entry{.name = "none", .summary = "Nothing fails.", .parameters = {}},
                               [](const core::Spec&) { return FailureLaw{}; }};

}  // namespace fleetrace::models
