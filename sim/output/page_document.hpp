#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What every page has: its head, its sections, the way between them.
namespace fleetrace::output::page {

struct Section {
  std::string id;
  std::string title;
  std::string html;
};

struct Document {
  std::string name;       ///< of the scenario
  std::string answer;     ///< its first sentence stands out
  std::string certainty;  ///< how far to trust it
  std::vector<Section> sections;
};
/// The whole page: the only script and the only style sheet that run on it are those named by its policy.
[[nodiscard]] std::string to_html(const Document& document);

/// Items of an unordered list, escaped; nothing for none.
[[nodiscard]] std::string list_html(const std::vector<std::string>& items);

/// What shells take for these words: each in single quotes where it needs them.
[[nodiscard]] std::string command_line(const std::vector<std::string>& words);

}  // namespace fleetrace::output::page
