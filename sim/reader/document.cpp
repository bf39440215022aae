#include "sim/reader/document.hpp"

#include <algorithm>
#include <utility>

#include "sim/reader/overrides.hpp"
#include "sim/reader/reader.hpp"
#include "sim/reader/strangers.hpp"
#include "sim/scenario/live/controls.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/horizon_end.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::reader {
namespace {

constexpr std::string_view kCases = "cases";
constexpr std::string_view kLive = "live";

/// What stands in one case, or what is wrong with it.
std::vector<Override> changes_of(const core::Spec& one, core::Diagnostics& diagnostics) {
  std::vector<Override> changes;
  for (const std::string& text : one.texts("set")) {
    const core::Location& where = one.value("set").where;
    if (std::optional<Override> change = parse_override(text)) {
      change->option = "case " + one.name;
      change->where = where;
      changes.push_back(*std::move(change));
    } else {
      diagnostics.add({where, "cases." + one.name + ".set", '"' + text + "\" is no change",
                       "an equals sign separates the path from the value",
                       "Write path=value, such as \"sites.main.power=75 MW\"."});
    }
  }
  return changes;
}

NamedCase named_case(const core::Spec& one, core::Diagnostics& diagnostics) {
  return {one.name, one.has("summary") ? one.text("summary") : "", changes_of(one, diagnostics)};
}

/// Whether what the case changes could be read.
bool is_readable(const core::Spec& one) { return one.entry != nullptr && one.has("set") && !one.value("set").faulty; }

bool is_among(const core::Diagnostic& found, const core::Diagnostics& known) {
  const auto& all = known.found();
  return std::any_of(all.begin(), all.end(), [&](const core::Diagnostic& each) {
    return each.path == found.path && each.problem == found.problem && each.reason == found.reason;
  });
}

/// Adds what is wrong with a case under its name, but for what is wrong with its base.
void add(const core::InputError& error, const core::Spec& one, const core::Diagnostics& base,
         core::Diagnostics& diagnostics) {
  for (core::Diagnostic found : error.diagnostics()) {
    if (found.is_warning || is_among(found, base)) continue;
    if (found.where.line == 0) found.where = one.value("set").where;
    found.path = "cases." + one.name + (found.path.empty() ? "" : ": " + found.path);
    diagnostics.add(std::move(found));
  }
}

/// Every case reads and checks the whole scenario, some six microseconds a value.
constexpr std::size_t kMostCaseValues = 3'000'000;

/// How many values a section has, those left out and the elements of lists as well.
std::size_t values_in(const core::Spec& section) {
  std::size_t count = section.values.size();
  for (const core::Value& value : section.values) {
    if (const auto* below = std::get_if<std::vector<core::Spec>>(&value.data)) {
      for (const core::Spec& each : *below) count += values_in(each);
    }
    if (const auto* numbers = std::get_if<std::vector<double>>(&value.data)) count += numbers->size();
  }
  return count;
}

/// Whether the cases of a scenario are more than can be read within seconds.
bool has_too_many_cases(const core::Spec& root) {
  std::size_t cases = 0;
  for (const core::Spec& each : root.sections(kCases)) cases += values_in(each);
  const std::size_t each_reads = values_in(root) - cases;
  return root.sections(kCases).size() > kMostCaseValues / std::max<std::size_t>(1, each_reads);
}

Files files_of(const Source& source) { return source.reads_files ? Files::beside : Files::none; }

bool changes_cases(const Override& change) { return change.path.substr(0, kCases.size()) == kCases; }

}  // namespace

/// A scenario before it is read: its tree, and the hash of its text and of the changes made to it.
struct Document::Draft {
  Node root;
  Sha256 hash;
  Files files;
};

Document::Document(Source source) : source_(std::move(source)) {
  Node readable;
  root_ = parse_yaml(source_.bytes, source_.file, findings_, &readable);
  hash_.add(source_.bytes);
  if (root_.kind != Node::Kind::null) return;
  // Names and values before the place where the syntax ends are told at once.
  Strangers strangers;
  if (readable.kind == Node::Kind::mapping)
    (void)read_scenario(std::move(readable), findings_, strangers, true, files_of(source_));
  strangers.hide(findings_);
  findings_.quote_lines(source_.file, source_.bytes);
  findings_.throw_if_any();
}

void Document::change(Draft& draft, const std::vector<Override>& changes, core::Diagnostics& diagnostics) {
  for (const Override& each : changes) {
    apply(draft.root, each, diagnostics);
    add_to(draft.hash, each);
  }
}

scenario::Scenario Document::read(Draft draft, const Base& base, LivePaths live, core::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.size();
  Strangers strangers;
  core::Spec root = read_scenario(std::move(draft.root), diagnostics, strangers, false, draft.files);
  const bool is_whole = diagnostics.size() == before;
  if (is_whole) scenario::bind_horizon_end(root);
  scenario::Scenario scenario(std::move(root));
  scenario.sha256 = draft.hash.text();
  scenario.catalog = embedded_catalog();
  scenario.measure_against(base.yardstick);
  scenario.dates_until = base.dates_until;
  if (is_whole && live == LivePaths::may_be_lost) scenario::forget_lost_controls(scenario);
  if (is_whole) {
    scenario::check(scenario, diagnostics);
  } else {
    scenario::check_rest(scenario, diagnostics);
  }
  if (live == LivePaths::must_exist) scenario::check_live(scenario, diagnostics);
  const std::vector<core::Diagnostic>& more = diagnostics.warnings();
  scenario.warnings.insert(scenario.warnings.end(), more.begin(), more.end());
  scenario.warnings = strangers.hidden(scenario.warnings);
  strangers.hide(diagnostics);
  return scenario;
}

scenario::Scenario Document::read_case(const Draft& whole, const Base& base,
                                       const std::vector<Override>& changes) const {
  core::Diagnostics diagnostics;
  Draft draft{{}, whole.hash, whole.files};
  draft.root.kind = whole.root.kind;
  draft.root.where = whole.root.where;
  // A case knows no cases, unless it changes one: with all others in each, their cost would grow with the square.
  const bool has_cases = std::any_of(changes.begin(), changes.end(), changes_cases);
  for (const Member& each : whole.root.members) {
    if (has_cases || each.key != kCases) draft.root.members.push_back(each);
  }
  change(draft, changes, diagnostics);
  scenario::Scenario scenario = read(std::move(draft), base, LivePaths::may_be_lost, diagnostics);
  throw_if_any(diagnostics, scenario);
  quote_warnings(scenario);
  return scenario;
}

/// Everything in one round: beside what is wrong stands what may not be meant, except of a value that is refused anyway.
void Document::throw_if_any(core::Diagnostics& diagnostics, const scenario::Scenario& scenario) const {
  if (diagnostics.empty()) return;
  const std::vector<core::Diagnostic> wrong = diagnostics.found();
  for (const core::Diagnostic& each : scenario.warnings) {
    const bool is_refused = std::any_of(wrong.begin(), wrong.end(), [&each](const core::Diagnostic& other) {
      return other.path == each.path && other.where.line == each.where.line && other.where.column == each.where.column;
    });
    if (!is_refused) diagnostics.add(each);
  }
  diagnostics.quote_lines(source_.file, source_.bytes);
  diagnostics.throw_if_any();
}

void Document::quote_warnings(scenario::Scenario& scenario) const {
  core::Diagnostics warnings;
  for (core::Diagnostic& each : scenario.warnings) warnings.add(std::move(each));
  warnings.quote_lines(source_.file, source_.bytes);
  scenario.warnings = warnings.found();
}

Document::Base Document::base_of(const scenario::Scenario& scenario) {
  Base base{scenario.yardstick(), scenario.dates_until};
  if (scenario.setups() != nullptr && !scenario.setups()->empty()) {
    const core::Time end = scenario.setups()->front().horizon.end;
    base.dates_until = std::max(end, base.dates_until.value_or(end));
  }
  return base;
}

/// Hands each named case and its scenario to `take`.
template <class Take>
scenario::Scenario Document::load(const std::vector<Override>& changes, const Base& base, const Take& take) const {
  core::Diagnostics diagnostics = findings_;
  Draft draft{root_, hash_, files_of(source_)};
  change(draft, changes, diagnostics);
  const bool is_as_written = std::all_of(
      changes.begin(), changes.end(), [](const Override& each) { return each.path.substr(0, kLive.size()) == kLive; });
  scenario::Scenario scenario = read(draft, base, is_as_written ? LivePaths::must_exist : LivePaths::may_be_lost,
                                     diagnostics);
  const core::Diagnostics found = diagnostics;
  const bool is_too_much = has_too_many_cases(scenario.root());
  if (is_too_much) {
    diagnostics.add({scenario.root().value(kCases).where, std::string(kCases),
                     "the cases come to more than three million values", "each of them is the whole scenario",
                     "Write fewer cases, or a smaller scenario."});
  }
  const Base of_cases = base_of(scenario);
  for (const core::Spec& one : scenario.root().sections(kCases)) {
    if (is_too_much || !is_readable(one)) continue;
    NamedCase about = named_case(one, diagnostics);
    try {
      scenario::Scenario changed = read_case(draft, of_cases, about.changes);
      take(std::move(about), std::move(changed));
    } catch (const core::InputError& error) {
      add(error, one, found, diagnostics);
    }
  }
  throw_if_any(diagnostics, scenario);
  quote_warnings(scenario);
  return scenario;
}

std::vector<core::Diagnostic> new_warnings(const LoadedCase& one, const scenario::Scenario& base) {
  std::vector<core::Diagnostic> found;
  for (core::Diagnostic each : one.scenario.warnings) {
    if (scenario::has_warning(base, each)) continue;
    each.path.insert(0, "cases." + one.about.name + ": ");
    found.push_back(std::move(each));
  }
  return found;
}

scenario::Scenario Document::load(const std::vector<Override>& changes) const {
  return load(changes, {}, [](NamedCase&&, scenario::Scenario&&) {});
}

scenario::Scenario Document::load_future(const scenario::Scenario& base, const std::vector<Override>& changes) const {
  return load(changes, base_of(base), [](NamedCase&&, scenario::Scenario&&) {});
}

LoadedScenario Document::load_with_cases(const std::vector<Override>& changes) const {
  LoadedScenario loaded;
  loaded.scenario = load(changes, {}, [&loaded](NamedCase&& about, scenario::Scenario&& scenario) {
    loaded.cases.push_back({std::move(about), std::move(scenario)});
  });
  return loaded;
}

}  // namespace fleetrace::reader
