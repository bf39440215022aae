#include "sim/reader/strangers.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

namespace fleetrace::reader {
namespace {

/// Whether there is such a file, and it is not below the folder of the scenario.
bool stands_outside(const std::string& file, const std::string& scenario_file) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::canonical(file, error);
  if (error) return false;
  const std::filesystem::path folder = std::filesystem::path(scenario_file).parent_path();
  const std::filesystem::path above = std::filesystem::canonical(folder.empty() ? "." : folder, error);
  return error || std::mismatch(above.begin(), above.end(), whole.begin(), whole.end()).first != above.end();
}

}  // namespace

void Strangers::note(const std::string& file, const core::Location& where, const std::string& path,
                     const std::string& name) {
  if (stands_outside(file, where.file)) namings_[file].push_back({where, path, name});
}

/// The place that names the file of a finding: what is about a row has the path of the list before its own.
const Strangers::Naming* Strangers::naming_of(const core::Diagnostic& found) const {
  const auto file = namings_.find(found.where.file);
  if (file == namings_.end()) return nullptr;
  const auto& namings = file->second;
  const auto named = std::find_if(namings.begin(), namings.end(), [&found](const Naming& each) {
    return found.path == each.path || found.path.rfind(each.path + '.', 0) == 0;
  });
  return named == namings.end() ? &namings.front() : &*named;
}

std::vector<core::Diagnostic> Strangers::hidden(const std::vector<core::Diagnostic>& found) const {
  std::vector<core::Diagnostic> shown;
  std::set<std::pair<const Naming*, bool>> said;
  for (const core::Diagnostic& each : found) {
    const Naming* const naming = naming_of(each);
    if (naming == nullptr) {
      shown.push_back(each);
    } else if (said.emplace(naming, each.is_warning).second) {
      shown.push_back({naming->where, naming->path, '"' + naming->name + "\" does not hold what is asked for here",
                       "what is wrong is not shown of files outside of the scenario's folder",
                       "Put the file beside the scenario to see it."});
      shown.back().is_warning = each.is_warning;
    }
  }
  return shown;
}

void Strangers::hide(core::Diagnostics& diagnostics) const {
  if (namings_.empty()) return;
  core::Diagnostics shown;
  for (core::Diagnostic& each : hidden(diagnostics.found())) shown.add(std::move(each));
  for (core::Diagnostic& each : hidden(diagnostics.warnings())) shown.warn(std::move(each));
  diagnostics = std::move(shown);
}

}  // namespace fleetrace::reader
