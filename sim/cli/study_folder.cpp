#include "sim/cli/study_folder.hpp"

#include <ostream>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::cli {

std::vector<std::string> with_verb(const std::string& verb, const std::vector<std::string>& arguments) {
  std::vector<std::string> all{verb};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

void tell_held_already(const std::string& path, const Streams& streams) {
  streams.err << core::printable(path)
              << ": holds this very result already (scenario, seed, settings, version); there is nothing to do.\n";
}

int into_folder(const Options& options, const Streams& streams, output::Manifest manifest,
                const std::function<bool()>& run, const std::function<StudyFiles(const output::Manifest&)>& files) {
  const std::string path = options.text("output", "");
  if (path.empty()) throw UsageError("--output names no folder.");
  const output::FolderEnd end = output::into_folder(
      path, std::move(manifest), run, files, [&streams](const std::string& note) { streams.err << note << '\n'; });
  if (end == output::FolderEnd::stopped) return kInterrupted;
  if (options.has("quiet")) return kDone;
  if (end == output::FolderEnd::held_already)
    tell_held_already(path, streams);
  else
    streams.err << "Results are in " << core::printable(path)
                << ": results.csv, results.json, results.xlsx, report.html, manifest.json.\n";
  return kDone;
}

}  // namespace fleetrace::cli
