#pragma once

#include <string>

#include "sim/output/page/svg.hpp"
#include "sim/output/page/svg_cells.hpp"
#include "sim/output/page/svg_rows.hpp"

/// Charts as data for the page's script. They stand in elements <script type="application/json">, which no browser runs and no
/// text within can close.
namespace fleetrace::output::page {

[[nodiscard]] std::string data_html(const Chart& chart);
[[nodiscard]] std::string data_html(const RowsChart& chart);
[[nodiscard]] std::string data_html(const CellsChart& chart);

/// Makes JSON safe between <script> and </script>: < > &, quotes within texts, and the two line separators of Unicode become
/// \uXXXX.
[[nodiscard]] std::string script_safe(std::string_view json);

}  // namespace fleetrace::output::page
