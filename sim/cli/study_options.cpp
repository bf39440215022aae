#include "sim/cli/study_options.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/interruption.hpp"
#include "sim/cli/values.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/output/table/format_unit.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLines{100};

/// A value of the study section, or the option of the same name in its place.
double study_number(const Options& options, const core::Spec& study, const std::string& name) {
  if (!options.has(name)) return study.number(name);
  const core::Parameter& parameter = *study.entry->find(name);
  const std::string text = options.text(name, "");
  const auto read = core::read_value(parameter, name, text, false);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) refuse_value(name, *problem);
  return std::get<double>(std::get<core::Value>(read).data);
}

}  // namespace

int jobs_of(const Options& options) {
  constexpr int kMost = 1024;
  if (!options.has("jobs")) return 0;
  const std::string text = options.text("jobs", "");
  int value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && rest == text.data() + text.size() && value >= 1 && value <= kMost) return value;
  throw UsageError("--jobs \"" + core::printable(text) + "\" is no number of threads. Write 1 to 1024.");
}

namespace {

std::optional<double> target(const Options& options, const scenario::Scenario& scenario, const core::Spec& study) {
  return options.has("target") ? study_number(options, study, "target") : study_target(scenario);
}

/// A positive number, or a usage error.
double positive(const Options& options, const std::string& name) {
  const std::string text = options.text(name, "");
  const auto read = core::parse_number(text);
  const double* value = std::get_if<double>(&read);
  if (value != nullptr && *value > 0) return *value;
  throw UsageError("--" + name + " \"" + core::printable(text) +
                   "\" is no positive number. It is in the unit of the objective, such as 0.001 for a loss.");
}

study::StoppingRule stopping_rule(const Options& options, std::size_t replications) {
  if (options.has("half-width") && options.has("select"))
    throw UsageError("--half-width and --select are two rules for when to end. Keep one.");
  study::StoppingRule rule;
  rule.most = options.has("replications") ? replications : kMostReplications;
  if (options.has("half-width")) {
    rule.kind = study::StoppingRule::Kind::half_width;
    rule.size = positive(options, "half-width");
  } else if (options.has("select")) {
    rule.kind = study::StoppingRule::Kind::select;
    rule.size = positive(options, "select");
  } else {
    rule.most = replications;
  }
  return rule;
}

}  // namespace

StudySettings study_settings(const Options& options, const scenario::Scenario& scenario) {
  const core::Spec& study = *scenario.root().section("study");
  StudySettings settings;
  settings.seed = seed(options);
  settings.jobs = jobs_of(options);
  settings.replications = static_cast<std::size_t>(study_number(options, study, "replications"));
  settings.confidence = study_number(options, study, "confidence");
  settings.rule = stopping_rule(options, settings.replications);
  const std::string objective = choice(options, "objective", study.text("objective"));
  settings.objective = *fleet::find_objective(objective);
  settings.target = target(options, scenario, study);
  if (fleet::info(settings.objective).needs_target && !settings.target)
    throw UsageError(objective +
                     " needs a target. Give --target LOSS, or study.target or loss.targets in the scenario.");
  return settings;
}

StudyRequest study_request(StudyRequest::Verb verb, const Options& options, const std::string& scenario) {
  StudyRequest request;
  request.verb = verb;
  request.scenario = scenario;
  request.reads_files = !options.has("no-files");
  request.changes = overrides(options);
  return request;
}

StudyOptions asked_settings(const Options& options, const scenario::Scenario& scenario) {
  const core::Spec& study = *scenario.root().section("study");
  StudyOptions asked;
  if (options.has("replications"))
    asked.replications = static_cast<std::size_t>(study_number(options, study, "replications"));
  asked.seed = seed(options);
  asked.jobs = jobs_of(options);
  if (options.has("objective")) asked.objective = fleet::find_objective(choice(options, "objective"));
  if (options.has("target")) asked.target = study_number(options, study, "target");
  if (options.has("confidence")) asked.confidence = study_number(options, study, "confidence");
  return asked;
}

bool wants_color(const Options& options, const Streams& streams) {
  const std::string color = choice(options, "color");
  if (color != "auto") return color == "always";
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return streams.out_is_terminal && (no_color == nullptr || *no_color == '\0') &&
         (terminal == nullptr || std::string_view(terminal) != "dumb");
}

namespace {

/// How many characters a line on standard error has room for; 0 where nobody knows.
std::size_t width_of_errors() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// What takes back the line that was written last. A terminal without escapes gets spaces over it.
std::string erased() {
  const char* terminal = std::getenv("TERM");
  if (terminal == nullptr || std::string_view(terminal) != "dumb") return "\r\x1b[K";
  static constexpr std::size_t kLine = 60;
  const std::size_t width = width_of_errors();
  return '\r' + std::string(width > 1 ? std::min(width - 1, kLine) : kLine, ' ') + '\r';
}

}  // namespace

const std::atomic<bool>& stop_flag(const Streams& streams) {
  static const std::atomic<bool> kNever = false;
  ends_well() = true;
  return streams.interrupted == nullptr ? kNever : *streams.interrupted;
}

ProgressLine::ProgressLine(const Options& options, const Streams& streams, std::size_t total)
    : err_(streams.err), total_(total) {
  const std::string when = choice(options, "progress");
  shown_ = !options.has("quiet") && (when == "always" || (when == "auto" && streams.err_is_terminal));
}

void ProgressLine::show(std::size_t done) {
  if (!shown_) return;
  if (!before_) before_ = done - 1;
  const Clock::time_point now = Clock::now();
  if (now - last_ < kBetweenLines && done != total_) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  const double rate = static_cast<double>(done - *before_) / seconds;
  std::string line = output::grouped(static_cast<std::int64_t>(done)) + " of " +
                     output::counted(static_cast<std::int64_t>(total_), "replication", "replications") + ", " +
                     output::rough(rate) + " a second, " + output::fixed(static_cast<double>(total_ - done) / rate, 0) +
                     " s left";
  // A line that fills the terminal would leave its beginning behind.
  const std::size_t width = width_of_errors();
  if (width > 1 && line.size() >= width) line.resize(width - 1);
  err_ << erased() << line << std::flush;
}

void ProgressLine::clear() {
  if (shown_) err_ << erased() << std::flush;
}

}  // namespace fleetrace::cli
