#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fleetrace/output/folder.hpp"
#include "verb.hpp"

/// --output of studies that are finished or not kept at all.
namespace fleetrace::cli {

/// What they leave beside the manifest.
struct StudyFiles {
  std::string csv;
  std::string json;
  std::string html;
};

/// The verb with its arguments, as a manifest keeps them.
[[nodiscard]] std::vector<std::string> with_verb(const std::string& verb, const std::vector<std::string>& arguments);

/// Opens the folder that --output names, calls `run` unless the very same result stands there already, and writes what
/// `files` makes of it. Returns kDone, or kInterrupted where `run` returns false. Throws FolderError, and what `run` throws,
/// after noting it in the manifest.
[[nodiscard]] int into_folder(const Options& options, const Streams& streams, output::Manifest manifest,
                              const std::function<bool()>& run,
                              const std::function<StudyFiles(const output::Manifest&)>& files);

}  // namespace fleetrace::cli
