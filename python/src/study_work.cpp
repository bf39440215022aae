#include "python/src/study_work.hpp"

#include "sim/api/scenario_state.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::python {

StudyOptions study_options(const py::dict& given, Work& work) {
  StudyOptions options;
  options.replications = given["replications"].cast<std::optional<std::size_t>>();
  options.seed = given["seed"].cast<std::uint32_t>();
  options.jobs = given["jobs"].cast<int>();
  options.objective = given["objective"].cast<std::optional<fleet::Metric>>();
  options.target = given["target"].cast<std::optional<double>>();
  options.confidence = given["confidence"].cast<std::optional<double>>();
  options.stop = work.token();
  options.progress = work.reporter();
  return options;
}

std::vector<study::Goal> goals_of(const std::vector<std::string>& texts, const scenario::Scenario& scenario) {
  std::vector<study::Goal> goals;
  if (texts.empty()) return goals;
  const std::vector<fleet::StrategySetup> setups = scenario::resolve(scenario);
  for (const std::string& text : texts) {
    auto read = study::parse_goal(text, setups);
    if (const auto* problem = std::get_if<core::QuantityProblem>(&read))
      throw py::value_error("fail_if: " + problem->problem + " (" + problem->reason + "). " + problem->suggestion);
    goals.push_back(std::get<study::Goal>(std::move(read)));
  }
  return goals;
}

std::vector<std::tuple<std::string, std::string, std::string, std::string>> described(const scenario::Inputs& inputs) {
  std::vector<std::tuple<std::string, std::string, std::string, std::string>> result;
  for (const scenario::UncertainInput& each : inputs.all())
    result.emplace_back(output::input_column(each), each.unit, each.path, each.source_text);
  return result;
}

void tell(const std::string& note) {
  const py::gil_scoped_acquire held;
  // Whoever makes errors of warnings gets one.
  if (PyErr_WarnEx(PyExc_UserWarning, note.c_str(), 1) != 0) throw py::error_already_set();
}

void run_into(const FolderRequest& folder, const scenario::Scenario& scenario, std::uint32_t seed,
              const StudyFolder& content, const std::function<bool()>& run) {
  output::Manifest manifest;
  if (folder) {
    manifest = output::manifest_of(scenario, {seed, 0, fleet::InputDraw::drawn}, folder->second);
    manifest.question = content.question;
    manifest.warnings = content.warnings;
  }
  run_into(folder, std::move(manifest), content.files, run);
}

std::vector<std::string> words_of(const FolderRequest& folder) {
  return folder ? folder->second : std::vector<std::string>{};
}

StudyRequest study_request(StudyRequest::Verb verb, const Scenario& scenario, const std::string& source,
                           const StudyOptions& options) {
  StudyRequest request;
  request.verb = verb;
  request.scenario = source;
  request.changes = scenario.state().changes;
  request.options = options;
  request.options.progress = {};
  request.options.stop = {};
  return request;
}

void run_into(const FolderRequest& folder, output::Manifest manifest,
              const std::function<output::StudyFiles(const output::Manifest&)>& files,
              const std::function<bool()>& run) {
  auto end = output::FolderEnd::held_already;
  if (folder) end = output::into_folder(folder->first, std::move(manifest), run, files, tell);
  if (end == output::FolderEnd::held_already && !run()) end = output::FolderEnd::stopped;
  if (end == output::FolderEnd::stopped) throw Stopped("the study was stopped before it was finished");
}

}  // namespace fleetrace::python
