#include "sim/output/theory/milestones.hpp"

#include <array>
#include <ostream>
#include <stdexcept>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/loss.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"

namespace fleetrace::cli {
namespace {

std::vector<std::string_view> plots() { return {"loss", "gamma"}; }

constexpr std::array kOptions{
    Option{"kappa", "K",
           "exponent of compute in the loss, above 0 and at most 1 (0.05), or a distribution of it, such as "
           "'{uniform: {low: 0.04, high: 0.06}}', which gives ranges"},
    Option{"gamma", "G,...", "doublings of efficiency a year, -100 to 100 (0,0.5,1,2,3)"},
    Option{"loss", "R,...", "relative losses to reach, above 0 and at most 1 (0.9,0.8,0.7,0.5)"},
    Option{
        "law", "LAW",
        "the law of loss, as a scenario has it: its name, or '{model: chinchilla, tokens_per_parameter: 20}' (relative)"},
    Option{"reference", "C", "C0 of a law with an absolute scale, such as '3.8e25 FLOP'"},
    Option{"range", "SHARE", "probability that a range holds, above 0 and below 1 (0.8)"},
    Option{"plot", "WHAT", "print an SVG picture instead: relative loss over time, or years over gamma; {}", false,
           plots},
    Option{"years", "D", "time that --plot loss shows (20 yr)"},
    Option{"fleets", "M,...", "size of the fleet for each gamma in --plot loss, in initial fleets (1 for all)"},
    format_option<output::kMilestonesFormats>(),
};

// Rates beyond these say nothing about hardware or algorithms: a hundred doublings a year are a factor of 1e30.
const core::Parameter kGamma{
    .name = "gamma", .summary = "doublings of efficiency a year", .range = core::between(-100, 100)};
const core::Parameter kLoss{.name = "loss", .summary = "relative loss to reach", .range = core::above_up_to(0, 1)};

const core::Parameter kReference{
    .name = "reference", .summary = "C0", .dimension = core::Dimension::compute, .range = core::between(1, 1e60)};
const core::Parameter kRange{.name = "range", .summary = "probability", .range = {0, 1, true, true}};
const core::Parameter kFleets{.name = "fleets", .summary = "size of the fleet", .range = core::between(1e-6, 1e12)};
const core::Parameter kYears{.name = "years",
                             .summary = "time that is shown",
                             .dimension = core::Dimension::duration,
                             .range = core::between(86'400'000, 1e4 * 31'557'600'000)};

/// Reads the options; what is wrong with any of them is collected.
MilestoneRequest request_of(const Options& options, UsageProblems& problems) {
  const core::Parameter& kappa = *models::loss_family().find("relative")->find("kappa");
  const std::string written = options.text("kappa", kappa.preset);
  MilestoneRequest request{
      .gammas = problems.collect([&] { return numbers_of(options, "gamma", "0,0.5,1,2,3", kGamma); }),
      .losses = problems.collect([&] { return numbers_of(options, "loss", "0.9,0.8,0.7,0.5", kLoss); }),
      .law = options.text("law", ""),
  };
  if (options.has("law") && options.has("kappa")) {
    problems.add("--kappa and --law exclude each other: write --law '{model: relative, kappa: ...}'.");
  } else if (written.find('{') != std::string::npos) {
    request.law = "{model: relative, kappa: " + written + '}';
  } else {
    request.kappa = problems.collect([&] { return number_of("kappa", kappa, written); });
  }
  if (options.has("reference"))
    request.reference_flop = problems.collect(
        [&] { return number_of("reference", kReference, options.text("reference", "")); });
  request.range = problems.collect([&] { return number_of("range", kRange, options.text("range", "0.8")); });
  return request;
}

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  UsageProblems problems;
  if (!options.operands().empty()) {
    problems.add("milestones takes no operands: \"" + core::printable(options.operands().front()) +
                 "\" is one too many.");
  }
  const bool is_plot = options.has("plot");
  const auto& format = chosen_format(output::kMilestonesFormats, options, streams);
  const MilestoneRequest request = request_of(options, problems);
  output::MilestonesDrawing drawing;
  drawing.years = problems.collect([&] { return number_of("years", kYears, options.text("years", "20 yr")); }) /
                  31'557'600'000;
  if (options.has("fleets"))
    drawing.fleets = problems.collect([&] { return numbers_of(options, "fleets", "", kFleets); });
  if (is_plot) {
    const std::string plot = problems.collect([&] { return choice(options, "plot"); });
    if (plot == "gamma") drawing.plot = output::MilestonesPlot::gamma;
    if (options.has("format")) problems.add("--format and --plot exclude each other: a plot is always SVG.");
  }
  for (const char* each : {"years", "fleets"}) {
    if (options.has(each) && (!is_plot || drawing.plot == output::MilestonesPlot::gamma))
      problems.add("--" + std::string(each) + " belongs to --plot loss.");
  }
  problems.throw_any();
  try {
    const Milestones result = fleetrace::milestones(request);
    if (options.has("range") && result.uncertain.empty())
      throw UsageError("--range belongs to a distribution, and neither --kappa nor --law has one.");
    streams.out << (is_plot ? output::milestones_svg(request, drawing) : format.write(result, {streams.width}));
    // The other formats have them.
    if (is_plot || (format.name() != "table" && format.name() != "json")) {
      for (const std::string& warning : result.warnings) streams.err << "Warning: " << warning << ".\n";
    }
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string(error.what()) + '.');
  }
  return kDone;
}

}  // namespace

const Verb kMilestones{
    .name = "milestones",
    .arguments = "[OPTION]...",
    .summary = "years, or fleet multiples, until a relative loss is reached",
    .help =
        "At constant power, and with efficiency (useful FLOP per joule) that doubles\n"
        "gamma times a year, compute grows as C/C0 = 1 + (2^(gamma t) - 1)/(gamma ln 2)\n"
        "and the relative loss falls as R = (C/C0)^-kappa (Lu 2025, arXiv:2501.02156).\n"
        "Here are the years t until R is reached. gamma = 0 is the limit without\n"
        "gains; a negative gamma may never get there. Any law of loss may take the\n"
        "place of R, and one of its numbers may be a distribution. A loss below the\n"
        "floor of a law is warned about, on stderr where the format has no place\n"
        "for it.\n"
        "\n"
        "examples:\n"
        "  fleetrace milestones\n"
        "  fleetrace milestones --loss 0.8,0.5 --gamma 0,2 --format json\n"
        "  fleetrace milestones --kappa '{uniform: {low: 0.04, high: 0.06}}' --loss 0.7\n"
        "  fleetrace milestones --law chinchilla --reference '3.8e25 FLOP' --loss 0.97\n"
        "  fleetrace milestones --plot loss > loss.svg\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
