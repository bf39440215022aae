#include "sim/output/folder/optimum_folder.hpp"

#include "sim/api/race.hpp"
#include "sim/api/resolved.hpp"
#include "sim/output/folder/study_folder.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/uncertain_optimum.hpp"

namespace fleetrace::output {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

/// What a plan may leave; which of them it does is known when it is made.
const std::vector<std::string> kMayLeave = {"plan.yaml",   "purchases.csv", "orders.csv", "retirements.csv",
                                            "results.csv", "results.json",  "report.html"};

Files files_of(const OptimumReport& report, const Manifest& manifest) {
  Files files = {{"plan.yaml", to_yaml(report.plan)},
                 {orders_file(report), orders_csv(report)},
                 {"results.csv", optimum_csv(report)},
                 {"results.json", optimum_json(report)},
                 {"report.html", to_html(report, run_scenario(report.plan, {report.seed}), manifest.arguments,
                                         manifest.resolved_scenario)}};
  if (!report.optimum.retired.empty()) files.emplace_back("retirements.csv", retirements_csv(report));
  return files;
}

Files files_of(const UncertainOptimumReport& report, const Manifest& manifest) {
  OptimumReport orders;
  orders.optimum.schedule = report.optimum.schedule;
  return {{"plan.yaml", to_yaml(report.plan)},
          {orders_file(orders), orders_csv(orders)},
          {"results.csv", uncertain_optimum_csv(report)},
          {"results.json", uncertain_optimum_json(report)},
          {"report.html",
           to_html(report, run_scenario(report.plan, {report.seed}), manifest.arguments, manifest.resolved_scenario)}};
}

template <class Report>
std::optional<Report> into(const std::string& path, Manifest manifest, const Plan<Report>& make,
                           const std::function<void(const std::string&)>& tell) {
  manifest.files = kMayLeave;
  std::optional<Report> report;
  (void)fill_folder(
      path, std::move(manifest),
      [&](const ResultFolder& folder, Manifest& known) {
        report = make();
        known.files.clear();
        for (const auto& [name, text] : files_of(*report, known)) {
          folder.write(name, text);
          known.files.push_back(name);
        }
        return !report->optimum.is_stopped;
      },
      tell);
  return report;
}

}  // namespace

std::optional<OptimumReport> plan_into(const std::string& path, Manifest manifest, const Plan<OptimumReport>& make,
                                       const std::function<void(const std::string&)>& tell) {
  return into(path, std::move(manifest), make, tell);
}

std::optional<UncertainOptimumReport> plan_into(const std::string& path, Manifest manifest,
                                                const Plan<UncertainOptimumReport>& make,
                                                const std::function<void(const std::string&)>& tell) {
  return into(path, std::move(manifest), make, tell);
}

}  // namespace fleetrace::output
