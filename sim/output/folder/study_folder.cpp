#include "sim/output/folder/study_folder.hpp"

#include "fleetrace/study.hpp"

namespace fleetrace::output {

FolderEnd fill_folder(const std::string& path, Manifest manifest,
                      const std::function<bool(const ResultFolder& folder, Manifest& manifest)>& make,
                      const std::function<void(const std::string&)>& tell) {
  const ResultFolder folder(path, manifest);
  for (const std::string& note : folder.notes()) {
    if (tell) tell(note);
  }
  if (folder.is_finished()) return FolderEnd::held_already;
  const auto end = [&](Status status, const std::string& message) {
    manifest.status = status;
    manifest.message = message;
    folder.write(manifest);
  };
  try {
    const bool is_whole = make(folder, manifest);
    end(is_whole ? Status::finished : Status::interrupted, "");
    return is_whole ? FolderEnd::written : FolderEnd::stopped;
  } catch (const Stopped&) {
    end(Status::interrupted, "");
    throw;
  } catch (const std::exception& error) {
    try {
      end(Status::failed, error.what());
    } catch (const FolderError&) {
      // The first error says more: where it was the disk, this is the same.
    }
    throw;
  }
}

FolderEnd into_folder(const std::string& path, Manifest manifest, const std::function<bool()>& run,
                      const std::function<StudyFiles(const Manifest&)>& files,
                      const std::function<void(const std::string&)>& tell) {
  manifest.files = {"results.csv", "results.json", "results.xlsx", "report.html"};
  return fill_folder(
      path, std::move(manifest),
      [&](const ResultFolder& folder, const Manifest& known) {
        if (!run()) return false;
        const StudyFiles made = files(known);
        folder.write("results.csv", made.csv);
        folder.write("results.json", made.json);
        folder.write("results.xlsx", made.xlsx);
        folder.write("report.html", made.html);
        return true;
      },
      tell);
}

}  // namespace fleetrace::output
