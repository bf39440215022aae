#include "sim/output/theory/frontier.hpp"

#include <array>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"

namespace fleetrace::cli {
namespace {

std::vector<std::string_view> fits() { return {"besiroglu", "hoffmann"}; }

constexpr std::array kOptions{
    Option{"compute", "C,...", "budgets, such as 5.76e23 FLOP,1e5 PF-days (a decade each, 1e19 to 1e28 FLOP)"},
    Option{"fit", "FIT", "{}: the refit, or as Chinchilla's authors print it. Default: besiroglu.", false, fits},
    Option{"tokens-per-parameter", "K", "split by this rule instead of the lowest loss"},
    format_option<output::kFrontierFormats>(),
};

const core::Parameter kCompute{
    .name = "compute", .summary = "a budget", .dimension = core::Dimension::compute, .range = core::between(1, 1e60)};
const core::Parameter kTokens{.name = "tokens-per-parameter", .summary = "tokens", .range = core::between(1e-3, 1e9)};

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  UsageProblems problems;
  if (!options.operands().empty()) {
    problems.add("frontier takes no operands: \"" + core::printable(options.operands().front()) +
                 "\" is one too many.");
  }
  const auto& format = chosen_format(output::kFrontierFormats, options, streams);
  FrontierRequest request;
  request.fit_name = problems.collect([&] { return choice(options, "fit"); });
  request.fit = request.fit_name == "hoffmann" ? models::kHoffmann : models::kBesiroglu;
  request.budgets = problems.collect([&] {
    return numbers_of(options, "compute",
                      "1e19 FLOP,1e20 FLOP,1e21 FLOP,1e22 FLOP,1e23 FLOP,1e24 FLOP,1e25 FLOP,1e26 FLOP,1e27 FLOP,1e28 "
                      "FLOP",
                      kCompute);
  });
  if (options.has("tokens-per-parameter")) {
    request.tokens_per_parameter = problems.collect(
        [&] { return number_of("tokens-per-parameter", kTokens, options.text("tokens-per-parameter", "")); });
  }
  problems.throw_any();
  streams.out << format.write(request, {streams.width});
  return kDone;
}

}  // namespace

const Verb kFrontier{
    .name = "frontier",
    .arguments = "[OPTION]...",
    .summary = "which model a compute budget trains best, and how low its loss gets",
    .help =
        "The compute-efficient frontier of dense models on fresh data: for each budget C\n"
        "the parameters N and tokens D with C = 6 N D and the lowest loss\n"
        "L = E + A/N^alpha + B/D^beta (Hoffmann et al. 2022; refit by Besiroglu et al.\n"
        "2024), and what a plain power law fitted there would have for its exponent.\n"
        "\n"
        "examples:\n"
        "  fleetrace frontier\n"
        "  fleetrace frontier --compute '5.76e23 FLOP,1e6 PF-days' --fit hoffmann\n"
        "  fleetrace frontier --tokens-per-parameter 20 --format csv\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
