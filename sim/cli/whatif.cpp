#include <algorithm>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/output/what_if.hpp"
#include "guards.hpp"
#include "study_folder.hpp"
#include "study_options.hpp"
#include "verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kOptions[] = {
    {"set", "PATH=VALUE",
     "What the changed future changes, such as sites.main.power=\"75 MW\". All of them together are one case, \"changed\". May "
     "be repeated.",
     true},
    {"case", "NAME", "A case that the scenario names. May be repeated. Default: all of them, unless --set is given.",
     true},
    {"replications", "N", "How many draws of the world. Default: study.replications of the scenario."},
    {"confidence", "P", "Of the intervals. Default: study.confidence."},
    kFailIfOption,
    kSeedOption,
    kJobsOption,
    {"format", "FORMAT", "{}. Default: table. csv has a row for each future, strategy and figure.", false, formats},
    {"output", "DIR",
     "Write results.csv, results.json, report.html and manifest.json there. A folder that holds another result is left alone."},
    kProgressOption,
    kQuietOption,
    kColorOption,
};

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Base and changed cases race on the same draws, so that every difference is that
of the change. Below it stands why: what binds each strategy at which time, what
money and accelerators idle, and what one more MW, million USD or month is
worth. Without anything to change it shows that of the scenario as it stands.

examples:
  fleetrace whatif capacity-what-if --set sites.main.power="30 MW"
  fleetrace whatif capacity-what-if --case later-chips --case half-the-money
  fleetrace whatif my.yaml --fail-if "turtle.relative_loss > 0.7"
  fleetrace whatif my.yaml --format json > what-if.json
)";

constexpr std::string_view kBase = "base";

/// What is raced beside the base.
struct Change {
  std::string name;
  std::string summary;
  std::vector<scenario::Override> overrides;
};

std::vector<Change> changes(const Options& options, const fleet::Scenario& base) {
  std::vector<Change> result;
  if (options.has("set")) result.push_back({"changed", "", overrides(options)});
  const std::vector<scenario::NamedCase> known = scenario::named_cases(base);
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const scenario::NamedCase& each : known) names.push_back(each.name);
  for (const std::string& wanted : options.all("case")) {
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found == names.end()) {
      throw UsageError("there is no case \"" + core::printable(wanted) + "\". " +
                       (names.empty() ? "The scenario names none; change values with --set path=value."
                                      : core::suggest(wanted, names)));
    }
    const scenario::NamedCase& one = known[static_cast<std::size_t>(found - names.begin())];
    const auto is_same = [&one](const Change& each) { return each.name == one.name; };
    if (std::any_of(result.begin(), result.end(), is_same))
      throw UsageError("--case " + core::printable(wanted) + " is given twice.");
    result.push_back({one.name, one.summary, one.changes});
  }
  if (result.empty()) {
    for (const scenario::NamedCase& each : known) result.push_back({each.name, each.summary, each.changes});
  }
  if (result.empty()) result.push_back({"unchanged", "", {}});
  return result;
}

struct Question {
  fleet::Scenario base;
  StudySettings settings;
  std::vector<study::Future> futures;
  output::WhatIfReport report;
};

void add_future(const Options& options, const Change& change, fleet::Scenario scenario, Question& question) {
  const std::uint32_t seed = question.settings.seed;
  question.futures.push_back(
      {change.name, study::Plan::of(scenario, seed, question.settings.target), guards(options, scenario)});
  output::FutureReport about;
  about.summary = change.summary;
  for (const scenario::Override& each : change.overrides) about.changes.emplace_back(each.path, each.text);
  about.at_medians = output::run_scenario(std::move(scenario), {seed});
  question.report.futures.push_back(std::move(about));
}

/// Everything is loaded before anything is raced.
Question ask(const Options& options, const scenario::Source& source) {
  Question question;
  question.base = scenario::load_bytes(source.bytes, source.file);
  question.settings = study_settings(options, question.base);
  question.report.name = question.base.name();
  question.report.sha256 = question.base.sha256;
  question.report.seed = question.settings.seed;
  const std::vector<Change> all = changes(options, question.base);
  std::vector<fleet::Scenario> scenarios;
  scenarios.reserve(all.size());
  for (const Change& each : all) scenarios.push_back(scenario::load_bytes(source.bytes, source.file, each.overrides));
  add_future(options, {std::string(kBase), "", {}}, question.base, question);
  for (std::size_t i = 0; i < all.size(); ++i) add_future(options, all[i], std::move(scenarios[i]), question);
  return question;
}

/// What makes it another result beside the scenario.
std::string question_text(const Question& question) {
  std::string text = "whatif, confidence " + core::format_real(question.settings.confidence) + ", replications " +
                     std::to_string(question.settings.replications);
  for (std::size_t f = 1; f < question.futures.size(); ++f) {
    text += "; " + question.futures[f].name + ':';
    for (const auto& [path, value] : question.report.futures[f].changes)
      text.append(1, ' ').append(path).append(1, '=').append(value).append(1, ',');
  }
  return text;
}

bool race(const Options& options, const Streams& streams, Question& question) {
  const std::size_t futures = question.futures.size();
  ProgressLine progress(options, streams, question.settings.replications * futures * (1 + fleet::kReliefs.size()));
  const StudySettings& settings = question.settings;
  question.report.result = study::what_if(question.futures, settings.replications, settings.confidence, settings.jobs,
                                          stop_flag(streams),
                                          [&progress](std::size_t done, std::size_t) { progress.show(done); });
  progress.clear();
  if (question.report.result.futures.empty()) streams.err << "Interrupted: a what-if is finished or not kept at all.\n";
  return !question.report.result.futures.empty();
}

void print(const output::WhatIfReport& report, const Options& options, const Streams& streams) {
  const std::string format = choice(options, "format");
  if (format == "json") {
    streams.out << output::what_if_json(report);
  } else if (format == "csv") {
    streams.out << output::what_if_csv(report);
  } else if (format == "markdown") {
    streams.out << output::what_if_markdown(report);
  } else {
    streams.out << output::what_if_table(report, {streams.width, wants_color(options, streams)});
  }
}

int whatif(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  (void)choice(options, "format");
  const scenario::Source source = scenario::read_source(name);
  Question question = ask(options, source);
  const auto run = [&] { return race(options, streams, question); };
  if (options.has("output")) {
    output::Manifest manifest = output::manifest_of(question.base, {question.settings.seed, 0, fleet::InputDraw::drawn},
                                                    with_verb("whatif", arguments));
    manifest.question = question_text(question);
    const int code = into_folder(options, streams, std::move(manifest), run, [&](const output::Manifest& known) {
      return StudyFiles{output::what_if_csv(question.report), output::what_if_json(question.report),
                        output::to_html(question.report, known.arguments, known.resolved_scenario)};
    });
    // A guard is asked also where the folder holds the answer already.
    const bool is_known = code == kDone && question.report.result.futures.empty();
    if (code != kDone || (is_known && !options.has("fail-if"))) return code;
    if (is_known && !run()) return kInterrupted;
  } else if (!run()) {
    return kInterrupted;
  }
  const output::WhatIfReport& report = question.report;
  int code = kDone;
  for (std::size_t f = 0; f < question.futures.size(); ++f) {
    code = std::max(code, report_guards(question.futures[f].guards, question.futures[f].plan.strategies,
                                        report.result.futures[f].guards, question.futures[f].name,
                                        report.result.replications, streams));
  }
  print(report, options, streams);
  return code;
}

}  // namespace

const Verb kWhatIf{.name = "whatif",
                   .arguments = "SCENARIO [OPTION]...",
                   .summary = "a changed plan beside the base: what differs, what binds, what more is worth",
                   .help = kHelp,
                   .run = whatif,
                   .options = kOptions};

}  // namespace fleetrace::cli
