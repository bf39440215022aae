#include "sim/output/page/html.hpp"
#include "sim/output/table/heading.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {

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
      if (row[i].is_best()) {
        html += "<td class=\"number best\">" + html_element("strong", row[i].text()) + "</td>";
      } else {
        html += html_element("td", row[i].text(), column.align == Align::right ? "class=\"number\"" : "");
      }
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

}  // namespace fleetrace::output
