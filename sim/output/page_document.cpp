#include "page_document.hpp"

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "html.hpp"
#include "page_style.hpp"

namespace fleetrace::output::page {

std::string to_html(const Document& document) {
  std::string text =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      // Whatever a name might smuggle in, nothing runs and nothing is fetched.
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n";
  text += html_element("title", document.name + " - fleetrace") + "\n<style>\n" + std::string(style()) +
          "</style>\n</head>\n<body>\n<header>\n";
  text += html_element("h1", document.name) + '\n' + html_element("p", document.answer, "class=\"answer\"") + '\n' +
          html_element("p", document.certainty, "class=\"certainty\"") + "\n<nav aria-label=\"Sections\"><ul>";
  for (const Section& section : document.sections)
    text += "<li>" + html_element("a", section.title, "href=\"#" + section.id + '"') + "</li>";
  text += "</ul></nav>\n</header>\n<main>\n";
  for (const Section& section : document.sections) {
    text += "<section aria-labelledby=\"" + section.id + "\">\n" +
            html_element("h2", section.title, "id=\"" + section.id + '"') + '\n' + section.html + "</section>\n";
  }
  text += "</main>\n<footer>" + html_element("p", "Written by fleetrace " + std::string(core::version()) + " (" +
                                                      std::string(core::git_hash()) + ").");
  return text + "</footer>\n</body>\n</html>\n";
}

std::string list_html(const std::vector<std::string>& items) {
  if (items.empty()) return {};
  std::string text = "<ul>\n";
  for (const std::string& item : items) text += html_element("li", item) + '\n';
  return text + "</ul>\n";
}

std::string command_line(const std::vector<std::string>& words) {
  static constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@%+";
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) {
      text += word;
      continue;
    }
    text += '\'';
    for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
    text += '\'';
  }
  return core::printable(text);
}

}  // namespace fleetrace::output::page
