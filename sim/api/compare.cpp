#include "fleetrace/study.hpp"
#include "sim/api/comparison_study.hpp"

namespace fleetrace {

StudySettings settings_of(const CompareOptions& options, const scenario::Scenario& scenario) {
  StudySettings settings = settings_of(StudyOptions{.replications = options.replications,
                                                    .seed = options.seed,
                                                    .jobs = options.jobs,
                                                    .objective = options.objective,
                                                    .target = options.target,
                                                    .confidence = options.confidence},
                                       scenario);
  if (options.half_width && options.select)
    throw std::invalid_argument("half_width and select are two rules for when to end");
  const std::optional<double> size = options.half_width ? options.half_width : options.select;
  if (!size) return settings;
  if (!(*size > 0)) throw std::invalid_argument("half_width and select are above 0, in the unit of the objective");
  settings.rule.kind = options.half_width ? study::StoppingRule::Kind::half_width : study::StoppingRule::Kind::select;
  settings.rule.size = *size;
  if (!options.replications) settings.rule.most = kMostReplications;
  return settings;
}

Comparison compare(const Scenario& scenario, const CompareOptions& options) {
  ComparisonStudy work(scenario.details(), settings_of(options, scenario.details()), {},
                       ComparisonStudy::Keep::all_metrics);
  const StopFlag stop(options.stop);
  std::size_t done = 0;
  bool is_whole = work.replicate(stop.flag(), [&](auto, auto) {
    ++done;
    if (options.progress) options.progress(done, work.most());
  });
  is_whole = is_whole && work.complete(stop.flag());
  if (!is_whole && work.keep_finished() == 0) throw Stopped("the comparison was stopped before its first replication");
  const auto report = std::make_shared<const ComparisonReport>(work.report());
  return {report->comparison, report->stopping, report->bands, !is_whole, report};
}

}  // namespace fleetrace
