#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "sim/api/resolved.hpp"
#include "sim/output/folder/report_folder.hpp"
#include "sim/output/live/page.hpp"
#include "sim/output/reference/entries.hpp"
#include "sim/reader/starter.hpp"

namespace fleetrace::python {
namespace {

using Listed = Answer<output::Listing>;

Listed listing(const std::optional<std::string>& family, const std::optional<std::string>& name) {
  try {
    auto found = !family ? output::list_families()
                         : (name ? output::list_entry(*family, *name) : output::list_family(*family));
    return {std::make_shared<const output::Listing>(std::move(found))};
  } catch (const output::UnknownEntry& error) {
    throw UnknownName(error.what());
  }
}

std::string live_page(const Scenario& scenario) {
  if (!output::live::has_page())
    throw std::runtime_error("this build has no live page: it takes emscripten, and FLEETRACE_LIVE=ON");
  return output::live::page(scenario.text(), scenario.name() + ".yaml");
}

}  // namespace

void bind_reference(py::module_& module) {
  bind_answer<output::Listing, output::kListingFormats>(module, "ListingAnswer");
  module.def("listing", listing, py::arg("family"), py::arg("name"));
  module.def(
      "list_paths",
      [](const Scenario& scenario) {
        return Listed{std::make_shared<const output::Listing>(output::list_paths(scenario.details()))};
      },
      py::arg("scenario"));
  module.def(
      "entry_names",
      [](const std::string& family) {
        try {
          return output::entry_names(family);
        } catch (const output::UnknownEntry& error) {
          throw UnknownName(error.what());
        }
      },
      py::arg("family"));
  module.def("starter_scenario", [] { return std::string(reader::starter_scenario()); });
  module.def("live_page", live_page, py::arg("scenario"));
  module.def(
      "write_page",
      [](const std::string& folder, bool brief) {
        const output::Page page = brief ? output::Page::brief : output::Page::report;
        output::write_page(folder, page);
        return folder + '/' + output::file_of(page);
      },
      py::arg("folder"), py::arg("brief"), py::call_guard<py::gil_scoped_release>());
}

}  // namespace fleetrace::python
