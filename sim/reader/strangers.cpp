#include "sim/reader/strangers.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

namespace fleetrace::reader {
namespace {

/// The path of what names a file, from that of a value in it: what follows is the number of the row.
std::string where_named(const std::string& path) {
  const std::size_t row = path.find_first_of("0123456789");
  return path.substr(0, row == std::string::npos || row == 0 ? row : row - 1);
}

}  // namespace

bool stands_outside(const std::string& file, const std::string& scenario_file) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::canonical(file, error);
  if (error) return false;
  const std::filesystem::path folder = std::filesystem::path(scenario_file).parent_path();
  const std::filesystem::path above = std::filesystem::canonical(folder.empty() ? "." : folder, error);
  return error || std::mismatch(above.begin(), above.end(), whole.begin(), whole.end()).first != above.end();
}

core::Diagnostic hidden_finding(const core::Location& where, const std::string& path, const std::string& name) {
  return {where, path, '"' + name + "\" does not hold what is asked for here",
          "what is wrong is not shown of files outside of the scenario's folder",
          "Put the file beside the scenario to see it."};
}

core::Diagnostics without_strangers(const core::Diagnostics& found, const std::string& scenario_file) {
  core::Diagnostics shown;
  std::map<std::string, bool> outside;  // by file
  std::set<std::string> said;
  for (const core::Diagnostic& each : found.found()) {
    const std::string& file = each.where.file;
    if (file.empty() || file == scenario_file) {
      shown.add(each);
      continue;
    }
    const auto [known, is_new] = outside.try_emplace(file, false);
    if (is_new) known->second = stands_outside(file, scenario_file);
    if (!known->second) {
      shown.add(each);
    } else if (said.insert(file).second) {
      shown.add(hidden_finding({scenario_file, 0, 0}, where_named(each.path), file));
    }
  }
  return shown;
}

}  // namespace fleetrace::reader
