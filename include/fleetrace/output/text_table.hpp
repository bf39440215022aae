#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fleetrace::output {

/// A table of text that renders itself for terminals and as markdown. Widths count characters, not bytes. Cells must be
/// safe for terminals (core::printable).
class TextTable {
 public:
  struct Column {
    std::string title;  ///< may hold one newline: two lines of heading
    bool right = true;  ///< numbers stand right
    bool with_previous =
        true;  ///< wide tables are cut in blocks before columns that need not stay with the previous one
  };
  struct Cell {
    std::string text;
    bool best = false;  ///< bold, where bold exists
  };

  void add_column(Column column) { columns_.push_back(std::move(column)); }
  /// One cell a column.
  void add_row(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// Whether all of it stands side by side within so many characters.
  [[nodiscard]] bool fits(std::size_t width) const;
  /// Lines of at most `width` characters; what does not fit follows below, with the first column repeated.
  [[nodiscard]] std::string plain(std::size_t width, bool bold) const;
  /// GitHub-flavoured markdown.
  [[nodiscard]] std::string markdown() const;
  /// A <table> with a caption, the first column as headings of the rows.
  [[nodiscard]] std::string html(std::string_view caption) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths() const;
  [[nodiscard]] std::vector<std::vector<std::size_t>> blocks(std::size_t width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace fleetrace::output
