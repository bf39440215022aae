#include "sim/output/folder/diff_folder.hpp"

#include <nlohmann/json.hpp>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/core/version.hpp"
#include "fleetrace/fleet/metric.hpp"
#include "sim/output/folder/finished_folder.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/reader/document.hpp"

namespace fleetrace::output {
namespace {

using nlohmann::json;

/// Figures that are compared with what another version wrote.
constexpr const char* kCompared[] = {"relative_loss", "mean_relative_loss", "effective_compute_flop", "spend_usd",
                                     "energy_kwh"};

/// "turtle relative_loss was 0.547 and is 0.5468" for everything that this version makes otherwise.
std::string changed_numbers(const json& results, const json& now) {
  std::string text;
  for (const json& then : results.at("strategies")) {
    for (const json& strategy : now.at("strategies")) {
      if (strategy.at("name") != then.at("name")) continue;
      for (const char* name : kCompared) {
        const json& before = then.at("final").at(name);
        const json& after = strategy.at("final").at(name);
        if (!before.is_number() || !after.is_number()) continue;
        if (fleet::are_tied(before.get<double>(), after.get<double>())) continue;
        text += (text.empty() ? "" : ", ") + core::printable(then.at("name").get<std::string>()) + ' ' + name +
                " was " + core::format_real(before.get<double>()) + " and is " + core::format_real(after.get<double>());
      }
    }
  }
  return text;
}

/// Races the run of the folder anew, and says what differs from what it holds.
void compare_with_results(const FinishedFolder& folder, const json& manifest, const MadeFrom& from,
                          const std::string& bytes, const json& results, FolderSide& found) {
  const std::string again = to_json(run_scenario(found.side.scenario, found.side.draw, {}, {}, from.plan));
  if (again == bytes) return;
  const auto version = results.at("fleetrace").get<std::string>();
  const std::string build = manifest.value("git_hash", "unknown");
  if (version == core::version() && build == core::git_hash())
    folder.refuse(kResultsFile, "does not hold what this scenario comes to: it was changed, or is of another run",
                  kMakeAgain);
  const std::string changed = changed_numbers(results, json::parse(again));
  const auto named = [](const std::string& number, const std::string& commit, bool with_commit) {
    return core::printable(number) + (with_commit ? " (" + core::printable(commit) + ')' : "");
  };
  const bool same_version = version == core::version();
  std::string note = core::printable(found.side.name) + " was written by fleetrace " +
                     named(version, build, same_version) + ", and everything here is by " +
                     named(std::string(core::version()), std::string(core::git_hash()), same_version) + ": ";
  found.notes.push_back(note + (changed.empty() ? "its losses, compute, spend and energy are the same" : changed) +
                        '.');
}

}  // namespace

FolderSide read_side(const std::string& path) {
  const FinishedFolder folder(path, FinishedFolder::Use::read, FinishedFolder::Versions::all);
  const json manifest = folder.read_manifest();
  try {
    const auto [bytes, results] = folder.read(kResultsFile);
    const MadeFrom from = made_from(manifest, results);
    const std::string name = path + '/' + kManifestFile + ": resolved_scenario";
    FolderSide found{{path, reader::Document({from.resolved, name, false}).load(), from.draw}, {}};
    found.side.scenario.sha256 = from.sha256;
    found.side.scenario.warnings = from.warnings;
    if (from.question == "run") {
      compare_with_results(folder, manifest, from, bytes, results, found);
    } else {
      found.side.draw = {from.draw.seed};
      found.notes.push_back(core::printable(path) + " holds the study \"" +
                            core::printable(from.question.substr(0, from.question.find_first_of(" ,"))) +
                            "\"; here its scenario races once, with uncertain inputs at their medians.");
    }
    return found;
  } catch (const json::exception& error) {
    folder.refuse(kManifestFile, "lacks what a difference needs: " + core::printable(error.what()), kMakeAgain);
  }
}

}  // namespace fleetrace::output
