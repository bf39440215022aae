#include <algorithm>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/api/what_if_study.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/guards.hpp"
#include "sim/cli/plan_options.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/cli/warnings.hpp"
#include "sim/output/folder/questions.hpp"
#include "sim/output/plan/what_if_plan.hpp"
#include "sim/output/studies/what_if.hpp"
#include "sim/reader/document.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::cli {
namespace {

constexpr Option kCaseOptions[] = {
    {"set", "PATH=VALUE",
     "What the changed case changes, such as sites.main.power=\"75 MW\". All of them together are one case, \"changed\". May "
     "be repeated.",
     true},
    {"case", "NAME", "A case that the scenario names. May be repeated. Default: all of them, unless --set is given.",
     true},
    kReplicationsOption,
    kConfidenceOption,
    kFailIfOption,
    kSeedOption,
    kJobsOption,
    kFromOption,
    kNoFilesOption,
    {"by", "PERIOD",
     "Answer by {} of the calendar, at the medians of what is uncertain: base, case and difference of every figure of "
     "run --by.",
     false, period_names},
    kFiscalYearOption,
    format_option<output::kWhatIfFormats>(),
    kStudyFolderOption,
};
constexpr auto kOptions = join_options(kCaseOptions, kTerminalOptions);

constexpr std::string_view kHelp =
    R"(SCENARIO is a file, - for standard input, or the name of an embedded scenario.
Base and changed cases race on the same draws, so that every difference is that
of the change. Below it stands why: what binds each strategy at which time, what
money and accelerators idle, and what one more MW, million USD or month is
worth. Without anything to change it shows that of the scenario as it stands.

examples:
  fleetrace whatif capacity-what-if --set sites.main.power="30 MW"
  fleetrace whatif capacity-what-if --case later-chips --case half-the-money
  fleetrace whatif capacity-what-if --case later-chips --by quarter
  fleetrace whatif my.yaml --fail-if "turtle.relative_loss > 0.7"
  fleetrace whatif my.yaml --format json > what-if.json
)";

/// What is raced beside the base.
std::vector<reader::LoadedCase> changes(const Options& options, const reader::Document& document,
                                        const reader::LoadedScenario& base) {
  std::vector<reader::LoadedCase> result;
  if (options.has("set")) result.push_back({{"changed", "", set_overrides(options)}, {}});
  const std::vector<reader::LoadedCase>& known = base.cases;
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const reader::LoadedCase& each : known) names.push_back(each.about.name);
  for (const std::string& wanted : options.all("case")) {
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found == names.end()) {
      throw UsageError("there is no case \"" + core::printable(wanted) + "\". " +
                       (names.empty() ? "The scenario names none; change values with --set path=value."
                                      : core::suggest(wanted, names)));
    }
    const reader::LoadedCase& one = known[static_cast<std::size_t>(found - names.begin())];
    const auto is_same = [&one](const reader::LoadedCase& each) { return each.about.name == one.about.name; };
    if (std::any_of(result.begin(), result.end(), is_same))
      throw UsageError("--case " + core::printable(wanted) + " is given twice.");
    result.push_back(one);
  }
  if (result.empty()) result = known;
  if (options.has("set")) result.front().scenario = document.load_future(base.scenario, overrides(options));
  return result;
}

/// Everything is loaded before anything is raced.
WhatIfStudy ask(const Options& options, const reader::Document& document, const reader::LoadedScenario& base,
                const Streams& streams) {
  const StudySettings settings = study_settings(options, base.scenario);
  std::vector<reader::LoadedCase> cases = changes(options, document, base);
  WhatIfStudy asked = make_what_if(
      base.scenario, settings, std::move(cases),
      [&](const scenario::Scenario& scenario) { return guards(options, scenario); },
      plan_options(options, scenario::resolve(base.scenario).front().horizon));
  print_warnings(asked.report.warnings, options, streams);
  return asked;
}

bool race_all(const Options& options, const Streams& streams, WhatIfStudy& question) {
  ProgressLine progress(options, streams, most_races(question));
  const bool is_done = race(question, stop_flag(streams),
                            [&progress](std::size_t done, std::size_t) { progress.show(done); });
  progress.clear();
  if (!is_done) streams.err << "Interrupted: a what-if is finished or not kept at all.\n";
  return is_done;
}

void print(const WhatIfReport& report, const Options& options, const Streams& streams) {
  const auto& format = options.has("by") ? chosen_format(output::kWhatIfPlanFormats, options, streams)
                                         : chosen_format(output::kWhatIfFormats, options, streams);
  streams.out << format.write(report, {streams.width, wants_color(options, streams)});
}

int whatif(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::string& name = only_operand(options, "SCENARIO");
  (void)chosen_format(output::kWhatIfFormats, options, streams);
  const reader::Document document(source_of(options, name));
  const reader::LoadedScenario base = document.load_with_cases(from_override(options));
  WhatIfStudy question = ask(options, document, base, streams);
  const auto run = [&] { return race_all(options, streams, question); };
  if (options.has("output")) {
    output::Manifest manifest = output::manifest_of(base.scenario, {question.settings.seed, 0, fleet::InputDraw::drawn},
                                                    with_verb("whatif", arguments));
    manifest.question = output::question_of(question);
    manifest.warnings = question.report.warnings;
    const int code = into_folder(options, streams, std::move(manifest), run, [&](const output::Manifest& known) {
      return StudyFiles{output::what_if_csv(question.report), output::what_if_json(question.report),
                        output::what_if_xlsx(question.report),
                        output::to_html(question.report, known.arguments, known.resolved_scenario)};
    });
    // A guard is asked also where the folder holds the answer already.
    const bool is_known = code == kDone && question.report.result.cases.empty();
    if (code != kDone || (is_known && !options.has("fail-if"))) return code;
    if (is_known && !run()) return kInterrupted;
  } else if (!run()) {
    return kInterrupted;
  }
  const WhatIfReport& report = question.report;
  int code = kDone;
  for (std::size_t f = 0; f < question.cases.size(); ++f) {
    code = std::max(code, report_guards(question.cases[f].guards, question.cases[f].design.strategies,
                                        report.result.cases[f].guards, question.cases[f].name,
                                        report.result.replications, report.result.confidence, streams));
  }
  print(report, options, streams);
  return code;
}

}  // namespace

const Verb kWhatIf{.name = "whatif",
                   .arguments = "SCENARIO [OPTION]...",
                   .summary = "compare a changed plan: effects, bottlenecks, value of easing them",
                   .help = kHelp,
                   .run = whatif,
                   .options = kOptions};

}  // namespace fleetrace::cli
