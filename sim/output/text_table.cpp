#include "fleetrace/output/text_table.hpp"

#include <algorithm>

#include "fleetrace/output/text.hpp"
#include "html.hpp"

namespace fleetrace::output {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kNormal = "\x1b[0m";

/// The lines of a title, the last one always at the bottom: {"", "strategy"}, {"final", "loss"}.
std::pair<std::string, std::string> title_lines(const std::string& title) {
  const std::size_t newline = title.find('\n');
  if (newline == std::string::npos) return {"", title};
  return {title.substr(0, newline), title.substr(newline + 1)};
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string spaces(width - std::min(width, characters(text)), ' ');
  return right ? spaces + text : text + spaces;
}

/// The title on one line: a hyphen at the end of the upper line was only for the break.
std::string one_line(const std::string& title) {
  auto [upper, lower] = title_lines(title);
  if (upper.empty()) return lower;
  if (upper.back() != '-') return upper + ' ' + lower;
  upper.pop_back();
  return upper + lower;
}

void trim(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

std::vector<std::size_t> TextTable::widths() const {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto [upper, lower] = title_lines(columns_[i].title);
    std::size_t width = std::max(characters(upper), characters(lower));
    for (const std::vector<Cell>& row : rows_) width = std::max(width, characters(row[i].text));
    result.push_back(width);
  }
  return result;
}

std::vector<std::vector<std::size_t>> TextTable::blocks(std::size_t width) const {
  const std::vector<std::size_t> each = widths();
  std::vector<std::vector<std::size_t>> result{{0}};
  std::size_t used = each.front();
  std::size_t group_end = 1;
  for (std::size_t i = 1; i < columns_.size(); ++i) {
    bool cut = used + kGap + each[i] > width;
    if (i == group_end) {
      // A group moves to the next block as a whole, if that is where it fits.
      std::size_t group = 0;
      do group += kGap + each[group_end++];
      while (group_end < columns_.size() && columns_[group_end].with_previous);
      cut = used + group > width && (each.front() + group <= width || cut);
    }
    if (cut && result.back().size() > 1) {
      result.push_back({0});
      used = each.front();
    }
    result.back().push_back(i);
    used += kGap + each[i];
  }
  return result;
}

bool TextTable::fits(std::size_t width) const {
  std::size_t total = 0;
  for (const std::size_t each : widths()) total += each + kGap;
  return total <= width + kGap;
}

std::string TextTable::plain(std::size_t width, bool bold) const {
  const std::vector<std::size_t> each = widths();
  const auto add_line = [](std::string& text, std::string line) {
    trim(line);
    text += line + '\n';
  };
  std::string result;
  for (const std::vector<std::size_t>& block : blocks(width)) {
    if (!result.empty()) result += '\n';
    std::string upper;
    std::string lower;
    for (const std::size_t i : block) {
      const auto [above, below] = title_lines(columns_[i].title);
      const std::string gap(i == block.front() ? 0 : kGap, ' ');
      upper += gap + padded(above, each[i], columns_[i].right);
      lower += gap + padded(below, each[i], columns_[i].right);
    }
    if (upper.find_first_not_of(' ') != std::string::npos) add_line(result, upper);
    add_line(result, lower);
    for (const std::vector<Cell>& row : rows_) {
      std::string line;
      for (const std::size_t i : block) {
        const std::string text = padded(row[i].text, each[i], columns_[i].right);
        line += std::string(i == block.front() ? 0 : kGap, ' ');
        line += bold && row[i].best ? std::string(kBold) + text + std::string(kNormal) : text;
      }
      add_line(result, line);
    }
  }
  return result;
}

std::string TextTable::markdown() const {
  std::string heads = "|";
  std::string rules = "|";
  for (const Column& column : columns_) {
    heads += ' ' + markdown_text(one_line(column.title)) + " |";
    rules += column.right ? " ---: |" : " --- |";
  }
  std::string result = heads + '\n' + rules + '\n';
  for (const std::vector<Cell>& row : rows_) {
    result += '|';
    for (const Cell& cell : row) {
      const std::string text = markdown_text(cell.text);
      result += ' ' + (cell.best ? "**" + text + "**" : text) + " |";
    }
    result += '\n';
  }
  return result;
}

std::string TextTable::html(std::string_view caption) const {
  const auto place = [this](std::size_t i) { return std::string_view(columns_[i].right ? "class=\"number\"" : ""); };
  std::string text = "<table>" + html_element("caption", caption) + "<thead><tr>";
  for (std::size_t i = 0; i < columns_.size(); ++i)
    text += html_element("th", one_line(columns_[i].title),
                         "scope=\"col\"" + (columns_[i].right ? " " : std::string{}) + std::string(place(i)));
  text += "</tr></thead>\n<tbody>";
  for (const std::vector<Cell>& row : rows_) {
    text += "<tr>" + html_element("th", row.front().text, "scope=\"row\"");
    for (std::size_t i = 1; i < row.size(); ++i) {
      if (row[i].best)
        text += "<td class=\"number best\">" + html_element("strong", row[i].text) + "</td>";
      else
        text += html_element("td", row[i].text, place(i));
    }
    text += "</tr>\n";
  }
  return text + "</tbody></table>\n";
}

}  // namespace fleetrace::output
