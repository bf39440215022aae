#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/cli/verb.hpp"
#include "sim/output/folder/study_folder.hpp"

/// `--output` of the studies of which nothing is kept before they are finished.
namespace fleetrace::cli {

using output::StudyFiles;

/// The verb followed by its arguments, as a manifest keeps them.
[[nodiscard]] std::vector<std::string> with_verb(const std::string& verb, const std::vector<std::string>& arguments);

/// What is said of a folder where there was nothing to do.
void tell_held_already(const std::string& path, const Streams& streams);

/// Opens the folder that --output names, calls `run` unless the folder holds the very same result already, and writes what
/// `files` returns. Returns kDone, or kInterrupted where `run` returns false. Throws FolderError; what `run` throws is noted in
/// the manifest and thrown again.
[[nodiscard]] int into_folder(const Options& options, const Streams& streams, output::Manifest manifest,
                              const std::function<bool()>& run,
                              const std::function<StudyFiles(const output::Manifest&)>& files);

}  // namespace fleetrace::cli
