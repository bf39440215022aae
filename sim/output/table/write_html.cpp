#include "sim/output/page/html.hpp"
#include "sim/output/table/heading.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

/// The text of a cell; what does not exist is an en dash.
std::string shown(const Cell& cell) { return cell.text() == "-" ? "\xe2\x80\x93" : cell.text(); }

}  // namespace

std::string write_html(const Table& table, std::string_view caption) {
  std::string html = "<table>" + html_element("caption", caption) + "<thead><tr>";
  for (const Column& column : table.columns()) {
    if (column.is_for_people())
      html += html_element("th", heading_line(column),
                           column.align == Align::right ? "scope=\"col\" class=\"number\"" : "scope=\"col\"");
  }
  html += "</tr></thead>\n<tbody>";
  for (const Table::Row& row : table.rows()) {
    html += "<tr>" + html_element("th", row.front().text(), "scope=\"row\"");
    for (std::size_t i = 1; i < row.size(); ++i) {
      const Column& column = table.columns()[i];
      if (!column.is_for_people()) continue;
      // Most cells are numbers, and stand at the right by the page's style; words say that they are.
      html += column.align == Align::right ? "<td>" : "<td class=\"words\">";
      html += (row[i].is_best() ? html_element("strong", shown(row[i])) : html_text(shown(row[i]))) + "</td>";
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

}  // namespace fleetrace::output
