#pragma once

#include <functional>
#include <string>

#include "sim/output/folder/folder.hpp"

/// Folders of studies of which nothing is kept before they are finished.
namespace fleetrace::output {

/// Contents of the files that such a study writes beside the manifest.
struct StudyFiles {
  std::string csv;   ///< content of results.csv
  std::string json;  ///< content of results.json
  std::string xlsx;  ///< content of results.xlsx
  std::string html;  ///< content of report.html
};

/// How a folder was left.
enum class FolderEnd {
  written,       ///< The study ran, and its files are there.
  held_already,  ///< The very same result stood there; nothing was run.
  stopped,       ///< The study was stopped, and the manifest says so.
};

/// Opens the folder and, unless it holds the very same result already, lets `make` write into it; the manifest then says how that ended.
/// `make` returns false where it was stopped, and may change which files the manifest names. `tell` is told what was found amiss in
/// the folder. Throws FolderError; what `make` throws is noted in the manifest and thrown again.
[[nodiscard]] FolderEnd fill_folder(const std::string& path, Manifest manifest,
                                    const std::function<bool(const ResultFolder& folder, Manifest& manifest)>& make,
                                    const std::function<void(const std::string&)>& tell);

/// Opens the folder, calls `run` unless the folder holds the very same result already, and writes what `files` returns. `run`
/// returns false where it was stopped. `tell` is told what was found amiss in the folder. Throws FolderError; what `run` and `files`
/// throw is noted in the manifest and thrown again.
[[nodiscard]] FolderEnd into_folder(const std::string& path, Manifest manifest, const std::function<bool()>& run,
                                    const std::function<StudyFiles(const Manifest&)>& files,
                                    const std::function<void(const std::string&)>& tell = {});

}  // namespace fleetrace::output
