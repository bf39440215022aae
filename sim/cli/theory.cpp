#include "sim/output/theory/theory.hpp"

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
constexpr double kDay = 86'400'000;       // [ms]

std::vector<std::string_view> plots() { return {"purchase", "horizon"}; }

constexpr std::array kOptions{
    Option{"price-performance-doubling", "D",
           "time in which FLOP/s per USD doubles, or none (2.07 yr: ML GPUs, Epoch AI 2022)"},
    Option{
        "algorithm-doubling", "D",
        "time in which algorithms double what a FLOP achieves, or none (8 months: Ho et al. 2024, arXiv:2403.05812)"},
    Option{"horizon", "D", "at which loss is judged (8 yr)"},
    Option{
        "lifetime", "D",
        "service life of hardware, or unlimited (5 yr: Epoch AI, training cost trends); with --table it may be given several times",
        true},
    Option{"kappa", "K", "exponent of compute in the loss (0.05: Kaplan et al. 2020)"},
    Option{"nu", "X", "reference computes a year that the budget buys at the start (1)"},
    Option{"run-length", "D", "length of a training run (0.5 yr: Erdil 2024, Epoch AI)"},
    Option{"interest", "R", "that unspent money earns (0 /yr)"},
    Option{"decay", "R", "share of hardware lost a year (0 /yr)"},
    Option{"volatility", "S", "of price-performance per root year, whose mean grows as given (0)"},
    Option{"opex", "C", "running cost a year over the price of hardware (0 /yr); needs --algorithm-doubling none"},
    Option{"fleet-multiple", "M,...", "how many fleets one with progress is to overtake (2,10,100)"},
    Option{"table", "", "break-even horizons over doubling times, for unlimited and for the given lifetimes"},
    Option{
        "plot", "WHAT",
        "print an SVG picture instead: losses by the date of one purchase, or even spending against all at once by the "
        "horizon; {}",
        false, plots},
    format_option<output::kTheoryFormats>(),
};

core::Parameter duration(std::string_view name, double low, double high, std::string_view preset) {
  return {.name = name,
          .summary = {},
          .dimension = core::Dimension::duration,
          .range = core::between(low, high),
          .preset = preset};
}

// What doubles faster than daily is neither hardware nor an algorithm.
core::Parameter growth(std::string_view name, std::string_view preset) {
  core::Parameter parameter = duration(name, kDay, 1e6 * kYear, preset);
  parameter.choices = {"none"};
  return parameter;
}

core::Parameter number(std::string_view name, core::Dimension dimension, core::Range range, std::string_view preset) {
  return {.name = name, .summary = {}, .dimension = dimension, .range = range, .preset = preset};
}

core::Value read(const core::Parameter& parameter, const std::string& text) {
  auto result = core::read_value(parameter, parameter.name, text, false);
  if (const auto* problem = std::get_if<core::QuantityProblem>(&result)) refuse_value(parameter.name, *problem);
  return std::get<core::Value>(std::move(result));
}

double value(const Options& options, const core::Parameter& parameter) {
  return std::get<double>(read(parameter, options.text(parameter.name, parameter.preset)).data);
}

double years(const Options& options, const core::Parameter& parameter) { return value(options, parameter) / kYear; }

/// Doublings a year.
double rate(const Options& options, const core::Parameter& parameter) {
  const core::Value given = read(parameter, options.text(parameter.name, parameter.preset));
  const double* doubling = std::get_if<double>(&given.data);
  return doubling == nullptr ? 0 : kYear / *doubling;
}

std::vector<double> lifetimes(const Options& options) {
  core::Parameter parameter = duration("lifetime", kDay, 1e6 * kYear, "5 yr");
  parameter.unbounded = "unlimited";
  std::vector<std::string> given = options.all(parameter.name);
  if (given.size() > 1 && !options.has("table"))
    throw UsageError("--lifetime is given twice; only --table takes several.");
  if (given.empty() && options.has("table")) given = {std::string(parameter.unbounded)};
  if (options.all(parameter.name).empty()) given.emplace_back(parameter.preset);
  std::vector<double> result;
  result.reserve(given.size());
  UsageProblems problems;
  for (const std::string& text : given)
    result.push_back(problems.collect([&] { return std::get<double>(read(parameter, text).data) / kYear; }));
  problems.throw_any();
  return result;
}

/// Reads the options; what is wrong with any of them is collected.
TheoryRequest request_of(const Options& options, UsageProblems& problems) {
  using core::Dimension;
  const core::Range share = core::between(0, 10);
  const auto rate_of = [&](std::string_view name, std::string_view preset) {
    return problems.collect([&] { return rate(options, growth(name, preset)); });
  };
  const auto years_of = [&](std::string_view name, double low, double high, std::string_view preset) {
    return problems.collect([&] { return years(options, duration(name, low, high, preset)); });
  };
  const auto number_in = [&](std::string_view name, Dimension dimension, core::Range range, std::string_view preset) {
    return problems.collect([&] { return value(options, number(name, dimension, range, preset)); });
  };
  const std::vector<double> lives = problems.collect([&] { return lifetimes(options); });
  return {
      .price_performance_rate = rate_of("price-performance-doubling", "2.07 yr"),
      .algorithm_rate = rate_of("algorithm-doubling", "8 months"),
      .horizon = years_of("horizon", kDay, 1000 * kYear, "8 yr"),
      .lifetime = lives.empty() ? 0 : lives.front(),
      // Weaker laws than these leave no digits of a difference between two losses.
      .kappa = number_in("kappa", Dimension::number, core::between(0.001, 1), "0.05"),
      .nu = number_in("nu", Dimension::number, core::between(1e-4, 1e6), "1"),
      .run_length = years_of("run-length", kDay, 1000 * kYear, "0.5 yr"),
      .interest = number_in("interest", Dimension::decline, share, "0 /yr"),
      .decay = number_in("decay", Dimension::decline, share, "0 /yr"),
      .volatility = number_in("volatility", Dimension::number, share, "0"),
      .opex = number_in("opex", Dimension::decline, share, "0 /yr"),
      .fleet_multiples = problems.collect([&] {
        return numbers_of(options, "fleet-multiple", "2,10,100",
                          number("fleet-multiple", Dimension::number, {1, 1e12, true, false}, "2,10,100"));
      }),
  };
}

/// The request of a command line. Throws UsageError with everything that is wrong with it.
TheoryRequest checked_request(const Options& options, const Streams& streams) {
  UsageProblems problems;
  if (!options.operands().empty())
    problems.add("theory takes no operands: \"" + core::printable(options.operands().front()) + "\" is one too many.");
  const bool is_table = options.has("table");
  const bool is_plot = options.has("plot");
  (void)problems.collect([&] { return chosen_format(output::kTheoryFormats, options, streams).name().empty(); });
  TheoryRequest request = request_of(options, problems);
  if (is_plot) (void)problems.collect([&] { return choice(options, "plot"); });
  if (is_table && is_plot) problems.add("--table and --plot exclude each other.");
  if (is_table && (request.volatility > 0 || request.opex > 0))
    problems.add("--table shows break-even horizons, which have no closed form with --volatility or --opex.");
  problems.throw_any();
  if (is_table) return request;
  if (const auto problem = is_plot ? output::theory_plot_problem(request) : fleetrace::theory_problem(request))
    throw UsageError(*problem + '.');
  return request;
}

int run(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options(kOptions, arguments);
  const TheoryRequest request = checked_request(options, streams);
  if (options.has("table")) {
    const auto& format = chosen_format(output::kTheoryTableFormats, options, streams);
    streams.out << format.write(fleetrace::theory_table(request, lifetimes(options)), {streams.width});
    return kDone;
  }
  if (options.has("plot")) {
    const bool by_date = choice(options, "plot") == "purchase";
    streams.out << output::theory_svg(request, by_date ? output::TheoryPlot::purchase : output::TheoryPlot::horizon);
    return kDone;
  }
  const auto& format = chosen_format(output::kTheoryFormats, options, streams);
  streams.out << format.write(fleetrace::theory(request), {streams.width});
  return kDone;
}

}  // namespace

const Verb kTheory{
    .name = "theory",
    .arguments = "[OPTION]...",
    .summary = "closed forms: the best time to buy, and up to when buying at once wins",
    .help =
        "With price-performance g e^(eta t) and algorithms e^(alpha t), the best single\n"
        "purchase for the compute of a horizon H is made min(T, ln(1 + alpha/eta)/alpha)\n"
        "before it. All at once beats even spending below a break-even horizon, which\n"
        "depends on what counts: the loss at the horizon, its average, or the best\n"
        "training run. Numbers beside the figures are sections of docs/derivations.md.\n"
        "\n"
        "examples:\n"
        "  fleetrace theory\n"
        "  fleetrace theory --horizon \"3 yr\" --lifetime unlimited --format json\n"
        "  fleetrace theory --table --lifetime \"3 yr\" --lifetime \"4 yr\"\n"
        "  fleetrace theory --plot horizon > horizon.svg\n",
    .run = run,
    .options = kOptions,
};

}  // namespace fleetrace::cli
