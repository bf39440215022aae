#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What every page has: a head, sections, and links between them.
namespace fleetrace::output::page {

/// A section of a page. The page's links lead to its `id`.
struct Section {
  std::string id;
  std::string title;
  std::string html;
};

/// A page, before it is laid out.
struct Document {
  std::string name;         ///< Name of the scenario.
  std::string question;     ///< What was asked; may be empty.
  std::string description;  ///< What the scenario says of itself; may be empty.
  std::string answer;       ///< The result in a few sentences, the first of which stands out.
  std::string cost;         ///< The difference in cost; may be empty.
  std::string certainty;    ///< How far the answer can be trusted.
  std::string chart;        ///< The figure that shows the answer, as HTML; may be empty.
  std::vector<Section> sections;
};
/// Lays out the whole page: the first screen, the sections, and the terms that occur on it. Its content security policy names the only script and the only style sheet that a browser may use.
[[nodiscard]] std::string to_html(const Document& document);

/// Whether a page may run the script of interactive charts.
enum class Scripts { none, ours };
/// A page up to the end of its head, with that style sheet, which is the only one that a browser may use.
[[nodiscard]] std::string head_html(const std::string& title, std::string_view styles, Scripts scripts);

/// An unordered list of these texts, which are escaped; empty without texts.
[[nodiscard]] std::string list_html(const std::vector<std::string>& items);

/// A line that a shell reads as these words. Words stand in single quotes where they need them.
[[nodiscard]] std::string command_line(const std::vector<std::string>& words);

}  // namespace fleetrace::output::page
