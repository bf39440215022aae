#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_figure.hpp"

/// Sections that the pages of different reports share.
namespace fleetrace::output::page {

void add_section(Document& document, std::string id, std::string title, std::string html);

/// Adds the warnings about a scenario, where there are any.
void add_warnings(Document& document, const std::vector<core::Diagnostic>& warnings);

/// Whether the chart of loss stands among the others: not where the page begins with it.
enum class WithLoss { yes, no };

/// Adds everything of a run that stands below the standings: charts, fleets, targets, what held purchases back, where compute
/// comes from, and assumptions.
void add_run(Document& document, const Run& run, std::string_view resolved_yaml, WithLoss with_loss = WithLoss::yes);

/// The chart of when each constraint held purchases back; none where no purchase was held back.
[[nodiscard]] std::vector<std::string> constraint_figures(const Run& run);

/// Unverified inputs, the catalog's numbers and the whole scenario. An empty `resolved_yaml` is made from the run.
[[nodiscard]] std::string assumptions_html(const Run& run, std::string_view resolved_yaml);

/// What determines the numbers on a page.
struct Origin {
  std::string scenario;
  std::string sha256;
  std::uint32_t seed = 1;
  std::string draws;               ///< Which replications were run, and whether their inputs were drawn.
  std::vector<std::string> words;  ///< The words of the command, from the verb on.
};
/// The command that gives the numbers of a page again, and what else determines them.
[[nodiscard]] std::string reproduce_html(const Origin& origin);

/// The arguments without those that change no number: threads, progress, colour, format and folder.
[[nodiscard]] std::vector<std::string> that_matter(const std::vector<std::string>& arguments);

}  // namespace fleetrace::output::page
