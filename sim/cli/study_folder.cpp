#include "sim/cli/study_folder.hpp"

#include <ostream>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::cli {

std::vector<std::string> with_verb(const std::string& verb, const std::vector<std::string>& arguments) {
  std::vector<std::string> all{verb};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

int into_folder(const Options& options, const Streams& streams, output::Manifest manifest,
                const std::function<bool()>& run, const std::function<StudyFiles(const output::Manifest&)>& files) {
  const std::string path = options.text("output", "");
  if (path.empty()) throw UsageError("--output names no folder.");
  manifest.files = {"results.csv", "results.json", "results.xlsx", "report.html"};
  const output::ResultFolder folder(path, manifest);
  const std::string shown = core::printable(folder.path());
  const bool quiet = options.has("quiet");
  if (folder.is_finished()) {
    if (!quiet)
      streams.err << shown
                  << ": holds this very result already (scenario, seed, settings, version); there is nothing to do.\n";
    return kDone;
  }
  const auto end = [&](output::Status status, const std::string& message) {
    manifest.status = status;
    manifest.message = message;
    folder.write("manifest.json", output::to_json(manifest));
  };
  try {
    if (!run()) {
      end(output::Status::interrupted, "");
      return kInterrupted;
    }
    const StudyFiles made = files(manifest);
    folder.write("results.csv", made.csv);
    folder.write("results.json", made.json);
    folder.write("results.xlsx", made.xlsx);
    folder.write("report.html", made.html);
    end(output::Status::finished, "");
  } catch (const output::FolderError&) {
    throw;  // the disk: another file would fail, too
  } catch (const std::exception& error) {
    end(output::Status::failed, error.what());
    throw;
  }
  if (!quiet)
    streams.err << "Results are in " << shown
                << ": results.csv, results.json, results.xlsx, report.html, manifest.json.\n";
  return kDone;
}

}  // namespace fleetrace::cli
