#include "fleetrace/core/diagnostic.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/core/text/unseen.hpp"
#include "sim/core/text/utf8.hpp"

namespace fleetrace::core {
namespace {

std::string join(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += '\n';
    text += to_string(diagnostic);
  }
  return text;
}

// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours cost one each.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> cost((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return cost[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return cost.back();
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

const std::string& FileName::text() const {
  static const std::string kNone;
  return name_ == nullptr ? kNone : *name_;
}

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = printable(diagnostic.where.file.text());
  if (diagnostic.where.line > 0) {
    text += ':' + std::to_string(diagnostic.where.line) + ':' + std::to_string(diagnostic.where.column);
  }
  if (!text.empty()) text += ": ";
  if (diagnostic.is_warning) text += "warning: ";
  if (!diagnostic.path.empty()) text += printable(diagnostic.path) + ": ";
  text += printable(diagnostic.problem);
  if (!diagnostic.reason.empty()) text += " (" + printable(diagnostic.reason) + ')';
  text += '.';
  if (!diagnostic.suggestion.empty()) text += ' ' + printable(diagnostic.suggestion);
  return text;
}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(join(diagnostics)), diagnostics_(std::move(diagnostics)) {}

void Diagnostics::warn(Diagnostic warning) {
  warning.is_warning = true;
  warnings_.push_back(std::move(warning));
}

void Diagnostics::add(Diagnostic diagnostic) { found_.push_back(std::move(diagnostic)); }

void Diagnostics::quote_lines(std::string_view file, std::string_view bytes) {
  std::vector<std::string_view> lines;
  for (bool more = !found_.empty(); more;) {
    const std::size_t end = bytes.find('\n');
    lines.push_back(bytes.substr(0, end));
    if (!lines.back().empty() && lines.back().back() == '\r') lines.back().remove_suffix(1);
    more = end != std::string_view::npos;
    if (more) bytes.remove_prefix(end + 1);
  }
  for (Diagnostic& each : found_) {
    const auto number = static_cast<std::size_t>(std::max(0, each.where.line));
    if (each.where.file.text() == file && number > 0 && number <= lines.size())
      each.line = std::string(lines[number - 1]);
  }
}

void Diagnostics::throw_if_any() const {
  if (found_.empty()) return;
  std::vector<Diagnostic> sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.where.file, a.where.line, a.where.column) < std::tie(b.where.file, b.where.line, b.where.column);
  });
  throw InputError(std::move(sorted));
}

std::string printable(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    const std::string_view bytes = text.substr(at, character.length);
    if (character.valid && !is_unseen(character.code)) {
      safe += bytes;
    } else {
      for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        safe += "\\x";
        safe += kHex[byte >> 4U];
        safe += kHex[byte & 15U];
      }
    }
    at += character.length;
  }
  return safe;
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > 64) return {};
  const std::string folded = lower(word);
  const std::size_t furthest = std::max<std::size_t>(1, word.size() / 3);
  std::string_view best;
  std::pair best_distance{furthest + 1, std::size_t{0}};
  for (const std::string_view candidate : candidates) {
    // Distance without case comes first; case decides only between candidates that are equally near without it.
    const std::pair distance{edit_distance(folded, lower(candidate)), edit_distance(word, candidate)};
    // A candidate that shares no letter with the word is not a suggestion.
    if (distance < best_distance && distance.first < std::max(word.size(), candidate.size())) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (const std::string_view close = nearest(word, candidates); !close.empty()) {
    return "Did you mean \"" + std::string(close) + "\"?";
  }
  if (candidates.empty()) return {};
  std::string text = candidates.size() == 1 ? "The only valid value is: " : "Valid values are: ";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i > 0) text += ", ";
    text += candidates[i];
  }
  return text + '.';
}

}  // namespace fleetrace::core
