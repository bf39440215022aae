#include "sim/output/page/page_document.hpp"

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_glossary.hpp"
#include "sim/output/page/page_script.hpp"
#include "sim/output/page/page_style.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace::output::page {
namespace {

/// The first sentence large, what follows below it.
std::string answer_html(const std::string& answer) {
  const std::size_t end = answer.find(". ");
  std::string text = html_element("p", answer.substr(0, end == std::string::npos ? end : end + 1), "class=\"answer\"") +
                     '\n';
  if (end != std::string::npos) text += html_element("p", answer.substr(end + 2), "class=\"more\"") + '\n';
  return text;
}

std::string section_html(const Section& section) {
  return "<section aria-labelledby=\"" + section.id + "\">\n" +
         html_element("h2", section.title, "id=\"" + section.id + '"') + '\n' + section.html + "</section>\n";
}

std::string link_html(const Section& section) {
  return "<li>" + html_element("a", section.title, "href=\"#" + section.id + '"') + "</li>";
}

/// Hexadecimal digits, an even number of them, as base64.
std::string base64(const std::string& hex) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < hex.size(); at += 6) {
    const std::string three = hex.substr(at, 6);
    const std::size_t bytes = three.size() / 2;
    const unsigned long bits = std::stoul(three, nullptr, 16) << (8 * (3 - bytes));
    for (std::size_t i = 0; i < 4; ++i) text += i <= bytes ? kDigits[bits >> (18 - 6 * i) & 63U] : '=';
  }
  return text;
}

/// Only this style sheet and this script count, whatever a name might smuggle in; nothing is fetched.
std::string policy(std::string_view styles, Scripts scripts) {
  std::string text = "default-src 'none'; ";
  if (scripts == Scripts::ours) text += "script-src 'sha256-" + base64(reader::sha256(script())) + "'; img-src data:; ";
  return text + "style-src 'sha256-" + base64(reader::sha256(styles)) + "'; base-uri 'none'; form-action 'none'";
}

}  // namespace

std::string head_html(const std::string& title, std::string_view styles, Scripts scripts) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         policy(styles, scripts) +
         "\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n" +
         html_element("title", title) + "\n<style>" + std::string(styles) + "</style>\n</head>\n";
}

std::string to_html(const Document& document) {
  const std::string first = document.question + ' ' + document.answer + ' ' + document.cost;
  std::string opening;
  if (!document.question.empty()) opening += html_element("p", document.question, "class=\"question\"") + '\n';
  opening += answer_html(document.answer);
  if (!document.cost.empty()) opening += html_element("p", document.cost, "class=\"cost\"") + '\n';
  opening += html_element("p", document.certainty, "class=\"certainty\"") + '\n';
  if (!document.description.empty())
    opening += html_element("p", "The scenario: " + document.description, "class=\"certainty\"") + '\n';
  opening += first_terms_html(html_text(first));
  std::string sections;
  for (const Section& section : document.sections) sections += section_html(section);
  const Section terms{"terms", "Terms", glossary_html(opening + document.chart + sections)};
  std::string text = head_html(document.name + " - fleetrace", style(), Scripts::ours) + "<body>\n<header>\n" +
                     html_element("h1", document.name) + "\n<div class=\"opening\">\n<div>\n" +
                     html_element("h2", "Question and answer", "class=\"hidden\"") + '\n' + opening + "</div>\n" +
                     document.chart + "</div>\n<nav aria-label=\"Sections\"><ul>";
  for (const Section& section : document.sections) text += link_html(section);
  if (!terms.html.empty()) text += link_html(terms);
  text += "</ul></nav>\n</header>\n<main>\n" + sections;
  if (!terms.html.empty()) text += section_html(terms);
  text += "</main>\n<footer>" + html_element("p", "Written by fleetrace " + std::string(core::version()) + " (" +
                                                      std::string(core::git_hash()) + ").");
  text += "</footer>\n";
  text.append("<script>").append(script()).append("</script>\n");
  return text + "</body>\n</html>\n";
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
