#include "fleetrace/optimize.hpp"

#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/study_work.hpp"
#include "sim/api/optimise_study.hpp"
#include "sim/api/race.hpp"
#include "sim/api/resolved.hpp"
#include "sim/api/settings.hpp"
#include "sim/api/uncertain_optimum_report.hpp"
#include "sim/output/folder/optimum_folder.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"

namespace fleetrace::python {
namespace {

template <class Choice, std::size_t size>
Choice chosen(const char* option, const std::string& name, const std::array<std::string_view, size>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    throw py::value_error(std::string(option) + ": there is no \"" + core::printable(name) + "\". " +
                          core::suggest(name, {names.begin(), names.end()}));
  return static_cast<Choice>(found - names.begin());
}

constexpr std::array<std::string_view, 2> kDates{"calendar", "events"};
constexpr std::array<std::string_view, 3> kThen{"any", "least_mean", "least_spend"};

/// A quantity that an option gives as text, in base units.
std::optional<double> quantity(const py::dict& given, const char* option, core::Dimension dimension) {
  const auto text = given[option].cast<std::optional<std::string>>();
  if (!text) return std::nullopt;
  const auto read = core::parse_quantity(dimension, *text);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read))
    throw py::value_error(std::string(option) + ": " + problem->problem + " (" + problem->reason + "). " +
                          problem->suggestion);
  return std::get<double>(read);
}

std::optional<core::Money> money(const py::dict& given, const char* option) {
  const auto usd = quantity(given, option, core::Dimension::money);
  if (!usd) return std::nullopt;
  return core::Money::from_usd(*usd);
}

std::optional<core::Duration> duration(const py::dict& given, const char* option) {
  const auto milliseconds = quantity(given, option, core::Dimension::duration);
  if (!milliseconds) return std::nullopt;
  return core::Duration::from_seconds(*milliseconds / 1e3);
}

PlanSearchOptions search_of(const py::dict& given) {
  PlanSearchOptions options;
  options.strategy = given["strategy"].cast<std::string>();
  if (const auto objective = given["objective"].cast<std::optional<fleet::Metric>>()) options.objective = *objective;
  options.dates = chosen<ReviewDates>("dates", given["dates"].cast<std::string>(), kDates);
  options.every = duration(given, "every");
  options.yearly_spend = money(given, "yearly_spend");
  options.gap = given["gap"].cast<double>();
  options.seed = given["seed"].cast<std::uint32_t>();
  return options;
}

OptimizeOptions options_of(const py::dict& given) {
  OptimizeOptions options;
  static_cast<PlanSearchOptions&>(options) = search_of(given);
  options.target = given["target"].cast<std::optional<double>>();
  options.smallest_order = money(given, "smallest_order");
  options.most_nodes = given["most_nodes"].cast<std::size_t>();
  options.also_within = given["within"].cast<std::vector<double>>();
  if (!options.also_within.empty()) {
    options.within = options.also_within.front();
    options.also_within.erase(options.also_within.begin());
  }
  options.alternatives = given["alternatives"].cast<std::size_t>();
  options.then = chosen<BreakTies>("then", given["then"].cast<std::string>(), kThen);
  options.retires = given["retires"].cast<bool>();
  options.verbose = given["log"].cast<bool>();
  return options;
}

/// Makes a plan, into a folder where one is asked for. Where the folder holds it already it is made once more, since it is asked for.
template <class Report>
std::shared_ptr<const Report> made(const Scenario& scenario, const fleet::Draw& draw, const FolderRequest& folder,
                                   const std::string& question, const output::Plan<Report>& make) {
  std::optional<Report> report;
  if (folder) {
    output::Manifest manifest = output::manifest_of(scenario.details(), draw, folder->second);
    manifest.question = question;
    report = output::plan_into(folder->first, std::move(manifest), make);
  }
  return std::make_shared<const Report>(report ? *std::move(report) : make());
}

py::tuple run_optimize(const Scenario& scenario, const py::dict& given, const py::object& progress,
                       const std::string& question, const FolderRequest& folder) {
  OptimizeOptions options = options_of(given);
  Work work(progress);
  options.stop = work.token();
  auto done = work.run([&] {
    const StopFlag stop(options.stop);
    return made<OptimumReport>(scenario, {options.seed, 0, fleet::InputDraw::medians}, folder, question,
                               [&] { return optimum_report(scenario.details(), options, stop.flag()); });
  });
  return py::make_tuple(Answer<OptimumReport>{done}, to_yaml(done->plan), work.interruption());
}

py::tuple run_uncertain(const Scenario& scenario, const py::dict& given, const py::object& progress,
                        const std::string& question, const FolderRequest& folder) {
  UncertainOptimizeOptions options;
  static_cast<PlanSearchOptions&>(options) = search_of(given);
  options.draws = given["replications"].cast<std::size_t>();
  options.batches = given["batches"].cast<std::size_t>();
  options.confidence = given["confidence"].cast<double>();
  options.tail_level = given["tail_level"].cast<std::optional<double>>();
  options.jobs = given["jobs"].cast<int>();
  Work work(progress);
  options.stop = work.token();
  options.progress = work.reporter();
  auto done = work.run([&] {
    const StopFlag stop(options.stop);
    return made<UncertainOptimumReport>(scenario, {options.seed, 0, fleet::InputDraw::drawn}, folder, question, [&] {
      return uncertain_optimum_report(scenario.details(), options, stop.flag());
    });
  });
  return py::make_tuple(Answer<UncertainOptimumReport>{done}, to_yaml(done->plan), work.interruption());
}

template <class Report>
std::string html(const Answer<Report>& self) {
  return output::to_html(*self.report, run_scenario(self.report->plan, {self.report->seed}), {});
}

}  // namespace

void bind_optimize(py::module_& module) {
  using Certain = Answer<OptimumReport>;
  using Uncertain = Answer<UncertainOptimumReport>;
  bind_answer<OptimumReport, output::kOptimumFormats>(module, "OptimumAnswer")
      .def_property_readonly("values",
                             [](const Certain& self) -> const study::Optimum& { return self.report->optimum; })
      .def("html", html<OptimumReport>, py::call_guard<py::gil_scoped_release>());
  bind_answer<UncertainOptimumReport, output::kUncertainOptimumFormats>(module, "UncertainOptimumAnswer")
      .def_property_readonly(
          "values", [](const Uncertain& self) -> const study::UncertainOptimum& { return self.report->optimum; })
      .def("html", html<UncertainOptimumReport>, py::call_guard<py::gil_scoped_release>());
  module.def("optimize", run_optimize, py::arg("scenario"), py::arg("options"), py::arg("progress"),
             py::arg("question"), py::arg("folder"));
  module.def("optimize_uncertain", run_uncertain, py::arg("scenario"), py::arg("options"), py::arg("progress"),
             py::arg("question"), py::arg("folder"));
}

}  // namespace fleetrace::python
