#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Completion scripts for shells, made from the verbs, their options and the embedded scenarios.
namespace fleetrace::cli {

[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();

/// The words with spaces between them.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);
[[nodiscard]] std::string joined(const std::vector<std::string_view>& words);
/// The names of all verbs, and "help".
[[nodiscard]] std::vector<std::string_view> verb_names();
/// The words that may follow the verb `list`.
[[nodiscard]] std::vector<std::string> list_families();

}  // namespace fleetrace::cli
