#include <algorithm>

#include "sim/core/text/utf8.hpp"
#include "sim/core/text/wrap.hpp"
#include "sim/output/table/heading.hpp"
#include "sim/output/table/writers.hpp"

namespace fleetrace::output {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kNormal = "\x1b[0m";

std::string padded(const std::string& text, std::size_t width, Align align) {
  const std::string spaces(width - std::min(width, core::characters(text)), ' ');
  return align == Align::right ? spaces + text : text + spaces;
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

/// A table as it is laid out in lines: the columns that people see, and how wide each is.
class Layout {
 public:
  explicit Layout(const Table& table) : table_(table) {
    const std::vector<Column>& columns = table.columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].is_for_people()) continue;
      const HeadingLines heading = heading_lines(columns[i]);
      std::size_t width = std::max(core::characters(heading.upper), core::characters(heading.lower));
      for (const Table::Row& row : table.rows()) width = std::max(width, core::characters(row[i].text()));
      if (keys_ == shown_.size() && (keys_ == 0 || columns[i].names_row)) ++keys_;
      shown_.push_back({i, width});
    }
  }

  [[nodiscard]] std::size_t width() const {
    std::size_t total = 0;
    for (const Shown& each : shown_) total += each.width + kGap;
    return total < kGap ? 0 : total - kGap;
  }

  [[nodiscard]] std::string text(const TableStyle& style) const {
    std::string result;
    if (shown_.empty()) return result;
    if (style.width < kTextWidth && is_too_wide(style.width)) return list(style);
    for (const std::vector<Shown>& block : wraps() ? std::vector<std::vector<Shown>>{shown_} : blocks(style.width)) {
      if (!result.empty()) result += '\n';
      const auto upper = [this](std::size_t i) { return heading_lines(table_.columns()[i]).upper; };
      const auto lower = [this](std::size_t i) { return heading_lines(table_.columns()[i]).lower; };
      if (const std::string first = line(block, style, upper); first != "\n") result += first;
      result += line(block, style, lower);
      for (const Table::Row& row : table_.rows()) {
        const auto best = [&](std::size_t i) { return style.bold && row[i].is_best(); };
        result += line(
            block, style, [&](std::size_t i) { return row[i].text(); }, best);
      }
    }
    return result;
  }

 private:
  struct Shown {
    std::size_t column = 0;
    std::size_t width = 0;
  };

  /// Whether even blocks of columns do not fit, or a last column that wraps has no room for its words.
  [[nodiscard]] bool is_too_wide(std::size_t width) const {
    static constexpr std::size_t kLeastWords = 8;
    if (wraps()) return this->width() - shown_.back().width + kLeastWords > width;
    const std::size_t keys = keys_width();
    return std::any_of(shown_.begin() + static_cast<std::ptrdiff_t>(keys_), shown_.end(),
                       [&](const Shown& each) { return keys + kGap + each.width > width; }) ||
           keys > width;
  }

  /// The rows one after the other: the first cell on a line of its own, and a line for each other one behind its heading.
  [[nodiscard]] std::string list(const TableStyle& style) const {
    std::string result;
    for (const Table::Row& row : table_.rows()) {
      if (!result.empty()) result += '\n';
      result += core::wrapped(row[shown_.front().column].text(), style.width);
      for (std::size_t i = 1; i < shown_.size(); ++i) {
        const Cell& cell = row[shown_[i].column];
        if (cell.text().empty()) continue;
        const std::string heading = heading_line(column(shown_[i]));
        result += core::wrapped((heading.empty() ? "" : heading + ": ") + cell.text(), style.width, "  ");
      }
    }
    return result;
  }

  [[nodiscard]] const Column& column(const Shown& shown) const { return table_.columns()[shown.column]; }
  [[nodiscard]] bool wraps() const { return !shown_.empty() && column(shown_.back()).wraps; }

  /// How wide the columns are that say which row is meant.
  [[nodiscard]] std::size_t keys_width() const {
    std::size_t total = 0;
    for (std::size_t i = 0; i < keys_; ++i) total += (i > 0 ? kGap : 0) + shown_[i].width;
    return total;
  }

  /// The columns of each block. A group moves to the next block as a whole, if that is where it fits.
  [[nodiscard]] std::vector<std::vector<Shown>> blocks(std::size_t width) const {
    const std::vector<Shown> keys(shown_.begin(), shown_.begin() + static_cast<std::ptrdiff_t>(keys_));
    std::vector<std::vector<Shown>> result{keys};
    const std::size_t first = keys_width();
    std::size_t used = first;
    std::size_t group_end = keys_;
    for (std::size_t i = keys_; i < shown_.size(); ++i) {
      bool cut = used + kGap + shown_[i].width > width;
      if (i == group_end) {
        std::size_t group = 0;
        do group += kGap + shown_[group_end++].width;
        while (group_end < shown_.size() && !column(shown_[group_end]).starts_group);
        cut = used + group > width && (first + group <= width || cut);
      }
      if (cut && result.back().size() > keys_) {
        result.push_back(keys);
        used = first;
      }
      result.back().push_back(shown_[i]);
      used += kGap + shown_[i].width;
    }
    return result;
  }

  /// One line of a block; more where its last text wraps.
  template <class Text, class Best>
  [[nodiscard]] std::string line(const std::vector<Shown>& block, const TableStyle& style, Text text, Best best) const {
    std::string result;
    for (const Shown& each : block) {
      if (each.column != block.front().column) result.append(kGap, ' ');
      const std::string here = text(each.column);
      if (column(each).wraps && !here.empty()) return core::wrapped(here, style.width, result);
      const std::string cell = padded(here, each.width, column(each).align);
      result += best(each.column) ? std::string(kBold) + cell + std::string(kNormal) : cell;
    }
    return trimmed(std::move(result)) + '\n';
  }
  template <class Text>
  [[nodiscard]] std::string line(const std::vector<Shown>& block, const TableStyle& style, Text text) const {
    return line(block, style, text, [](std::size_t) { return false; });
  }

  const Table& table_;
  std::vector<Shown> shown_;
  std::size_t keys_ = 0;  ///< how many columns each block begins with
};

}  // namespace

bool fits(const Table& table, std::size_t width) { return Layout(table).width() <= width; }

std::string write_text(const Table& table, const TableStyle& style) { return Layout(table).text(style); }

}  // namespace fleetrace::output
