#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/core/text/json_writer.hpp"
#include "sim/output/table/style.hpp"
#include "sim/output/table/table.hpp"

/// The writers of tables, one for each format.
namespace fleetrace::output {

/// Whether all columns stand side by side within so many characters.
[[nodiscard]] bool fits(const Table& table, std::size_t width);
/// Aligned columns of plain text. Widths count characters, not bytes. Columns that do not fit follow in a block below, which
/// repeats the first column; a last column that wraps takes what is left of each line instead.
[[nodiscard]] std::string write_text(const Table& table, const TableStyle& style = {});

/// What the cells of a markdown table hold.
enum class Markdown {
  text,    ///< Plain text: characters that markdown would interpret are escaped.
  markup,  ///< Markdown, which stands as it is.
};
/// A table of GitHub-flavoured markdown; the best of a column is bold.
[[nodiscard]] std::string write_markdown(const Table& table, Markdown cells = Markdown::text);

/// A <table> with a caption. The first column heads the rows.
[[nodiscard]] std::string write_html(const Table& table, std::string_view caption);

/// Comma-separated values (RFC 4180): a line of column names, then a line for each row. The words of a list stand in one field,
/// separated by spaces.
[[nodiscard]] std::string write_csv(const Table& table);

/// An array with an object for each row; column names are the keys.
void write_json(const Table& table, core::JsonWriter& json);
/// The members of one row, into an object that the caller opens and closes.
void write_json_members(const Table& table, const Table::Row& row, core::JsonWriter& json);

}  // namespace fleetrace::output
