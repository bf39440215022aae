#include "sim/output/page/page_document.hpp"

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/output/page/html.hpp"
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
  if (scripts == Scripts::ours && !script().empty())
    text += "script-src 'sha256-" + std::string(script_sha256()) + "'; img-src data:; ";
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
  std::string text = head_html(document.name + " - fleetrace", style(), Scripts::ours) + "<body>\n<header>\n";
  text += html_element("h1", document.name) + '\n' + answer_html(document.answer) +
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
  text += "</footer>\n";
  if (!script().empty()) {
    text += "<script>";
    for (const std::string_view piece : script()) text += piece;
    text += "</script>\n";
  }
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
