#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/registry.hpp"
#include "python/src/module.hpp"
#include "python/src/own_models.hpp"
#include "sim/api/sensitivity_study.hpp"
#include "sim/output/folder/folder.hpp"

namespace fleetrace::python {
namespace {

/// Raises an exception of the package, which names the classes in Python. What a model of Python raised is its cause.
void raise(const char* name, const std::string& message) {
  const py::object raised = py::module_::import("fleetrace.errors").attr(name)(message);
  if (py::object cause = take_exception_of(message); !cause.is_none())
    PyException_SetCause(raised.ptr(), cause.release().ptr());
  PyErr_SetObject(py::type::of(raised).ptr(), raised.ptr());
}

void raise_invalid(const core::InputError& error) {
  const py::object type = py::module_::import("fleetrace.errors").attr("InvalidScenario");
  const py::object raised = type(std::string(error.what()), error.diagnostics());
  PyErr_SetObject(type.ptr(), raised.ptr());
}

// pybind11 hands it over by value.
void translate(std::exception_ptr thrown) {  // NOLINT(performance-unnecessary-value-param)
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const core::InputError& error) {
    raise_invalid(error);
  } catch (const UnknownName& error) {
    raise("UnknownName", error.what());
  } catch (const UnknownStrategy& error) {
    raise("UnknownName", error.what());
  } catch (const Stopped& error) {
    raise("Stopped", error.what());
  } catch (const StudyError& error) {
    raise("StudyError", error.what());
  } catch (const RunError& error) {
    raise("RunError", error.what());
  } catch (const models::ModelError& error) {  // of a law that loading probes
    raise("RunError", error.what());
  } catch (const OptimizeError& error) {
    raise("OptimizeError", error.what());
  } catch (const output::FolderBusy& error) {
    raise("FolderBusy", error.what());
  } catch (const output::FolderError& error) {
    raise("FolderError", error.what());
  }
}

}  // namespace

void bind_errors(py::module_& module) {
  py::class_<core::Diagnostic>(
      module, "Finding", "One thing that is wrong with an input, or that may not be meant: str() puts it on one line.")
      .def_property_readonly(
          "file", [](const Finding& self) { return self.where.file.text(); }, "the file, or what stands for one")
      .def_property_readonly(
          "line", [](const Finding& self) { return self.where.line; }, "from 1; 0 where there is none")
      .def_property_readonly(
          "column", [](const Finding& self) { return self.where.column; }, "from 1; 0 where there is none")
      .def_readonly("path", &Finding::path, "key at fault, such as \"strategies.turtle.every\"")
      .def_readonly("problem", &Finding::problem, "what is wrong")
      .def_readonly("reason", &Finding::reason, "why it is a problem; may be empty")
      .def_readonly("suggestion", &Finding::suggestion, "what to write instead; may be empty")
      .def_readonly("is_warning", &Finding::is_warning, "whether the input is valid all the same")
      .def("__str__", [](const Finding& self) { return core::to_string(self); })
      .def("__repr__", [](const Finding& self) { return "<Finding " + core::to_string(self) + '>'; });
  py::register_exception_translator(translate);
}

}  // namespace fleetrace::python
