#include "sim/output/folder/comparison_folder.hpp"

#include <algorithm>

#include "fleetrace/core/quantity.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/output/folder/journal_index.hpp"
#include "sim/output/folder/ranges.hpp"
#include "sim/output/folder/sqlite.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/studies/comparison.hpp"

namespace fleetrace::output {
namespace {

/// What the numbers of a finished study depend on beside the identity that the manifest has anyway.
std::string settings_text(const StudySettings& settings) {
  const char* const rules[] = {"fixed", "half-width", "select"};
  return std::string("rule ") + rules[static_cast<std::size_t>(settings.rule.kind)] + ' ' +
         core::format_real(settings.rule.size) + ", replications " + std::to_string(settings.rule.most) +
         ", objective " + std::string(fleet::info(settings.objective).name) + ", confidence " +
         core::format_real(settings.confidence);
}

}  // namespace

Manifest comparison_manifest(const scenario::Scenario& scenario, const StudySettings& settings,
                             const std::optional<PlanOptions>& plan, std::vector<std::string> arguments) {
  Manifest manifest = manifest_of(scenario, {settings.seed, 0, fleet::InputDraw::drawn}, std::move(arguments));
  if (settings.target) manifest.target = core::format_real(*settings.target);
  manifest.settings = settings_text(settings) + (plan ? ", " + to_string(*plan) : "");
  manifest.files = {"results.csv", "results.json", "results.xlsx", "results.sqlite", "report.html", Journal::kName};
  return manifest;
}

ComparisonFolder::ComparisonFolder(const std::string& path, const scenario::Scenario& scenario,
                                   const StudySettings& settings, const std::optional<PlanOptions>& plan,
                                   std::vector<std::string> arguments, ComparisonStudy& work)
    : scenario_(scenario),
      seed_(settings.seed),
      plan_(plan),
      manifest_(comparison_manifest(scenario, settings, plan, std::move(arguments))),
      folder_(path, manifest_),
      notes_(folder_.notes()) {
  const std::string identity = identity_of(manifest_);
  const std::size_t strategies = work.design().strategies.size();
  if (folder_.is_finished()) {
    journal_.emplace(folder_, identity, strategies, Journal::Use::read);
    // A journal that lost replications since makes the study an unfinished one.
    if (!journal_->was_whole() || journal_->found() != folder_.kept()) folder_.reopen(manifest_);
  }
  if (!folder_.is_finished()) journal_.emplace(folder_, identity, strategies);
  journal_->read_into(work.results(), work.most());
  notes_.insert(notes_.end(), journal_->notes().begin(), journal_->notes().end());
  if (!notes_.empty()) tell_gaps(work.results(), work.most());
}

void ComparisonFolder::tell_gaps(const study::Results& results, std::size_t most) {
  std::vector<std::uint32_t> gaps;
  // Replications are begun in their order: what is missing before the last one that is there was there, or was under way.
  for (std::size_t i = 0; i < std::min(most, results.replications()); ++i) {
    if (!results.has(i)) gaps.push_back(static_cast<std::uint32_t>(i));
  }
  if (!gaps.empty()) notes_.push_back("Replications that are run again: " + ranges_text(gaps) + '.');
}

void ComparisonFolder::write(const ComparisonReport& report) {
  folder_.write("results.csv", comparison_csv(report));
  folder_.write("results.json", comparison_json(report));
  folder_.write("results.xlsx", comparison_xlsx(report));
  const Run at_medians = run_scenario(scenario_, {seed_}, {}, {}, plan_);
  journal_->sync();
  folder_.replace("results.sqlite", [&](const std::string& path) {
    // The metrics that nothing compares are in the journal alone.
    const JournalIndex kept(folder_.descriptor(), folder_.path(), identity_of(manifest_),
                            report.design.strategies.size());
    write_sqlite(path, report, at_medians, [&kept](std::size_t replication) { return kept.read(replication); });
  });
  folder_.write("report.html", to_html(report, at_medians, manifest_.arguments, manifest_.resolved_scenario));
  manifest_.kept = journal_->found() + journal_->acknowledged();
  note(Status::finished, "");
}

void ComparisonFolder::note(Status status, const std::string& message) {
  manifest_.status = status;
  manifest_.message = message;
  folder_.write(manifest_);
}

}  // namespace fleetrace::output
