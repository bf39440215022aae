#include "sim/reader/yaml/yaml_text.hpp"

#include <algorithm>
#include <cstdio>

#include "sim/core/text/utf8.hpp"
#include "sim/reader/yaml/yaml_limits.hpp"

namespace fleetrace::reader {
namespace {

using core::Diagnostic;

std::string hexadecimal(const char* format, unsigned value) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

// The column of the first tab before the text of a line, counting from 0. Tabs in blank lines and before comments are
// harmless.
std::optional<std::size_t> tab_in_indentation(std::string_view line) {
  const std::size_t text = line.find_first_not_of(" \t\r");
  if (text == std::string_view::npos || line[text] == '#') return std::nullopt;
  const std::size_t tab = line.substr(0, text).find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  return tab;
}

// What is wrong with the character at `offset`, without its place.
std::optional<Diagnostic> bad_character(std::string_view text, std::size_t offset, const core::Character& character) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (!character.valid) {
    return Diagnostic{{},
                      {},
                      "invalid UTF-8",
                      "byte " + hexadecimal("0x%02x", byte) + ": " + std::string(core::utf8_fault(text, offset)),
                      "Save the file as UTF-8."};
  }
  if (character.code == 0) return Diagnostic{{}, {}, "NUL byte", "not a text file", "Save the scenario as UTF-8 text."};
  if (!is_printable(character.code)) {
    return Diagnostic{{}, {}, "character " + hexadecimal("U+%04X", character.code), "it cannot be seen", "Remove it."};
  }
  if (character.code == '\r' && text.substr(offset + 1, 1) != "\n") {
    return Diagnostic{{}, {}, "carriage return without a line feed", "not a line end", "End lines with LF or CR LF."};
  }
  return std::nullopt;
}

}  // namespace

bool is_printable(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  if (code >= 0x7f && code < 0xa0) return code == 0x85;
  return code != 0xfeff && code != 0xfffe && code != 0xffff;
}

std::string_view without_byte_order_mark(std::string_view bytes) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  return bytes.substr(0, kMark.size()) == kMark ? bytes.substr(kMark.size()) : bytes;
}

std::optional<Diagnostic> find_bad_text(std::string_view text, const std::string& file) {
  if (text.size() > kMostBytes) {
    return Diagnostic{{file, 1, 1}, {}, "larger than 8 MiB", "that is the limit", "Split it."};
  }
  if (const std::string_view start = text.substr(0, 2); start == "\xff\xfe" || start == "\xfe\xff") {
    return Diagnostic{{file, 1, 1}, {}, "UTF-16 text", "only UTF-8 is read", "Save the file as UTF-8."};
  }
  core::Location place{file, 1, 1};
  for (std::size_t begin = 0; begin < text.size(); ++place.line) {
    const std::size_t feed = text.find('\n', begin);
    const std::size_t end = feed == std::string_view::npos ? text.size() : feed;
    const std::string_view line = text.substr(begin, end - begin);
    place.column = 1;
    for (std::size_t i = begin; i < end; ++place.column) {
      const core::Character character = core::character_at(text, i);
      if (auto found = bad_character(text, i, character)) {
        found->where = place;
        return found;
      }
      i += character.length;
    }
    place.column = 1;
    if (line.size() > kMostLineBytes) {
      return Diagnostic{place, {}, "line longer than 128 KiB", "that is the limit", "Break it into several lines."};
    }
    if (const auto tab = tab_in_indentation(line)) {
      place.column += static_cast<int>(*tab);
      return Diagnostic{
          place, {}, "tab in the indentation", "YAML indents with spaces only", "Replace it with spaces."};
    }
    if (line.substr(0, 1) == "%") {
      return Diagnostic{place,
                        {},
                        "directive \"" + first_word(line) + '"',
                        "directives are not accepted",
                        "Remove the line, or indent it if it is text."};
    }
    begin = end + 1;
  }
  return std::nullopt;
}

int ColumnCounter::column(std::size_t offset, std::size_t line) {
  offset = std::min(offset, text_.size());
  if (line != line_) {
    line_ = offset_ = std::min(line, offset);
    column_ = 1;
  }
  const auto begins = [this](std::size_t i) { return core::continues_character(text_[i]) ? 0 : 1; };
  while (offset_ < offset) column_ += begins(offset_++);
  while (offset_ > offset) column_ -= begins(--offset_);
  return column_;
}

std::string first_word(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  std::size_t end = std::min(text.find_first_of(" \t\r\n,[]{}"), text.size());
  if (end == 0) end = std::min<std::size_t>(text.size(), 1);
  if (end <= kLongest) return std::string(text.substr(0, end));
  end = kLongest;
  while (core::continues_character(text[end])) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace fleetrace::reader
