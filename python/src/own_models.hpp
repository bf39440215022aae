#pragma once

#include <string>

#include "python/src/casters.hpp"

namespace fleetrace::python {

/// Throws models::ModelError with what a model or an objective in Python raised; `title` is what the message calls it.
[[noreturn]] void fail(const std::string& title, py::error_already_set& error);

/// The exception of a model written in Python that `message` speaks of, with its traceback; None where it speaks of none. It is
/// given out once. With the interpreter's lock.
[[nodiscard]] py::object take_exception_of(const std::string& message);

}  // namespace fleetrace::python
