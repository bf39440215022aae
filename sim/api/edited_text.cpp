#include "sim/api/edited_text.hpp"

#include <algorithm>

#include "sim/reader/document.hpp"

namespace fleetrace {
namespace {

constexpr std::size_t kNowhere = std::string::npos;

/// The offset of a place in a text, whose columns count characters; kNowhere beyond it.
std::size_t offset_of(const std::string& text, const core::Location& place) {
  if (place.line < 1 || place.column < 1) return kNowhere;
  std::size_t at = 0;
  for (int line = 1; line < place.line; ++line) {
    at = text.find('\n', at);
    if (at == kNowhere) return kNowhere;
    ++at;
  }
  for (int column = 1; column < place.column && at < text.size(); ++column) {
    do {
      ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  }
  return at < text.size() ? at : kNowhere;
}

/// How long the value at a place is: as far as its author wrote it, or as far as its braces go. Nothing for any other value.
std::optional<std::size_t> length_at(const std::string& text, std::size_t at, const std::string& written) {
  if (text.compare(at, written.size(), written) == 0) return written.size();
  if (text[at] != '{') return std::nullopt;
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
    if (depth == 0) return i + 1 - at;
  }
  return std::nullopt;
}

void mark(std::string& text, std::size_t at, const std::string& comment) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  text.insert(end, "  # " + comment);
}

bool replace_value(std::string& text, const core::Value& value, const std::string& with) {
  const std::size_t at = offset_of(text, value.where);
  if (value.preset || at == kNowhere) return false;
  const std::optional<std::size_t> length = length_at(text, at, value.source_text);
  if (!length) return false;
  std::string was = value.source_text;
  std::replace(was.begin(), was.end(), '\n', ' ');
  text.replace(at, *length, with);
  mark(text, at, "changed from " + was);
  return true;
}

/// Writes a key that the text leaves out into its section at the top level, which may be missing, too.
bool add_value(std::string& text, const std::string& path, const std::string& value) {
  const std::size_t point = path.find('.');
  if (point == kNowhere || path.find('.', point + 1) != kNowhere) return false;
  const std::string section = path.substr(0, point) + ':';
  const std::string entry = path.substr(point + 1) + ": " + value;
  std::size_t at = text.compare(0, section.size(), section) == 0 ? 0 : text.find('\n' + section);
  if (at == kNowhere) {
    if (text.back() != '\n') text += '\n';
    text += section + " {" + entry + "}  # added\n";
    return true;
  }
  at = text.find(':', at) + 1;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::size_t brace = text.find('{', at);
  if (brace < end) {
    text.insert(brace + 1, entry + ", ");
  } else {
    const std::size_t next = text.find_first_not_of(' ', end + 1);
    if (next == kNowhere || next == end + 1) return false;
    text.insert(end, '\n' + std::string(next - end - 1, ' ') + entry);
    at = end + 1;
  }
  mark(text, at, "added");
  return true;
}

/// Whether the text holds these values and is valid.
bool holds(const std::string& text, const std::vector<reader::Override>& changes) {
  try {
    const scenario::Scenario loaded = reader::Document({text, "text"}).load();
    return std::all_of(changes.begin(), changes.end(), [&](const reader::Override& each) {
      const core::Value* const value = scenario::find(loaded, each.path);
      return value != nullptr && !value->preset && value->source_text == each.text;
    });
  } catch (const core::InputError&) {
    return false;
  }
}

}  // namespace

std::optional<std::string> edited_text(const std::string& text, const scenario::Scenario& scenario,
                                       const std::vector<reader::Override>& changes) {
  struct Edit {
    const reader::Override* change;
    const core::Value* value;
  };
  std::vector<Edit> edits;
  edits.reserve(changes.size());
  for (const reader::Override& each : changes) edits.push_back({&each, scenario::find(scenario, each.path)});
  // From the last place to the first, so that no edit moves the place of another; what is added comes last.
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    const auto place = [](const Edit& edit) {
      return edit.value == nullptr || edit.value->preset ? std::pair(0, 0)
                                                         : std::pair(edit.value->where.line, edit.value->where.column);
    };
    return place(a) > place(b);
  });
  std::string edited = text;
  for (const Edit& each : edits) {
    const bool stands = each.value != nullptr && each.value->given() && !each.value->preset;
    if (stands ? !replace_value(edited, *each.value, each.change->text)
               : !add_value(edited, each.change->path, each.change->text))
      return std::nullopt;
  }
  return holds(edited, changes) ? std::optional(edited) : std::nullopt;
}

}  // namespace fleetrace
