#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/parts.hpp"
#include "sim/api/diff_study.hpp"
#include "sim/api/race.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/output/folder/diff_folder.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/parts/sweep_parts.hpp"
#include "sim/output/studies/diff.hpp"
#include "sim/output/studies/sweep.hpp"

namespace fleetrace::python {
namespace {

using Grid = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// Sweeps, or takes the points from the parts where these are given.
py::tuple answer_sweep(Work& work, const Scenario& scenario, const StudyRequest& request, const FolderRequest& folder,
                       int jobs = 0, const Parts* parts = nullptr) {
  auto report = work.run([&] {
    output::AskedSweep asked = output::ask_sweep(
        scenario, request, "sweep",
        [&](const scenario::Scenario& point) {
          return parts == nullptr ? settings_of(request.options, point) : parts->set.settings(point, jobs);
        },
        words_of(folder));
    if (parts != nullptr) parts->set.require_study(asked.manifest);
    const StopFlag stop(work.token());
    run_into(
        folder, asked.manifest, [&](const output::Manifest& known) { return output::files_of(asked, known); },
        [&] { return output::race(asked, parts == nullptr ? nullptr : &parts->set, stop.flag(), work.reporter()); });
    return std::make_shared<const SweepReport>(std::move(asked.study.report));
  });
  return py::make_tuple(Answer<SweepReport>{std::move(report)}, work.interruption());
}

StudyRequest sweep_request(const Scenario& scenario, const std::string& source, const Grid& grid,
                           const StudyOptions& options) {
  StudyRequest request = study_request(StudyRequest::Verb::sweep, scenario, source, options);
  for (const auto& [path, values] : grid) request.axes.push_back({path, values});
  if (request.axes.empty()) throw py::value_error("a sweep takes one axis or more, each with values");
  for (const study::Axis& each : request.axes) {
    if (each.values.empty()) throw py::value_error("the axis " + each.path + " has no values");
  }
  return request;
}

py::tuple run_sweep(const Scenario& scenario, const Grid& grid, const py::dict& given, const py::object& progress,
                    const FolderRequest& folder) {
  Work work(progress);
  return answer_sweep(work, scenario, sweep_request(scenario, "", grid, study_options(given, work)), folder);
}

py::tuple sweep_part(const Scenario& scenario, const std::string& source, const Grid& grid, const py::dict& given,
                     const Shard& shard, const py::object& progress, const FolderRequest& folder) {
  Work work(progress);
  const StudyRequest request = sweep_request(scenario, source, grid, study_options(given, work));
  return run_part(work, [&](const output::PartWatch& watch) {
    const output::AskedSweep asked = output::ask_sweep(
        scenario, request, "sweep",
        [&](const scenario::Scenario& point) { return settings_of(request.options, point); }, folder->second);
    return output::sweep_part(asked, request, shard_of(shard), folder->first, watch);
  });
}

/// Refuses a grid with a point that cannot be raced.
void require_sweep(const Scenario& scenario, const Grid& grid, const py::dict& given) {
  Work work{py::none()};
  const StudyRequest request = sweep_request(scenario, "", grid, study_options(given, work));
  (void)output::ask_sweep(scenario, request, "sweep",
                          [&](const scenario::Scenario& point) { return settings_of(request.options, point); }, {});
}

py::tuple merge_sweep(const Parts& parts, int jobs, const py::object& progress, const std::string& path) {
  Work work(progress);
  return answer_sweep(work, parts.scenario, parts.set.request(), parts.folder(path), jobs, &parts);
}

/// One side of a difference: a scenario, or a folder of results. Notes about a folder are added to `notes`.
DiffSide side_of(const py::object& given, const std::string& name, const std::optional<std::uint32_t>& seed,
                 const std::optional<std::uint32_t>& replication, std::vector<std::string>& notes) {
  DiffSide side;
  if (py::isinstance<py::str>(given)) {
    output::FolderSide found = output::read_side(name);
    side = std::move(found.side);
    notes.insert(notes.end(), found.notes.begin(), found.notes.end());
  } else {
    side = {name, given.cast<const Scenario&>().details(), {1, 0, fleet::InputDraw::medians}};
  }
  if (seed) side.draw.seed = *seed;
  if (replication) {
    side.draw.replication = *replication;
    side.draw.inputs = fleet::InputDraw::drawn;
  }
  return side;
}

py::tuple run_diff(const py::object& a, const py::object& b, const std::string& a_name, const std::string& b_name,
                   std::optional<std::uint32_t> seed, std::optional<std::uint32_t> replication, int jobs) {
  std::vector<std::string> notes;
  const DiffSide first = side_of(a, a_name, seed, replication, notes);
  const DiffSide second = side_of(b, b_name, seed, replication, notes);
  Work work{py::none()};
  auto found = work.run([&] {
    const StopFlag stop(work.token());
    auto made = diff_of(first, second, jobs, stop.flag());
    if (!made) throw Stopped("the difference was stopped");
    return std::make_shared<const Diff>(*std::move(made));
  });
  return py::make_tuple(Answer<Diff>{std::move(found)}, std::move(notes), work.interruption());
}

}  // namespace

void bind_studies(py::module_& module) {
  bind_answer<SweepReport, output::kSweepFormats>(module, "SweepAnswer")
      .def_property_readonly(
          "axes", [](const Answer<SweepReport>& self) -> const std::vector<study::Axis>& { return self.report->axes; })
      .def_property_readonly(
          "points",
          [](const Answer<SweepReport>& self) -> const std::vector<study::Comparison>& { return self.report->points; })
      .def_property_readonly("answer", [](const Answer<SweepReport>& self) { return output::answer(*self.report); })
      .def(
          "html",
          [](const Answer<SweepReport>& self, const Scenario& scenario) {
            return output::to_html(*self.report, run_scenario(scenario.details(), {self.report->seed}), {});
          },
          py::arg("scenario"), py::call_guard<py::gil_scoped_release>());
  bind_answer<Diff, output::kDiffFormats>(module, "DiffAnswer")
      .def_property_readonly("values", [](const Answer<Diff>& self) -> const Diff& { return *self.report; })
      .def_property_readonly("answer", [](const Answer<Diff>& self) { return output::answer(*self.report); });
  module.def("sweep", run_sweep, py::arg("scenario"), py::arg("axes"), py::arg("options"), py::arg("progress"),
             py::arg("folder"));
  module.def("sweep_part", sweep_part, py::arg("scenario"), py::arg("source"), py::arg("axes"), py::arg("options"),
             py::arg("shard"), py::arg("progress"), py::arg("folder"));
  module.def("require_sweep", require_sweep, py::arg("scenario"), py::arg("axes"), py::arg("options"));
  module.def("merge_sweep", merge_sweep, py::arg("parts"), py::arg("jobs"), py::arg("progress"), py::arg("folder"));
  module.def("diff", run_diff, py::arg("a"), py::arg("b"), py::arg("a_name"), py::arg("b_name"), py::arg("seed"),
             py::arg("replication"), py::arg("jobs"));
}

}  // namespace fleetrace::python
