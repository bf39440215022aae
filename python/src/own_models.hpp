#pragma once

#include <string>

#include "python/src/casters.hpp"

namespace fleetrace::python {

/// The exception of a model written in Python that `message` speaks of, with its traceback; None where it speaks of none. It is
/// given out once. With the interpreter's lock.
[[nodiscard]] py::object take_exception_of(const std::string& message);

}  // namespace fleetrace::python
