#pragma once

#include <string>

/// The page of a folder that is finished.
namespace fleetrace::output {

/// Writes report.html anew from manifest.json and results.json of a folder that --output left, whatever was asked: the same
/// page that stood there. Throws core::InputError where the folder holds no finished result, one of a newer format or another
/// version, or damaged or missing files, and says which; FolderBusy where somebody is at work in it, FolderError where the
/// page cannot be written. Nothing else is changed.
void rewrite_report(const std::string& path);

}  // namespace fleetrace::output
