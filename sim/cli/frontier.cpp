#include "sim/output/theory/frontier.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "models/loss/loss_entries.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/core/schema/read_value.hpp"

namespace fleetrace::cli {
namespace {

std::vector<std::string_view> fits() { return {"besiroglu", "hoffmann"}; }

constexpr std::array kOptions{
    Option{"compute", "C,...", "budgets, such as 5.76e23 FLOP,1e5 PF-days (a decade each, 1e19 to 1e28 FLOP)"},
    Option{"fit", "FIT", "{}: the refit, or as Chinchilla's authors print it. Default: besiroglu.", false, fits},
    Option{"tokens-per-parameter", "K", "split by this rule instead of the lowest loss"},
    Option{
        "data-exponent", "S",
        "tokens grow as the power S of the parameters: a number, hoffmann (1), kaplan (0.74) or 2.5x (1.32: twice the "
        "parameters, 2.5 times the data); needs --tokens-per-parameter (1)"},
    Option{"rule-at", "N", "parameters at which --tokens-per-parameter holds, where S is not 1 (7e10)"},
    Option{"loss", "L,...",
           "the tokens that models of given sizes need for these losses [nats/token], in the place of budgets"},
    Option{"parameters", "N,...",
           "those sizes, or a range such as 1e9..1e12 (two a decade) or 1e9..1e12/10 (1e8..1e13)"},
    format_option<output::kFrontierFormats>(),
};

const core::Parameter kCompute{
    .name = "compute", .summary = "a budget", .dimension = core::Dimension::compute, .range = core::between(1, 1e60)};
const core::Parameter kTokens{.name = "tokens-per-parameter", .summary = "tokens", .range = core::between(1e-3, 1e9)};
const core::Parameter kLosses{.name = "loss", .summary = "a loss", .range = core::above_up_to(0, 100)};
const core::Parameter kParameters{.name = "parameters", .summary = "a size", .range = core::between(1, 1e30)};
constexpr std::size_t kMostSizes = 1000;

/// The sizes of "1e9..1e12" or "1e9..1e12/10", equal ratios apart, both ends among them.
std::vector<double> sizes_between(std::string_view text, std::size_t dots) {
  std::string_view last = text.substr(dots + 2);
  std::optional<double> count;
  if (const std::size_t slash = last.find('/'); slash != std::string_view::npos) {
    const core::Parameter number{.name = "parameters", .summary = "how many", .range = core::between(2, kMostSizes)};
    count = std::floor(number_of("parameters", number, last.substr(slash + 1)));
    last = last.substr(0, slash);
  }
  const double low = number_of("parameters", kParameters, text.substr(0, dots));
  const double high = number_of("parameters", kParameters, last);
  if (!(low < high)) throw UsageError("--parameters: \"" + core::printable(text) + "\" does not rise.");
  if (!count) count = std::max(2.0, std::round(2 * core::log(high / low) / core::log(10)) + 1);
  std::vector<double> sizes;
  sizes.reserve(static_cast<std::size_t>(*count));
  const double step = core::log(high / low) / (*count - 1);
  for (int i = 0; i < static_cast<int>(*count) - 1; ++i) sizes.push_back(low * core::exp(i * step));
  sizes.push_back(high);
  return sizes;
}

std::vector<double> sizes(const Options& options) {
  const std::string text = options.text("parameters", "1e8..1e13");
  if (const std::size_t dots = text.find(".."); dots != std::string::npos) return sizes_between(text, dots);
  return numbers_of(options, "parameters", "", kParameters);
}

/// The rule for data of a command line.
void read_rule(const Options& options, FrontierRequest& request, UsageProblems& problems) {
  const core::Entry& law = *models::loss_family().find("chinchilla");
  if (options.has("tokens-per-parameter")) {
    request.tokens_per_parameter = problems.collect(
        [&] { return number_of("tokens-per-parameter", kTokens, options.text("tokens-per-parameter", "")); });
  } else if (options.has("data-exponent") || options.has("rule-at")) {
    problems.add("--data-exponent and --rule-at belong to --tokens-per-parameter.");
  }
  request.data_exponent = problems.collect([&] {
    const core::Parameter& exponent = *law.find("data_exponent");
    auto read = core::read_value(exponent, exponent.name, options.text("data-exponent", "1"), false);
    if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) refuse_value("data-exponent", *problem);
    return models::data_exponent(std::get<core::Value>(read));
  });
  request.rule_at = problems.collect(
      [&] { return number_of("rule-at", *law.find("rule_at"), options.text("rule-at", "7e10")); });
}

/// Answers --loss.
int run_tokens(const Options& options, const Streams& streams, UsageProblems& problems) {
  TokensRequest request;
  request.fit_name = problems.collect([&] { return choice(options, "fit"); });
  request.fit = request.fit_name == "hoffmann" ? models::kHoffmann : models::kBesiroglu;
  request.losses = problems.collect([&] { return numbers_of(options, "loss", "", kLosses); });
  request.parameters = problems.collect([&] { return sizes(options); });
  for (const char* each : {"compute", "tokens-per-parameter", "data-exponent", "rule-at"}) {
    if (options.has(each))
      problems.add("--loss asks for the tokens of given sizes, and takes no --" + std::string(each) + '.');
  }
  problems.throw_any();
  const auto& format = chosen_format(output::kTokensFormats, options, streams);
  streams.out << format.write(request, {streams.width});
  return kDone;
}

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  UsageProblems problems;
  if (!options.operands().empty()) {
    problems.add("frontier takes no operands: \"" + core::printable(options.operands().front()) +
                 "\" is one too many.");
  }
  const auto& format = chosen_format(output::kFrontierFormats, options, streams);
  if (options.has("loss")) return run_tokens(options, streams, problems);
  if (options.has("parameters")) problems.add("--parameters belongs to --loss.");
  FrontierRequest request;
  request.fit_name = problems.collect([&] { return choice(options, "fit"); });
  request.fit = request.fit_name == "hoffmann" ? models::kHoffmann : models::kBesiroglu;
  request.budgets = problems.collect([&] {
    return numbers_of(options, "compute",
                      "1e19 FLOP,1e20 FLOP,1e21 FLOP,1e22 FLOP,1e23 FLOP,1e24 FLOP,1e25 FLOP,1e26 FLOP,1e27 FLOP,1e28 "
                      "FLOP",
                      kCompute);
  });
  read_rule(options, request, problems);
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
        "With --loss: the tokens that models of given sizes need for a loss. Larger\n"
        "models need fewer, and small ones may not get there on any number of them.\n"
        "\n"
        "examples:\n"
        "  fleetrace frontier\n"
        "  fleetrace frontier --compute '5.76e23 FLOP,1e6 PF-days' --fit hoffmann\n"
        "  fleetrace frontier --tokens-per-parameter 20 --format csv\n"
        "  fleetrace frontier --tokens-per-parameter 20 --data-exponent 2.5x\n"
        "  fleetrace frontier --loss 2.0 --parameters 1e9..1e12\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
