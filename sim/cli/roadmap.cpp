#include "sim/output/theory/roadmap.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/format_option.hpp"
#include "sim/cli/values.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/core/schema/read_value.hpp"

namespace fleetrace::cli {
namespace {

constexpr double kYear = 31'557'600'000;  // [ms]

constexpr std::array kOptions{
    Option{
        "layer", "NAME=COST,RETURNS[,FIELD]",
        "a layer: what its first doubling costs, its returns (doublings for a doubling of all that was ever spent), and the "
        "time in which the field doubles it for nothing; such as 'kernels=50e6 USD,0.5,4 yr'; given once for each layer",
        true},
    Option{"budget", "M", "what there is to spend (1e9 USD)"},
    Option{"horizon", "D", "in which it is spent (5 yr)"},
    format_option<output::kRoadmapFormats>(),
};

const core::Parameter kCost{.name = "layer",
                            .summary = "cost of a doubling",
                            .dimension = core::Dimension::money,
                            .range = core::between(1e-3, 1e18)};
const core::Parameter kReturns{.name = "layer", .summary = "returns", .range = core::between(1e-3, 20)};
const core::Parameter kField{.name = "layer",
                             .summary = "doubling time of the field",
                             .dimension = core::Dimension::duration,
                             .range = core::between(86'400'000, 1e6 * kYear),
                             .choices = {"none"}};
const core::Parameter kBudget{.name = "budget",
                              .summary = "what there is to spend",
                              .dimension = core::Dimension::money,
                              .range = core::between(0, 1e18)};
const core::Parameter kHorizon{.name = "horizon",
                               .summary = "in which it is spent",
                               .dimension = core::Dimension::duration,
                               .range = core::between(86'400'000, 1000 * kYear)};

double field_rate(std::string_view text) {
  auto read = core::read_value(kField, kField.name, text, false);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&read)) refuse_value("layer", *problem);
  const double* doubling = std::get_if<double>(&std::get<core::Value>(read).data);
  return doubling == nullptr ? 0 : kYear / *doubling;
}

/// Reads "kernels=50e6 USD,0.5,4 yr".
RoadmapLayer layer_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  std::vector<std::string> parts;
  for (std::size_t from = equals + 1; equals != std::string::npos && from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  if (equals == 0 || (parts.size() != 2 && parts.size() != 3)) {
    throw UsageError(
        "--layer: \"" + core::printable(text) +
        "\" is no layer. Write NAME=COST,RETURNS or NAME=COST,RETURNS,FIELD, such as 'kernels=50e6 USD,0.5,4 yr'.");
  }
  RoadmapLayer layer;
  layer.name = text.substr(0, equals);
  layer.doubling_cost = number_of("layer", kCost, parts[0]);
  layer.returns = number_of("layer", kReturns, parts[1]);
  if (parts.size() == 3) layer.field_rate = field_rate(parts[2]);
  return layer;
}

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  UsageProblems problems;
  if (!options.operands().empty())
    problems.add("roadmap takes no operands: \"" + core::printable(options.operands().front()) + "\" is one too many.");
  const auto& format = chosen_format(output::kRoadmapFormats, options, streams);
  RoadmapRequest request;
  request.budget = problems.collect([&] { return number_of("budget", kBudget, options.text("budget", "1e9 USD")); });
  request.horizon = problems.collect([&] { return number_of("horizon", kHorizon, options.text("horizon", "5 yr")); }) /
                    kYear;
  for (const std::string& each : options.all("layer")) {
    RoadmapLayer layer = problems.collect([&] { return layer_of(each); });
    const auto same = [&](const RoadmapLayer& other) { return other.name == layer.name; };
    if (!layer.name.empty() && std::any_of(request.layers.begin(), request.layers.end(), same))
      problems.add("--layer: there are two layers \"" + core::printable(layer.name) + "\".");
    request.layers.push_back(std::move(layer));
  }
  if (request.layers.empty())
    problems.add("roadmap needs layers, such as --layer 'chips=1e9 USD,1' --layer 'algorithms=67e6 USD,1.25'.");
  problems.throw_any();
  streams.out << format.write(fleetrace::roadmap(request), {streams.width});
  return kDone;
}

}  // namespace

const Verb kRoadmap{
    .name = "roadmap",
    .arguments = "--layer NAME=COST,RETURNS[,FIELD]...",
    .summary = "how a budget is best spread over layers of the stack, and the resulting gamma",
    .help =
        "Each layer (chips, kernels, algorithms, data) multiplies effective compute by\n"
        "(1 + x/scale)^returns for a spending x on it; its price is what the first\n"
        "doubling costs. The best split is in closed form (docs/derivations.md 3n): a\n"
        "large budget is shared by returns, a small one goes where doublings are cheap.\n"
        "What the field doubles for nothing comes on top. A scenario has the same in\n"
        "progress: {model: roadmap}.\n"
        "\n"
        "examples:\n"
        "  fleetrace roadmap --budget '2e9 USD' --layer 'chips=1e9 USD,1' \\\n"
        "    --layer 'algorithms=67e6 USD,1.25'\n"
        "  fleetrace roadmap --layer 'kernels=50e6 USD,0.5,4 yr' \\\n"
        "    --layer 'data=100e6 USD,0.3' --format json\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
