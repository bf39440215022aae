#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Completion scripts, made from the verbs, their options and what is embedded in the program.
namespace fleetrace::cli {

[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();

/// With spaces between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);
[[nodiscard]] std::string joined(const std::vector<std::string_view>& words);
/// Verbs and "help".
[[nodiscard]] std::vector<std::string_view> verb_names();
/// What may stand behind `list`.
[[nodiscard]] std::vector<std::string> list_families();

}  // namespace fleetrace::cli
