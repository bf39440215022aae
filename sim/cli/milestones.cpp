#include "sim/output/theory/milestones.hpp"

#include <array>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/models/loss.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::array kOptions{
    Option{"kappa", "K", "exponent of compute in the loss, above 0 and at most 1 (0.05)"},
    Option{"gamma", "G,...", "doublings of efficiency a year, -100 to 100 (0,0.5,1,2,3)"},
    Option{"loss", "R,...", "relative losses to reach, above 0 and at most 1 (0.9,0.8,0.7,0.5)"},
    format_option<output::kMilestonesFormats>(),
};

// Rates beyond these say nothing about hardware or algorithms: a hundred doublings a year are a factor of 1e30.
const core::Parameter kGamma{
    .name = "gamma", .summary = "doublings of efficiency a year", .range = core::between(-100, 100)};
const core::Parameter kLoss{.name = "loss", .summary = "relative loss to reach", .range = core::above_up_to(0, 1)};

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  UsageProblems problems;
  if (!options.operands().empty()) {
    problems.add("milestones takes no operands: \"" + core::printable(options.operands().front()) +
                 "\" is one too many.");
  }
  const auto& format = chosen_format(output::kMilestonesFormats, options, streams);
  const core::Parameter& kappa = *models::loss_family().find("relative")->find("kappa");
  const MilestoneRequest request{
      .kappa = problems.collect([&] { return number_of("kappa", kappa, options.text("kappa", kappa.preset)); }),
      .gammas = problems.collect([&] { return numbers_of(options, "gamma", "0,0.5,1,2,3", kGamma); }),
      .losses = problems.collect([&] { return numbers_of(options, "loss", "0.9,0.8,0.7,0.5", kLoss); }),
  };
  problems.throw_any();
  const Milestones milestones = fleetrace::milestones(request);
  streams.out << format.write(milestones, {streams.width});
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
        "gains; a negative gamma may never get there.\n"
        "\n"
        "examples:\n"
        "  fleetrace milestones\n"
        "  fleetrace milestones --loss 0.8,0.5 --gamma 0,2 --format json\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
