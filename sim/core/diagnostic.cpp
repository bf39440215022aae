#include "fleetrace/core/diagnostic.hpp"

#include <algorithm>
#include <tuple>

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

}  // namespace

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = printable(diagnostic.where.file);
  if (diagnostic.where.line > 0) {
    text += ':' + std::to_string(diagnostic.where.line) + ':' + std::to_string(diagnostic.where.column);
  }
  if (!text.empty()) text += ": ";
  if (!diagnostic.path.empty()) text += printable(diagnostic.path) + ": ";
  text += printable(diagnostic.problem);
  if (!diagnostic.reason.empty()) text += " (" + printable(diagnostic.reason) + ')';
  text += '.';
  if (!diagnostic.suggestion.empty()) text += ' ' + printable(diagnostic.suggestion);
  return text;
}

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : std::runtime_error(join(diagnostics)), diagnostics_(std::move(diagnostics)) {}

void Diagnostics::add(Diagnostic diagnostic) { found_.push_back(std::move(diagnostic)); }

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
  // Bidirectional overrides and isolates: U+202A-202E and U+2066-2069, as UTF-8.
  const auto is_bidirectional = [&](std::size_t i) {
    if (i + 2 >= text.size() || text[i] != '\xe2') return false;
    return (text[i + 1] == '\x80' && text[i + 2] >= '\xaa' && text[i + 2] <= '\xae') ||
           (text[i + 1] == '\x81' && text[i + 2] >= '\xa6' && text[i + 2] <= '\xa9');
  };
  std::string safe;
  safe.reserve(text.size());
  const auto escape = [&safe](char c) {
    const auto byte = static_cast<unsigned char>(c);
    safe += "\\x";
    safe += kHex[byte >> 4U];
    safe += kHex[byte & 15U];
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1_control = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (is_bidirectional(i)) {
      for (std::size_t end = i + 3; i < end; ++i) escape(text[i]);
      --i;
    } else if (c1_control) {
      escape(text[i]);
      escape(text[++i]);
    } else if (byte < 0x20 || byte == 0x7f) {
      escape(text[i]);
    } else {
      safe += text[i];
    }
  }
  return safe;
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.size() > 64) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
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
