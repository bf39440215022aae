#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// Rows and columns that become a table, markdown, CSV or JSON.
namespace fleetrace::output::grid {

using Json = nlohmann::ordered_json;

/// Tables fit a terminal of this many columns.
inline constexpr std::size_t kWidth = 100;

// Moving JSON never throws, which the check cannot see.
struct Cell {        // NOLINT(bugprone-exception-escape)
  std::string text;  ///< for people
  Json data;         ///< for programs
};

/// The same text for both.
[[nodiscard]] Cell cell(std::string text);
/// Null for programs where it is not finite.
[[nodiscard]] Cell cell(double value, std::string text);
/// "yes" or nothing for people.
[[nodiscard]] Cell cell(bool value);

struct Column {
  std::string id;       ///< in CSV and JSON; empty where it is for people only
  std::string heading;  ///< in tables; empty where it is for programs only
  bool right = false;   ///< numbers stand flush right
};

struct Grid {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// Columns side by side; texts of the last one wrap at kWidth.
[[nodiscard]] std::string table(const Grid& grid);
/// How wide that is before any wrapping.
[[nodiscard]] std::size_t width(const Grid& grid);
[[nodiscard]] std::string markdown(const Grid& grid);
/// As csv_text does; words of a list stand in one cell.
[[nodiscard]] std::string csv(const Grid& grid);
/// A list of objects.
[[nodiscard]] Json json(const Grid& grid);

/// {"fleetrace": version, "format": 1}: every result begins so.
[[nodiscard]] Json header();
/// Indented by two spaces, with a newline at the end. Reals have 12 significant digits, in CSV too.
[[nodiscard]] std::string dump(const Json& json);

}  // namespace fleetrace::output::grid
