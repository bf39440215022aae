#include "sim/output/fit/fit.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/study.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/study_folder.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"

namespace fleetrace::cli {
namespace {

/// The laws of all models, each once.
std::vector<std::string_view> laws() {
  std::vector<std::string_view> all;
  for (const FitModel& model : fit_models()) all.insert(all.end(), model.laws.begin(), model.laws.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<std::string_view> trends() { return {fit_trends().begin(), fit_trends().end()}; }

constexpr Option kOptions[] = {
    {"law", "LAW",
     "{}. Of a trend exponential or logistic, of a life exponential, weibull or stepped; the first is meant where it is left out.",
     false, laws},
    {"x", "COLUMN", "Name of the column that the model calls date, age_yr, duration_yr or volume, without its unit."},
    {"y", "COLUMN", "Name of the column that a trend calls value, and a learning curve price."},
    {"of", "WHAT", "What a trend is of: {}. It says which keys a scenario takes it by. Default: price_performance.",
     false, trends},
    {"key", "PATH", "The key that takes the rate of a trend, instead of that of --of."},
    {"at", "DATE", "Of a trend's level. Default: that of the last row."},
    {"predict", "DATE,...", "Dates at which a trend is continued, with the interval of one more observation."},
    {"widening", "FACTOR",
     "Of the error of an exponential trend's slope in what it predicts and gives to a scenario; 1 as fitted. Default: 3, by the backtests."},
    {"steps", "AGE,...",
     "Ages at which a stepped hazard changes, from 0 on, such as 0 yr,2 yr,4 yr. Default: whole years, or the rows of a life table."},
    {"scenario", "SCENARIO", "Show what the fit changes there: the final loss of each strategy before and after."},
    {"confidence", "P", "Of the intervals. Default: 0.95."},
    {"resamples", "N", "Of the runs that scaling laws are fitted to, for their intervals. Default: 200."},
    kSeedOption,
    kJobsOption,
    {"output", "DIR",
     "Write results.csv, results.json, results.xlsx, report.html and manifest.json there. A folder that holds another result is left alone."},
    format_option<output::kFitFormats>(),
    kQuietOption,
    kColorOption,
};

constexpr std::string_view kHelp =
    R"(Fits the constants of a model to the columns of a CSV file, with intervals,
and prints them as distributions that a scenario takes as they are.

  trend         date, value: exponential or logistic growth or decline
  life          age_yr, failed, entered_yr, count, one row a life; or a life
                table: from_yr, to_yr, exposure_yr, deaths
  repair        duration_h: a lognormal law
  learning      volume, price: Wright's law
  cadence       date: a Gamma law of the time between releases
  kaplan        compute_flop, loss: a power law without a floor
  chinchilla    parameters, tokens, loss: E + A/N^alpha + B/D^beta
  data_limited  the same and unique_tokens: repeated data

Lives that go on are censored (failed: no), those that began before they were
watched have entered_yr. What is wrong with a file is told by line and column.

examples:
  fleetrace fit trend prices.csv --y flop_per_usd --predict 2027-01-01
  fleetrace fit trend prices.csv --y price_usd --of price
  fleetrace fit life lives.csv --law weibull --scenario hare-and-turtle
  fleetrace fit life table.csv --law stepped --steps '0 yr,2 yr,3 yr'
  fleetrace fit chinchilla runs.csv --output chinchilla
)";

std::vector<std::string> parts(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::size_t from = std::min(text.find_first_not_of(' ', begin), end);
    all.push_back(text.substr(from, end - from));
    begin = end + 1;
  }
  return all;
}

core::Time date(std::string_view option, const std::string& text) {
  if (const auto time = core::parse_date(text)) return *time;
  throw UsageError("--" + std::string(option) + ": \"" + core::printable(text) +
                   "\" is no date. Write one such as 2027-01-01.");
}

std::size_t resamples(const Options& options) {
  core::Parameter count;
  count.name = "resamples";
  count.dimension = core::Dimension::count;
  count.range = core::between(20, 100'000);
  return static_cast<std::size_t>(number_of("resamples", count, options.text("resamples", "200")));
}

double confidence(const Options& options) {
  core::Parameter share;
  share.name = "confidence";
  share.range = {0, 1, true, true};
  return number_of("confidence", share, options.text("confidence", "0.95"));
}

std::vector<double> steps(const Options& options) {
  if (!options.has("steps")) return {};
  core::Parameter age;
  age.name = "steps";
  age.dimension = core::Dimension::duration;
  age.range = core::at_least(0);
  std::vector<double> all = numbers_of(options, "steps", "", age);
  for (double& each : all) each /= static_cast<double>(core::kYear.milliseconds());
  return all;
}

double widening(const Options& options) {
  core::Parameter factor;
  factor.name = "widening";
  factor.range = core::between(1, 100);
  return options.has("widening") ? number_of("widening", factor, options.text("widening", "")) : kTrendWidening;
}

FitRequest request_of(const Options& options, const std::string& model) {
  FitRequest request;
  UsageProblems problems;
  request.model = model;
  request.law = options.has("law") ? problems.collect([&] { return choice(options, "law"); }) : std::string();
  request.of = options.has("of") ? problems.collect([&] { return choice(options, "of"); }) : std::string();
  request.x = options.text("x", "");
  request.y = options.text("y", "");
  request.key = options.text("key", "");
  request.confidence = problems.collect([&] { return confidence(options); });
  request.steps = problems.collect([&] { return steps(options); });
  request.widening = problems.collect([&] { return widening(options); });
  request.resamples = problems.collect([&] { return resamples(options); });
  request.seed = problems.collect([&] { return seed(options); });
  request.jobs = problems.collect([&] { return jobs_of(options); });
  if (options.has("at")) request.at = problems.collect([&] { return date("at", options.text("at", "")); });
  for (const std::string& each :
       options.has("predict") ? parts(options.text("predict", "")) : std::vector<std::string>())
    request.predict.push_back(problems.collect([&] { return date("predict", each); }));
  problems.throw_any();
  return request;
}

/// Everything but the data that the result depends on.
std::string settings(const Options& options) {
  std::string text;
  for (const Option& each : kOptions) {
    if (each.name == "output" || each.name == "format" || each.name == "jobs" || !options.has(each.name)) continue;
    text += (text.empty() ? "" : " ") + std::string(each.name) + '=' + options.text(each.name, "");
  }
  return text;
}

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const std::vector<std::string>& operands = options.operands();
  if (operands.size() != 2) {
    throw UsageError(operands.size() < 2
                         ? "MODEL and FILE are needed, such as trend prices.csv."
                         : "fit takes two operands: \"" + core::printable(operands[2]) + "\" is one too many.");
  }
  const auto& format = chosen_format(output::kFitFormats, options, streams);
  const FitRequest request = request_of(options, operands[0]);
  if (operands[1] == "-" && options.text("scenario", "") == "-")
    throw UsageError("standard input can be read only once.");
  const auto fitted = [&](const reader::Source& data) {
    std::optional<Scenario> scenario;
    if (options.has("scenario")) scenario = load(options.text("scenario", ""));
    try {
      return fit(request, data.bytes, data.file, scenario);
    } catch (const std::invalid_argument& error) {
      const std::string problem = error.what();
      throw UsageError(problem.ends_with('?') || problem.ends_with('.') ? problem : problem + '.');
    }
  };
  const reader::Source data = reader::read_source(operands[1]);
  if (!options.has("output")) {
    streams.out << format.write(fitted(data), {streams.width, wants_color(options, streams)});
    return kDone;
  }
  output::Manifest manifest;
  manifest.question = "fit " + request.model;
  manifest.scenario_name = data.file;
  manifest.scenario_sha256 = reader::sha256(data.bytes);
  manifest.draw.seed = request.seed;
  manifest.draw.inputs = fleet::InputDraw::medians;
  manifest.settings = settings(options);
  manifest.arguments = with_verb("fit", arguments);
  const Fit result = fitted(data);
  manifest.resolved_scenario = result.yaml;
  const int code = into_folder(
      options, streams, std::move(manifest), [] { return true; },
      [&](const output::Manifest& written) {
        return StudyFiles{output::fit_csv(result), output::fit_json(result), output::fit_xlsx(result),
                          output::fit_html(result, written.arguments)};
      });
  if (code == kDone) streams.out << format.write(result, {streams.width, wants_color(options, streams)});
  return code;
}

}  // namespace

const Verb kFit{.name = "fit",
                .arguments = "MODEL FILE [OPTION]...",
                .summary = "constants of a model from data, with intervals, as a scenario takes them",
                .help = kHelp,
                .run = run,
                .options = kOptions};

}  // namespace fleetrace::cli
