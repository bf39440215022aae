#include "python/src/answer.hpp"
#include "python/src/module.hpp"
#include "python/src/parts.hpp"
#include "python/src/plan_options.hpp"
#include "python/src/study_work.hpp"
#include "sim/api/comparison_study.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/api/race.hpp"
#include "sim/fleet/results/metrics.hpp"
#include "sim/output/folder/comparison_folder.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/parts/comparison_parts.hpp"
#include "sim/output/plan/plan_bands.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/money_entry.hpp"
#include "sim/study/compare/regrets.hpp"

namespace fleetrace::python {
namespace {

using ComparisonAnswer = Answer<ComparisonReport>;

/// Every metric of every race, by metric, replication and strategy; NaN where a race has none. An objective of one's own comes last.
/// One copy, in which each metric's numbers stand together.
py::array replications(const ComparisonAnswer& self) {
  const study::Results& results = self.report->results;
  const fleet::Metric objective = self.report->comparison.objective;
  const std::size_t columns = fleet::kMetrics + (fleet::is_own(objective) ? 1 : 0);
  const std::size_t count = results.replications();
  const std::size_t strategies = results.strategies();
  const std::size_t races = count * strategies;
  std::vector<double> values(columns * races);
  {
    const py::gil_scoped_release released;
    for (std::size_t r = 0, race = 0; r < count; ++r) {
      for (std::size_t i = 0; i < strategies; ++i, ++race) {
        const fleet::Metrics metrics = results.at(r, i);
        for (std::size_t k = 0; k < fleet::kMetrics; ++k)
          values[k * races + race] = fleet::value_or_none(metrics, static_cast<fleet::Metric>(k));
        if (columns > fleet::kMetrics) values[fleet::kMetrics * races + race] = fleet::get(metrics, objective);
      }
    }
  }
  return array_of(std::move(values), {static_cast<py::ssize_t>(columns), static_cast<py::ssize_t>(count),
                                      static_cast<py::ssize_t>(strategies)});
}

/// What each replication drew, by input and replication, in the unit in which the scenario writes the input.
py::array draws(const ComparisonAnswer& self) {
  const study::StudyDesign& design = self.report->design;
  const std::size_t count = self.report->results.replications();
  const std::size_t inputs = design.inputs.all().size();
  std::vector<double> values(inputs * count);
  {
    const py::gil_scoped_release released;
    for (std::size_t r = 0; r < count; ++r) {
      const fleet::Draw draw{design.seed, static_cast<std::uint32_t>(r), fleet::InputDraw::drawn};
      const std::vector<double> written = design.inputs.written_values(design.inputs.uniforms(draw));
      for (std::size_t k = 0; k < inputs; ++k) values[k * count + r] = design.inputs.all()[k].in_unit(written[k]);
    }
  }
  return array_of(std::move(values), {static_cast<py::ssize_t>(inputs), static_cast<py::ssize_t>(count)});
}

/// Compares by an objective of one's own, given by replication and strategy: the library's statistics of a loss, which is any number.
study::Comparison judge(const ComparisonAnswer& self, const py::array_t<double, py::array::c_style>& objective) {
  const ComparisonReport& report = *self.report;
  const std::size_t count = report.results.replications();
  const std::size_t strategies = report.results.strategies();
  constexpr auto kCarrier = fleet::Metric::final_loss;
  study::Results results(strategies, study::compared_metrics(kCarrier));
  results.resize(count);
  const auto values = objective.unchecked<2>();
  std::vector<fleet::Metrics> row(strategies);
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t i = 0; i < strategies; ++i) {
      row[i] = report.results.at(r, i);
      fleet::get(row[i], kCarrier) = values(static_cast<py::ssize_t>(r), static_cast<py::ssize_t>(i));
    }
    results.set(r, row);
    results.set_done(r);
  }
  const py::gil_scoped_release released;
  study::Comparison judged = study::compare(report.design, results, kCarrier, report.comparison.confidence);
  study::set_regret_intervals(results, report.design.seed, report.design.has_chance, judged);
  return judged;
}

std::vector<std::string> metric_columns() {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < fleet::kMetrics; ++k) names.push_back(output::metric_column(k));
  return names;
}

struct Compared {
  std::shared_ptr<const ComparisonReport> report;
  std::vector<study::GoalVerdict> verdicts;
};

/// What was replicated, once all of it is or the study was stopped.
Compared finish(ComparisonStudy& study, bool is_whole) {
  if (!is_whole && study.keep_finished() == 0) throw Stopped("the comparison was stopped before its first replication");
  std::vector<study::GoalVerdict> verdicts;
  if (is_whole) verdicts = study.verdicts();
  return {std::make_shared<const ComparisonReport>(study.report()), std::move(verdicts)};
}

Compared replicate(ComparisonStudy& study, const CompareOptions& options, output::Journal* journal, bool& is_whole) {
  const StopFlag stop(options.stop);
  std::size_t done = study.results().done();
  is_whole = study.replicate(stop.flag(), [&](auto replication, auto row) {
    if (journal != nullptr) journal->add(replication, row);
    options.progress(++done, study.most());
  });
  if (journal != nullptr) journal->sync();
  is_whole = is_whole && study.complete(stop.flag());
  return finish(study, is_whole);
}

/// Compares with a folder that keeps every finished replication, and takes what the parts hold where these are given.
Compared compare_into(const scenario::Scenario& scenario, const StudySettings& settings, const CompareOptions& options,
                      ComparisonStudy& study, const std::string& path, const std::vector<std::string>& words,
                      const output::ShardSet* parts) {
  const fleet::Horizon horizon = scenario::resolve(scenario).front().horizon;
  if (parts != nullptr) parts->require_study(output::whole_comparison(scenario, settings, words));
  output::ComparisonFolder folder(path, scenario, settings, usual_plan(horizon.start, horizon.end), words, study);
  for (const std::string& note : folder.notes()) tell(note);
  bool is_whole = false;
  try {
    const StopFlag stop(options.stop);
    if (parts != nullptr && !folder.is_finished()) output::take_parts(*parts, folder, study, stop.flag());
    Compared compared = replicate(study, options, &folder.journal(), is_whole);
    if (!is_whole) folder.note_interruption();
    if (is_whole && !folder.is_finished()) folder.write(*compared.report);
    return compared;
  } catch (const output::FolderError&) {
    throw;  // the disk: another file would fail, too
  } catch (const Stopped&) {
    folder.note_interruption();
    throw;
  } catch (const std::exception& error) {
    folder.note_failure(error.what());
    throw;
  }
}

py::tuple run_comparison(const Scenario& scenario, CompareOptions options, const py::object& progress,
                         const std::vector<std::string>& fail_if, const FolderRequest& folder,
                         const output::ShardSet* parts = nullptr) {
  Work work(progress);
  options.stop = work.token();
  options.progress = work.reporter();
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = parts == nullptr ? settings_of(options, loaded)
                                                  : parts->settings(loaded, options.jobs);
  std::vector<study::Goal> goals = goals_of(fail_if, loaded);
  Compared compared = work.run([&] {
    ComparisonStudy study(loaded, settings, std::move(goals), ComparisonStudy::Keep::all_metrics);
    bool is_whole = false;
    return folder ? compare_into(loaded, settings, options, study, folder->first, folder->second, parts)
                  : replicate(study, options, nullptr, is_whole);
  });
  return py::make_tuple(ComparisonAnswer{std::move(compared.report)}, std::move(compared.verdicts),
                        work.interruption());
}

py::tuple compare_part(const Scenario& scenario, const std::string& source, const py::dict& given, const Shard& shard,
                       const py::object& progress, const FolderRequest& folder) {
  Work work(progress);
  const StudyOptions options = study_options(given, work);
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(options, loaded);
  const StudyRequest request = study_request(StudyRequest::Verb::compare, scenario, source, options);
  return run_part(work, [&](const output::PartWatch& watch) {
    return output::compare_part(request, loaded, settings, folder->second, shard_of(shard), folder->first, watch);
  });
}

py::tuple merge_comparison(const Parts& parts, int jobs, const py::object& progress, const std::string& path) {
  py::tuple compared = run_comparison(parts.scenario, {.jobs = jobs}, progress, {}, parts.folder(path), &parts.set);
  return py::make_tuple(compared[0], compared[2]);
}

/// The plan by periods over the first replications of a study with that seed.
Answer<output::PlanBands> plan_bands(const Scenario& scenario, std::uint32_t seed, std::size_t replications, int jobs,
                                     const std::string& by, int fiscal_year_begins) {
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(CompareOptions{.replications = replications, .seed = seed, .jobs = jobs},
                                             loaded);
  Work work{py::none()};
  auto samples = work.run([&] {
    ComparisonStudy study(loaded, settings, {}, ComparisonStudy::Keep::what_is_compared,
                          output::plan_question(*plan_options(by, fiscal_year_begins)));
    const StopFlag stop(work.token());
    if (!study.replicate(stop.flag(), {})) throw Stopped("the plans were stopped");
    return *study.plans();
  });
  return {std::make_shared<const output::PlanBands>(output::PlanBands{
      loaded.name(), loaded.sha256, seed, scenario::money_note(loaded.root()), loaded.warnings, std::move(samples)})};
}

std::string html(const ComparisonAnswer& self) {
  const ComparisonReport& report = *self.report;
  return output::to_html(report, run_scenario(report.scenario, {report.design.seed}));
}

}  // namespace

void bind_compare(py::module_& module) {
  module.def("metric_columns", metric_columns);
  bind_answer<ComparisonReport, output::kComparisonFormats>(module, "ComparisonAnswer")
      .def_property_readonly(
          "values", [](const ComparisonAnswer& self) -> const study::Comparison& { return self.report->comparison; })
      .def_property_readonly(
          "stopping",
          [](const ComparisonAnswer& self) -> const study::StoppingResult& { return self.report->stopping; })
      .def_property_readonly("bands",
                             [](const ComparisonAnswer& self) -> const study::LossBands& { return self.report->bands; })
      .def_property_readonly("seed", [](const ComparisonAnswer& self) { return self.report->design.seed; })
      .def_property_readonly("answer", [](const ComparisonAnswer& self) { return output::answer(*self.report); })
      .def_property_readonly("strategies", [](const ComparisonAnswer& self) { return self.report->design.strategies; })
      .def_property_readonly("inputs",
                             [](const ComparisonAnswer& self) { return described(self.report->design.inputs); })
      .def("replications", replications)
      .def("draws", draws)
      .def("judge", judge, py::arg("objective"))
      .def("html", html, py::call_guard<py::gil_scoped_release>());
  module.def(
      "compare",
      [](const Scenario& scenario, std::optional<std::size_t> replications, std::uint32_t seed, int jobs,
         std::optional<fleet::Metric> objective, std::optional<double> target, std::optional<double> confidence,
         std::optional<double> half_width, std::optional<double> select, const py::object& progress,
         const std::vector<std::string>& fail_if, const FolderRequest& folder) {
        return run_comparison(scenario,
                              {.replications = replications,
                               .seed = seed,
                               .jobs = jobs,
                               .objective = objective,
                               .target = target,
                               .confidence = confidence,
                               .half_width = half_width,
                               .select = select},
                              progress, fail_if, folder);
      },
      py::arg("scenario"), py::arg("replications"), py::arg("seed"), py::arg("jobs"), py::arg("objective"),
      py::arg("target"), py::arg("confidence"), py::arg("half_width"), py::arg("select"), py::arg("progress"),
      py::arg("fail_if"), py::arg("folder"));
  module.def("compare_part", compare_part, py::arg("scenario"), py::arg("source"), py::arg("options"), py::arg("shard"),
             py::arg("progress"), py::arg("folder"));
  module.def("merge_comparison", merge_comparison, py::arg("parts"), py::arg("jobs"), py::arg("progress"),
             py::arg("folder"));
  bind_answer<output::PlanBands, output::kPlanBandsFormats>(module, "PlanBandsAnswer");
  module.def("plan_bands", plan_bands, py::arg("scenario"), py::arg("seed"), py::arg("replications"), py::arg("jobs"),
             py::arg("by"), py::arg("fiscal_year_begins"));
}

}  // namespace fleetrace::python
