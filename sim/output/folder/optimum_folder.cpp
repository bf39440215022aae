#include "sim/output/folder/optimum_folder.hpp"

#include "sim/api/race.hpp"
#include "sim/api/resolved.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"

namespace fleetrace::output {
namespace {

/// The files of a result, beside the scenario with its plan.
void write_files(const ResultFolder& folder, Manifest& manifest,
                 const std::vector<std::pair<std::string, std::string>>& files, bool is_stopped) {
  for (const auto& [name, text] : files) {
    folder.write(name, text);
    manifest.files.push_back(name);
  }
  manifest.status = is_stopped ? Status::interrupted : Status::finished;
  folder.write(manifest);
}

}  // namespace

void write_plan(const ResultFolder& folder, const OptimumReport& report, Manifest& manifest) {
  std::vector<std::pair<std::string, std::string>> files = {
      {"plan.yaml", to_yaml(report.plan)},
      {orders_file(report), orders_csv(report)},
      {"results.csv", optimum_csv(report)},
      {"results.json", optimum_json(report)},
      {"report.html",
       to_html(report, run_scenario(report.plan, {report.seed}), manifest.arguments, manifest.resolved_scenario)}};
  if (!report.optimum.retired.empty()) files.emplace_back("retirements.csv", retirements_csv(report));
  write_files(folder, manifest, files, report.optimum.is_stopped);
}

void write_plan(const ResultFolder& folder, const UncertainOptimumReport& report, Manifest& manifest) {
  OptimumReport orders;
  orders.optimum.schedule = report.optimum.schedule;
  write_files(folder, manifest,
              {{"plan.yaml", to_yaml(report.plan)},
               {orders_file(orders), orders_csv(orders)},
               {"results.csv", uncertain_optimum_csv(report)},
               {"results.json", uncertain_optimum_json(report)},
               {"report.html", to_html(report, run_scenario(report.plan, {report.seed}), manifest.arguments,
                                       manifest.resolved_scenario)}},
              report.optimum.is_stopped);
}

}  // namespace fleetrace::output
