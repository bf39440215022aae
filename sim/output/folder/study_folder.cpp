#include "sim/output/folder/study_folder.hpp"

namespace fleetrace::output {

FolderEnd into_folder(const std::string& path, Manifest manifest, const std::function<bool()>& run,
                      const std::function<StudyFiles(const Manifest&)>& files,
                      const std::function<void(const std::string&)>& tell) {
  manifest.files = {"results.csv", "results.json", "results.xlsx", "report.html"};
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
    if (!run()) {
      end(Status::interrupted, "");
      return FolderEnd::stopped;
    }
    const StudyFiles made = files(manifest);
    folder.write("results.csv", made.csv);
    folder.write("results.json", made.json);
    folder.write("results.xlsx", made.xlsx);
    folder.write("report.html", made.html);
    end(Status::finished, "");
  } catch (const FolderError&) {
    throw;  // the disk: another file would fail, too
  } catch (const std::exception& error) {
    end(Status::failed, error.what());
    throw;
  }
  return FolderEnd::written;
}

}  // namespace fleetrace::output
