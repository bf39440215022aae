#pragma once

#include <memory>
#include <string>
#include <vector>

#include "python/src/casters.hpp"
#include "sim/output/formats.hpp"

/// Answers: reports of the library in all formats that the program prints, as one Python class each.
namespace fleetrace::python {

/// A report, shared by everything in Python that looks at its memory.
template <class Report>
struct Answer {
  std::shared_ptr<const Report> report;
};

/// Writes a report in the format of that name, as the program does: bytes.
template <class Report, class Formats>
[[nodiscard]] py::bytes written(const Report& report, const Formats& formats, const std::string& name,
                                std::size_t width) {
  for (const auto& each : formats) {
    if (each.name() != name) continue;
    std::string text;
    {
      const py::gil_scoped_release released;
      text = each.write(report, {width, false});
    }
    return py::bytes(text);
  }
  throw py::value_error("there is no format \"" + core::printable(name) + "\". " +
                        core::suggest(name, output::format_names(formats)));
}

/// The class of an answer with `write(format, width)` and `formats`.
template <class Report, const auto& formats>
py::class_<Answer<Report>> bind_answer(py::module_& module, const char* name) {
  return py::class_<Answer<Report>>(module, name)
      .def(
          "write",
          [](const Answer<Report>& self, const std::string& format, std::size_t width) {
            return written(*self.report, formats, format, width);
          },
          py::arg("format"), py::arg("width") = 100)
      .def_property_readonly("formats", [](const Answer<Report>&) { return output::format_names(formats); });
}

/// An array of `count` numbers that lie `stride` bytes apart in the memory of `owner`, which it keeps alive. It cannot be written.
template <class T>
[[nodiscard]] py::array column(const T* first, std::size_t count, std::size_t stride, const py::object& owner,
                               const char* type = nullptr) {
  py::array result(type == nullptr ? py::dtype::of<T>() : py::dtype(std::string(type)), {count}, {stride}, first,
                   owner);
  result.attr("setflags")(py::arg("write") = false);
  return result;
}

/// A vector as an array that owns it, without a copy of its numbers.
template <class T>
[[nodiscard]] py::array_t<T> array_of(std::vector<T> values, std::vector<py::ssize_t> shape) {
  auto kept = std::make_unique<std::vector<T>>(std::move(values));
  const T* first = kept->data();
  const py::capsule owner(kept.get(), [](void* memory) { delete static_cast<std::vector<T>*>(memory); });
  (void)kept.release();
  return py::array_t<T>(std::move(shape), first, owner);
}

}  // namespace fleetrace::python
