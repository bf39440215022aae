#pragma once

#include <string>

#include "svg.hpp"
#include "svg_cells.hpp"
#include "svg_rows.hpp"

/// Charts as data for the page's script: <script type="application/json">, which no browser runs and no text can close.
namespace fleetrace::output::page {

[[nodiscard]] std::string data_html(const Chart& chart);
[[nodiscard]] std::string data_html(const RowsChart& chart);
[[nodiscard]] std::string data_html(const CellsChart& chart);

/// JSON between <script> and </script>: < > & and quotes within texts as \uXXXX, and the two line
/// separators that are none in JSON.
[[nodiscard]] std::string script_safe(std::string_view json);

}  // namespace fleetrace::output::page
