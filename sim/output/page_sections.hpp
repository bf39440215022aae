#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "page_document.hpp"
#include "page_figure.hpp"

/// Sections that pages of different questions share.
namespace fleetrace::output::page {

void add_section(Document& document, std::string id, std::string title, std::string html);

/// Everything below the standings, as the run has it: charts, fleets, targets, obstacles, splits, assumptions.
void add_run(Document& document, const Run& run, std::string_view resolved_yaml);

/// When obstacles held purchases back, where they did; empty where they never did.
[[nodiscard]] std::vector<std::string> obstacle_figures(const Run& run);

/// Unverified numbers, the catalog's numbers and the whole scenario. `resolved_yaml` may be empty: then it is made.
[[nodiscard]] std::string assumptions_html(const Run& run, std::string_view resolved_yaml);

/// What determines the numbers on a page.
struct Origin {
  std::string scenario;
  std::string sha256;
  std::uint32_t seed = 1;
  std::string draws;               ///< which replications, and whether inputs are drawn
  std::vector<std::string> words;  ///< of the command, from the verb on
};
[[nodiscard]] std::string reproduce_html(const Origin& origin);

/// Arguments without those that change no number: threads, progress, colour, format and folder.
[[nodiscard]] std::vector<std::string> that_matter(const std::vector<std::string>& arguments);

}  // namespace fleetrace::output::page
