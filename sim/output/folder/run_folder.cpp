#include "sim/output/folder/run_folder.hpp"

#include "sim/api/plan_periods.hpp"
#include "sim/output/folder/study_folder.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/plan/plan.hpp"
#include "sim/output/run/writers.hpp"

namespace fleetrace::output {

Manifest run_manifest(const scenario::Scenario& scenario, const fleet::Draw& draw,
                      const std::optional<PlanOptions>& plan, std::vector<std::string> arguments) {
  Manifest manifest = manifest_of(scenario, draw, std::move(arguments));
  manifest.files = {"results.csv",  "bought.csv",   "plan.csv",   "returns.csv",
                    "results.json", "results.xlsx", "report.html"};
  if (plan) manifest.settings = to_string(*plan);
  return manifest;
}

std::optional<Run> race_into(const std::string& path, Manifest manifest, const std::function<Run()>& race,
                             const std::function<void(const std::string&)>& tell) {
  std::optional<Run> run;
  (void)fill_folder(
      path, std::move(manifest),
      [&](const ResultFolder& folder, const Manifest& known) {
        run = race();
        folder.write("results.csv", to_csv(*run));
        folder.write("bought.csv", bought_csv(*run));
        folder.write("plan.csv", plan_csv(*run));
        folder.write("returns.csv", returns_csv(*run));
        folder.write("results.json", to_json(*run));
        folder.write("results.xlsx", to_xlsx(*run));
        folder.write("report.html", to_html(*run, known.arguments, known.resolved_scenario));
        return true;
      },
      tell);
  return run;
}

}  // namespace fleetrace::output
