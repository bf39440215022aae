#include "sim/output/table/heading.hpp"
#include "sim/output/table/text.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

/// Markup on one line, with the one character escaped that would end its cell.
std::string markup_line(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

}  // namespace

std::string write_markdown(const Table& table, Markdown cells) {
  const bool is_markup = cells == Markdown::markup;
  std::string headings = "|";
  std::string rules = "|";
  for (const Column& column : table.columns()) {
    if (!column.is_for_people()) continue;
    const std::string heading = heading_line(column);
    headings += ' ' + (is_markup ? heading : markdown_text(heading)) + " |";
    const std::string rule = column.align == Align::right ? "---:" : "---";
    rules += is_markup ? rule + '|' : ' ' + rule + " |";
  }
  std::string result = headings + '\n' + rules + '\n';
  for (const Table::Row& row : table.rows()) {
    result += '|';
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!table.columns()[i].is_for_people()) continue;
      const std::string text = is_markup ? markup_line(row[i].text()) : markdown_text(row[i].text());
      result += ' ' + (row[i].is_best() ? "**" + text + "**" : text);
      result += is_markup && text.empty() ? "|" : " |";
    }
    result += '\n';
  }
  return result;
}

}  // namespace fleetrace::output
