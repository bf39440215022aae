#include "sim/output/studies/input_label.hpp"

#include <algorithm>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"

namespace fleetrace::output {
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
  std::string last = words(parts.back());
  if (parts.size() == 1) return last;
  if (parts.size() == 2 && parts.front() == "strategies") return "strategy " + core::printable(parts.back());
  if (parts.size() == 2 && parts.front() == "sites") return "site " + core::printable(parts.back());
  // A name of several words says by itself what it is.
  const bool needs_more = last.find(' ') == std::string::npos;
  const bool is_named = parts.size() >= 3 && (parts.front() == "strategies" || parts.front() == "sites");
  const std::string& before = parts[parts.size() - 2];
  if (!is_named) return needs_more ? words(before) + ' ' + last : last;
  const bool is_deep = parts.size() > 3 && needs_more;
  return (is_deep ? words(before) + ' ' : "") + last + (parts.front() == "sites" ? " of site " : " of ") +
         core::printable(parts[1]);
}

std::vector<std::string> input_labels(const std::vector<std::string>& paths) {
  std::vector<std::string> labels;
  labels.reserve(paths.size());
  for (const std::string& path : paths) labels.push_back(input_label(path));
  std::vector<std::string> result = labels;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (std::count(labels.begin(), labels.end(), labels[i]) > 1) result[i] = core::printable(paths[i]);
  }
  return result;
}

std::string labelled(const std::string& path) { return input_label(path) + " (" + core::printable(path) + ')'; }

}  // namespace fleetrace::output
