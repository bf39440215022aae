#pragma once

#include <string>

/// Writing the pages of a finished folder.
namespace fleetrace::output {

/// What there is to write of a finished folder.
enum class Page {
  report,  ///< The page that --output left, the same as it was: of whatever was asked.
  brief,   ///< A sheet of A4 for those who decide: of a run or a comparison.
};
/// The name of its file in the folder.
[[nodiscard]] const char* file_of(Page page);

/// Writes a page from manifest.json and results.json of a folder that --output left. Nothing else is changed. Throws
/// - core::InputError where the folder holds no finished result, one of a newer format or another version, damaged or missing
///   files, or nothing that such a page is about, and says which;
/// - FolderBusy where another process is at work in the folder;
/// - FolderError where the page cannot be written.
void write_page(const std::string& path, Page page);

}  // namespace fleetrace::output
