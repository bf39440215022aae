#include "sim/output/parts/sensitivity_parts.hpp"

#include <algorithm>
#include <utility>

#include "sim/api/race.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/studies/sensitivity.hpp"

namespace fleetrace::output {
namespace {

/// What the parts say of every point, one behind the other; false where the reading was stopped.
bool take_parts(const ShardSet& parts, const AskedSensitivity& asked, const std::atomic<bool>& stop,
                std::vector<double>& numbers) {
  const std::size_t each = study::numbers_of_point(asked.design);
  return parts.read(asked.manifest, rows_of_numbers(each), study::sensitivity_points(asked.effort),
                    [&](std::size_t, std::span<const fleet::Metrics> row) {
                      const std::vector<double> known = numbers_in(row, each);
                      numbers.insert(numbers.end(), known.begin(), known.end());
                      return !stop;
                    });
}

}  // namespace

AskedSensitivity ask_sensitivity(scenario::Scenario scenario, study::StudyDesign design,
                                 const study::SensitivityQuestion& question, const StudyRequest& request,
                                 const StudySettings& settings, std::vector<std::string> arguments) {
  AskedSensitivity asked{std::move(scenario), std::move(design), question, {}, {}};
  asked.effort.points = request.points;
  asked.effort.confidence = settings.confidence;
  asked.effort.jobs = settings.jobs;
  asked.manifest = manifest_of(asked.scenario, {settings.seed, 0, fleet::InputDraw::drawn}, std::move(arguments));
  const bool is_pair = !request.against.empty();
  const std::string one = is_pair || request.strategy.empty() ? "chosen" : request.strategy;
  const std::string pair = is_pair ? request.strategy + ',' + request.against : "chosen";
  asked.manifest.question = sensitivity_question(settings, asked.effort, one, pair);
  return asked;
}

PartState sensitivity_part(const AskedSensitivity& asked, const StudyRequest& request, const study::Shard& shard,
                           const std::string& path, const PartWatch& watch) {
  const PartOfStudy part{request, asked.manifest, shard, rows_of_numbers(study::numbers_of_point(asked.design)),
                         study::sensitivity_points(asked.effort)};
  return compute_part(part, path, watch, [&](ShardFolder& folder, const auto& show) {
    std::vector<std::size_t> points;
    for (std::size_t point = 0; point < part.items; ++point) {
      if (folder.lacks(point)) points.push_back(point);
    }
    return study::run_points(asked.design, asked.question.objective, asked.effort, points, watch.stop,
                             [&](std::size_t point, std::span<const double> numbers) {
                               folder.add(point, to_rows(numbers));
                               show(1);
                             });
  });
}

std::optional<SensitivityReport> race(const AskedSensitivity& asked, const ShardSet* parts,
                                      const std::atomic<bool>& stop, const Progress& progress) {
  std::vector<double> numbers;
  study::KnownPoints known;
  if (parts != nullptr) {
    if (!take_parts(*parts, asked, stop, numbers)) return std::nullopt;
    known = [&numbers](std::size_t point, std::span<double> of_point) {
      std::copy_n(numbers.begin() + static_cast<std::ptrdiff_t>(point * of_point.size()), of_point.size(),
                  of_point.begin());
    };
  }
  return race_sensitivity(asked.scenario, asked.design, asked.question, asked.effort, stop, progress, known);
}

StudyFiles files_of(const AskedSensitivity& asked, const SensitivityReport& report, const Manifest& known) {
  const Run at_medians = run_scenario(asked.scenario, {asked.design.seed});
  return {sensitivity_csv(report), sensitivity_json(report), sensitivity_xlsx(report),
          to_html(report, at_medians, known.arguments, known.resolved_scenario)};
}

}  // namespace fleetrace::output
