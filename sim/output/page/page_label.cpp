#include "sim/output/page/page_label.hpp"

#include <algorithm>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::output::page {
namespace {

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return core::printable(name);
}

}  // namespace

std::string input_label(const std::string& path) {
  const std::vector<std::string> parts = parts_of(path);
  if (parts.size() == 1) return words(path);
  std::string text = words(parts.back());
  const bool is_named = parts.size() >= 3 && (parts.front() == "strategies" || parts.front() == "sites");
  if (!is_named) {
    std::string before;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) before += (i == 0 ? "" : " ") + words(parts[i]);
    return before + ": " + text;
  }
  std::string inner;
  for (std::size_t i = 2; i + 1 < parts.size(); ++i) {
    if (parts[i] != "with") inner += words(parts[i]) + ' ';
  }
  return inner + text + (parts.front() == "sites" ? " of site " : " of ") + core::printable(parts[1]);
}

std::string labelled(const std::string& path) { return input_label(path) + " (" + core::printable(path) + ')'; }

}  // namespace fleetrace::output::page
