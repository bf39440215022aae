#include "sim/output/table/text.hpp"

namespace fleetrace::output {

std::string markdown_text(std::string_view text) {
  static constexpr std::string_view kMarkup = "\\|`*_<>[]#~&";
  std::string result;
  for (const char c : text) {
    if (kMarkup.find(c) != std::string_view::npos) result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return grouped(count) + ' ' + std::string(count == 1 ? one : many);
}

std::vector<std::string> with_note(std::vector<std::string> notes, std::string note) {
  if (!note.empty()) notes.push_back(std::move(note));
  return notes;
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t i = text.size(); i > first + 3;) text.insert(i -= 3, 1, ',');
  return text;
}

}  // namespace fleetrace::output
