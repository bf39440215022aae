#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "fleetrace/core/quantity.hpp"
#include "fleetrace/study.hpp"
#include "sim/api/scenario_state.hpp"
#include "sim/api/solve_racer.hpp"
#include "sim/api/solve_study.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/scenario/schema/money_entry.hpp"
#include "sim/study/solve/solve_probability.hpp"

namespace fleetrace {
namespace {

/// With a probability: looks for it, and for what binds where nothing reaches it.
void search_probability(SolveRacer& racer, const study::SolveRequest& request, const StudySettings& settings,
                        bool has_chance, SolveReport& report) {
  const study::ProbabilityRequest asked{request, *report.probability, settings.confidence, has_chance};
  report.solution = study::solve_probability(
      report.goal, [&racer](double input) { return racer.sorted(input); }, asked);
  study::Solution& solution = report.solution;
  if (solution.samples.empty()) return;
  const std::span<const double> numbers = racer.sorted(solution.best.input);
  const study::Ranks ranks = has_chance ? study::ranks_of(asked.probability, numbers.size(), asked.confidence)
                                        : study::Ranks{1, 1, 1};
  // The order statistics of these ranks hold the quantile between them.
  report.interval = study::Interval::unknown();
  const bool is_upper = report.goal.is_upper();
  if (ranks.low > 0) (is_upper ? report.interval.low : report.interval.high) = numbers[ranks.low - 1];
  if (ranks.high) (is_upper ? report.interval.high : report.interval.low) = numbers[*ranks.high - 1];
  if (solution.end == study::Solution::End::never) solution.obstacles = racer.obstacles(solution.best.input);
}

void search_mean(SolveRacer& racer, const study::SolveRequest& request, const StudySettings& settings, bool has_chance,
                 SolveReport& report) {
  report.solution = study::solve(
      report.goal, [&racer](double input) { return racer.mean(input); }, request);
  if (report.solution.samples.empty()) return;
  const auto judge = [&](study::SolveSample& sample) {
    const std::vector<double>& all = racer.values(sample.input);
    const auto met = static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&report](double value) { return report.goal.met_by(value); }));
    sample.probability = static_cast<double>(met) / static_cast<double>(all.size());
    sample.chance = has_chance ? study::clopper_pearson(met, all.size(), settings.confidence)
                               : study::Interval{sample.probability, sample.probability};
  };
  for (study::SolveSample& each : report.solution.samples) judge(each);
  judge(report.solution.best);
  const study::Moments found = study::moments(racer.values(report.solution.best.input));
  report.interval = has_chance ? study::mean_interval(found, settings.confidence)
                               : study::Interval{found.mean, found.mean};
}

/// A small amount to begin with where the scenario has none [base unit].
double first_step(const scenario::ScalarInput& scalar_input) {
  if (std::isfinite(scalar_input.range.high) && scalar_input.dimension == core::Dimension::number)
    return scalar_input.range.high / 1024;
  switch (scalar_input.dimension) {
    case core::Dimension::duration: return static_cast<double>(core::kDay.milliseconds());
    case core::Dimension::money:
    case core::Dimension::money_rate:
    case core::Dimension::power: return 1e3;
    case core::Dimension::compute_rate:
    case core::Dimension::price_performance: return 1e9;
    case core::Dimension::compute: return 1e18;
    case core::Dimension::memory:
    case core::Dimension::bandwidth: return 1e6;
    case core::Dimension::count:
    case core::Dimension::count_rate:
    case core::Dimension::mass: return 1;
    default: return 1e-3;
  }
}

/// One of two answers, or the problem as an exception.
template <class Found>
Found found_or_throw(std::variant<Found, core::QuantityProblem> answer) {
  if (const auto* problem = std::get_if<core::QuantityProblem>(&answer)) {
    throw std::invalid_argument(problem->problem + " (" + problem->reason + ")." +
                                (problem->suggestion.empty() ? "" : ' ' + problem->suggestion));
  }
  return std::get<Found>(std::move(answer));
}

void require_bounds(const scenario::ScalarInput& scalar_input,
                    const std::optional<std::pair<double, double>>& between) {
  if (!between) {
    if (!std::isfinite(scalar_input.current))
      throw std::invalid_argument(scalar_input.path +
                                  " has no limit in the scenario; say between which values to look");
    return;
  }
  const auto& [low, high] = *between;
  if (!(low < high) || !scalar_input.range.contains(low) || !scalar_input.range.contains(high))
    throw std::invalid_argument("the bounds of " + scalar_input.path + " ascend and are valid values of it");
}

}  // namespace

std::optional<std::string> goal_strategy(const study::Goal& goal, const scenario::ScalarInput& scalar_input,
                                         const std::vector<std::string>& strategies) {
  if (!goal.strategy.empty()) return goal.strategy;
  constexpr std::string_view kTable = "strategies.";
  std::string found = strategies.size() == 1 ? strategies.front() : "";
  if (scalar_input.path.rfind(kTable, 0) == 0) {
    const std::string rest = scalar_input.path.substr(kTable.size());
    for (const std::string& each : strategies) {
      if (rest.rfind(each + '.', 0) == 0 && each.size() > (strategies.size() == 1 ? 0 : found.size())) found = each;
    }
  }
  if (found.empty()) return std::nullopt;
  return found;
}

study::SolveRequest solve_request(const scenario::ScalarInput& scalar_input,
                                  const std::optional<std::pair<double, double>>& between) {
  return {.start = scalar_input.current,
          .range = scalar_input.range,
          .between = between,
          .grid = {.is_whole = scalar_input.is_whole,
                   .unit = scalar_input.unit_size(),
                   .first_step = first_step(scalar_input),
                   .grain = scalar_input.is_date ? 1.0 : 0.0,
                   .tidied = [scalar_input](double computed) { return scalar_input.tidied(computed); }}};
}

SolveReport solve_report(const scenario::Scenario& scenario, const StudySettings& settings) {
  SolveReport report;
  report.name = scenario.name();
  report.sha256 = scenario.sha256;
  report.warnings = scenario.warnings;
  report.seed = settings.seed;
  report.confidence = settings.confidence;
  return report;
}

bool search(const study::StudyDesign& design, const study::SolveRequest& request, const StudySettings& settings,
            const std::atomic<bool>& stop, SolveReport& report, const Progress& progress) {
  study::StudyDesign dated = design;
  study::ask_for({&report.goal, 1}, dated);
  SolveRacer racer(dated, report, settings, stop, progress);
  report.replications = racer.replications();
  try {
    const auto look = report.probability ? search_probability : search_mean;
    look(racer, request, settings, design.has_chance, report);
  } catch (const SolveRacer::Interrupted&) {
    return false;
  }
  if (report.solution.samples.empty()) throw study::ReplicationError(report.solution.refused);
  report.at_medians = run_at_best(design, report);
  return true;
}

SolveResult solve(const Scenario& scenario, std::string_view path, std::string_view goal, const StudyOptions& options,
                  const std::optional<std::pair<double, double>>& between, const std::optional<double>& probability) {
  if (probability && !(*probability > 0 && *probability < 1))
    throw std::invalid_argument("a probability is above 0 and below 1");
  const scenario::Scenario& loaded = scenario.details();
  const StudySettings settings = settings_of(options, loaded);
  const study::StudyDesign design = study::StudyDesign::of(loaded, settings.seed, std::nullopt);
  SolveReport report = solve_report(loaded, settings);
  report.scalar_input = found_or_throw(scenario::ScalarInput::at(loaded, path));
  report.goal = found_or_throw(
      study::parse_goal(goal, scenario::resolve(loaded), scenario::currency_of(loaded.root())));
  report.probability = probability;
  if (report.goal.chance)
    throw std::invalid_argument("the goal \"" + std::string(goal) +
                                "\" is about a probability, which is a parameter of its own");
  const auto strategy = goal_strategy(report.goal, report.scalar_input, design.strategies);
  if (!strategy)
    throw std::invalid_argument("the goal \"" + std::string(goal) + "\" names no strategy, and more than one races");
  report.strategy = *strategy;
  require_bounds(report.scalar_input, between);
  const StopFlag stop(options.stop);
  if (!search(design, solve_request(report.scalar_input, between), settings, stop.flag(), report, options.progress))
    throw Stopped("the search was stopped");
  const auto kept = std::make_shared<const SolveReport>(std::move(report));
  return {kept->solution, kept->strategy, kept->interval, kept};
}

}  // namespace fleetrace
