#include "sim/output/folder/report_folder.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/folder/finished_folder.hpp"
#include "sim/output/json/json_reader.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/page/page_brief.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace::output {
namespace {

using nlohmann::json;

/// The race of a folder: that of a run itself, of a study the one at the medians.
Run raced(const FinishedFolder& folder, const MadeFrom& from, const scenario::Scenario& scenario,
          const std::string& results) {
  Run run = run_scenario(scenario, from.question == "run" ? from.draw : fleet::Draw{from.draw.seed}, {}, {}, from.plan);
  // A run is cheap: it is raced anew, and must come out as it stands there.
  if (from.question == "run" && to_json(run) != results)
    folder.refuse(kResultsFile, "does not hold what this scenario comes to: it was changed, or is of another run",
                  kMakeAgain);
  return run;
}

scenario::Scenario scenario_of(const MadeFrom& from) {
  scenario::Scenario scenario = reader::Document({from.resolved, "manifest.json: resolved_scenario", false}).load();
  scenario.sha256 = from.sha256;
  scenario.warnings = from.warnings;
  return scenario;
}

/// The sheet for those who decide, from results that belong to the manifest.
std::string brief_of(const FinishedFolder& folder, const MadeFrom& from, const std::string& results) {
  if (from.question != "run" && from.question != "compare") {
    folder.refuse("", "holds no decision between strategies: a brief is of a run or a comparison",
                  "Leave out --brief for its page, or name a folder of fleetrace run or compare.");
  }
  const scenario::Scenario scenario = scenario_of(from);
  const Run run = raced(folder, from, scenario, results);
  return from.question == "run" ? brief_html(run) : brief_html(read_comparison(results, scenario), run);
}

/// The page, from results that belong to the manifest.
std::string page_of(const FinishedFolder& folder, const MadeFrom& from, const std::string& results) {
  const scenario::Scenario scenario = scenario_of(from);
  Run run = raced(folder, from, scenario, results);
  if (from.question == "run") return to_html(run, from.arguments, from.resolved);
  if (from.question == "compare")
    return to_html(read_comparison(results, scenario), run, from.arguments, from.resolved);
  if (from.question.rfind("sweep", 0) == 0) return to_html(read_sweep(results), run, from.arguments, from.resolved);
  if (from.question.rfind("sensitivity", 0) == 0)
    return to_html(read_sensitivity(results, scenario), run, from.arguments, from.resolved);
  if (from.question.rfind("whatif", 0) == 0)
    return to_html(read_what_if(results, from.resolved, std::move(run)), from.arguments, from.resolved);
  return to_html(read_solve(results, scenario), run, from.arguments, from.resolved);
}

/// Refuses the folder of a question that no page answers.
void require_page(const FinishedFolder& folder, const std::string& question) {
  static constexpr std::string_view kAnswered[] = {"run", "compare", "whatif", "sweep", "sensitivity", "solve"};
  const auto begins = [&question](std::string_view verb) { return question.rfind(verb, 0) == 0; };
  if (std::any_of(std::begin(kAnswered), std::end(kAnswered), begins)) return;
  folder.refuse(kManifestFile, "has a question that no page answers: \"" + core::printable(question) + '"',
                "The answer stands in results.json.");
}

}  // namespace

void write_page(const std::string& path, Page page) {
  const FinishedFolder folder(path, FinishedFolder::Use::change, FinishedFolder::Versions::this_one);
  const json manifest = folder.read_manifest(file_of(page));
  const auto [bytes, results] = folder.read(kResultsFile);
  try {
    require_page(folder, manifest.at("question").get<std::string>());
    const MadeFrom from = made_from(manifest, results);
    if (results.at("scenario").at("sha256") != from.sha256 || results.at("seed") != from.draw.seed)
      folder.refuse(kResultsFile, "is of another run than manifest.json: scenario or seed differ", kMakeAgain);
    folder.write(file_of(page), page == Page::brief ? brief_of(folder, from, bytes) : page_of(folder, from, bytes));
  } catch (const BadResults& error) {
    folder.refuse(kResultsFile, error.what(), kMakeAgain);
  } catch (const std::overflow_error& error) {
    folder.refuse(kResultsFile, std::string("has a number that cannot be: ") + error.what(), kMakeAgain);
  } catch (const json::exception& error) {
    folder.refuse(kManifestFile, "lacks what a page needs: " + core::printable(error.what()), kMakeAgain);
  }
}

const char* file_of(Page page) { return page == Page::brief ? "brief.html" : "report.html"; }

}  // namespace fleetrace::output
