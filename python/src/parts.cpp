#include "python/src/parts.hpp"

#include "python/src/module.hpp"
#include "sim/output/cluster/cluster.hpp"
#include "sim/output/parts/shard_name.hpp"
#include "sim/study/affordable.hpp"

namespace fleetrace::python {
namespace {

Shard parse_shard(const std::string& text, const output::Environment& environment) {
  try {
    const study::Shard shard = output::parse_shard(text, environment);
    return {shard.index + 1, shard.of};
  } catch (const output::NoShard& error) {
    throw py::value_error("shard " + std::string(error.what()));
  }
}

py::tuple missing(const std::vector<std::string>& folders) {
  const output::MissingParts found = output::missing_parts(folders);
  return py::make_tuple(found.numbers, found.notes);
}

std::string cluster(const std::string& engine, std::vector<std::string> words, std::size_t shards, std::size_t threads,
                    std::string folder) {
  try {
    return output::cluster_text(engine, {std::move(words), shards, threads, std::move(folder)});
  } catch (const output::NoClusterText& error) {
    throw py::value_error(error.what());
  }
}

/// Refuses settings that make no sense, and more than memory has room for.
void require_parts(const Scenario& scenario, const py::dict& given) {
  Work work{py::none()};
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(study_options(given, work), loaded);
  study::require_affordable(settings.rule.most, loaded.root().sections("strategies").size());
}

}  // namespace

study::Shard shard_of(const Shard& shard) { return {shard.first - 1, shard.second}; }

py::tuple run_part(Work& work, const std::function<output::PartState(const output::PartWatch& watch)>& compute) {
  const output::PartState state = work.run([&] {
    const StopFlag stop(work.token());
    const Progress report = work.reporter();
    return compute({stop.flag(), tell, {}, [&report](const output::PartState& now) { report(now.done, now.of); }});
  });
  return py::make_tuple(state.done, state.of, state.is_finished, work.interruption());
}

void bind_parts(py::module_& module) {
  py::class_<Parts>(module, "Parts")
      .def(py::init<const std::vector<std::string>&>(), py::arg("folders"), py::call_guard<py::gil_scoped_release>())
      .def_property_readonly("verb", [](const Parts& self) { return verb_name(self.set.request().verb); })
      .def_property_readonly("source", [](const Parts& self) { return self.set.request().scenario; })
      .def_property_readonly("scenario", [](const Parts& self) { return self.scenario; })
      .def_property_readonly("seed", [](const Parts& self) { return self.set.request().options.seed; })
      .def_property_readonly("options",
                             [](const Parts& self) {
                               const StudyOptions& asked = self.set.request().options;
                               py::dict options;
                               options["replications"] = asked.replications;
                               options["objective"] = asked.objective;
                               options["target"] = asked.target;
                               options["confidence"] = asked.confidence;
                               return options;
                             })
      .def_property_readonly("axes", [](const Parts& self) { return self.set.request().axes; });
  module.def("parse_shard", parse_shard, py::arg("text"), py::arg("environment"));
  module.def("missing", missing, py::arg("folders"));
  module.def("cluster", cluster, py::arg("engine"), py::arg("words"), py::arg("shards"), py::arg("threads"),
             py::arg("folder"));
  module.def("require_parts", require_parts, py::arg("scenario"), py::arg("options"));
}

}  // namespace fleetrace::python
