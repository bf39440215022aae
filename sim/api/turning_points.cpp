#include "sim/api/turning_points.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <limits>
#include <variant>

#include "fleetrace/core/quantity.hpp"
#include "sim/fleet/results/own_objective.hpp"
#include "sim/scenario/inputs/scalar_input.hpp"
#include "sim/scenario/reference/paths.hpp"
#include "sim/scenario/schema/locate.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/study_design.hpp"

namespace fleetrace {
namespace {

using scenario::ScalarInput;

/// How often the place where the leader changes is halved.
constexpr int kHalvings = 14;
/// What no race reads, or only as a picture.
constexpr std::array<std::string_view, 5> kLeftOut = {"study.", "cases.", "fleetrace", "horizon.start",
                                                      "horizon.sample_every"};

/// A strategy and its value of the objective, the lower the better.
struct Standing {
  std::string name;
  double value = 0;
};

/// What is asked of each race.
class Judge {
 public:
  Judge(const Run& run, fleet::Metric objective, std::optional<double> target) : objective_(objective) {
    const std::vector<double>& targets = run.setups.front().loss.targets;
    const auto found = target ? std::find(targets.begin(), targets.end(), *target) : targets.end();
    if (found != targets.end()) target_ = static_cast<std::size_t>(found - targets.begin());
    if (fleet::info(objective).needs_target && !target_) objective_ = fleet::Metric::final_loss;
    const study::StudyDesign design = study::StudyDesign::of(run.scenario, run.draw.seed, std::nullopt);
    for (std::size_t i = 0; i < design.strategies.size(); ++i) {
      if (design.roles[i] == study::Role::hindsight) hindsight_.push_back(design.strategies[i]);
    }
  }

  [[nodiscard]] fleet::Metric objective() const { return objective_; }

  /// The best first.
  [[nodiscard]] std::vector<Standing> standings(const Run& run) const {
    std::vector<Standing> all;
    for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
      const std::string& name = run.outcomes[i].strategy;
      if (std::find(hindsight_.begin(), hindsight_.end(), name) == hindsight_.end())
        all.push_back({name, value(run.setups[i], run.outcomes[i])});
    }
    std::stable_sort(all.begin(), all.end(), [](const Standing& a, const Standing& b) { return a.value < b.value; });
    return all;
  }

 private:
  [[nodiscard]] double value(const fleet::StrategySetup& setup, const fleet::Outcome& outcome) const {
    static constexpr double kWorst = std::numeric_limits<double>::infinity();
    if (objective_ == fleet::Metric::cost_per_effective_compute) {
      const double cost = outcome.final.finance.marginal_usd_per_pf_day;
      if (!std::isfinite(cost)) return kWorst;
      return cost;
    }
    fleet::Metrics all = fleet::measure(setup, outcome, target_);
    fleet::add_own(objective_, setup.strategy.name, all);
    const double found = fleet::get(all, objective_);
    if (!fleet::has_value(objective_, found, fleet::get(all, fleet::Metric::target_reached))) return kWorst;
    return fleet::info(objective_).lower_is_better ? found : -found;
  }

  fleet::Metric objective_;
  std::optional<std::size_t> target_;
  std::vector<std::string> hindsight_;
};

/// By how much a strategy leads the best other one; negative where it does not. Of one that races alone its own value, turned.
double lead_of(const std::string& name, const std::vector<Standing>& standings) {
  double own = 0;
  double other = std::numeric_limits<double>::infinity();
  for (const Standing& each : standings) {
    if (each.name == name) {
      own = each.value;
    } else {
      other = std::min(other, each.value);
    }
  }
  return std::isinf(other) && standings.size() == 1 ? -own : other - own;
}

/// A number that is changed alone.
class Trial {
 public:
  /// Without `may_turn` the lead is followed, and not where it is lost.
  Trial(const Run& run, const Judge& judge, std::string leader, double lead, bool may_turn)
      : run_(run),
        drawn_(scenario::drawn(run.scenario, run.draw)),
        judge_(judge),
        leader_(std::move(leader)),
        lead_(lead),
        may_turn_(may_turn) {}

  /// The number with what the lead does; nullopt where it cannot be changed.
  [[nodiscard]] std::optional<TurningPoint> run(const std::string& path) const {
    const auto found = ScalarInput::at(run_.scenario, path);
    const ScalarInput* input = std::get_if<ScalarInput>(&found);
    if (input == nullptr || !std::isfinite(input->current) || input->current == 0) return std::nullopt;
    TurningPoint point;
    point.path = path;
    for (const double factor : {0.5, 2.0}) {
      const double there = within(*input, input->current * factor);
      const std::optional<Result> result = race(*input, there);
      if (!result) continue;
      point.influence = std::max(point.influence, std::fabs(result->lead - lead_));
      if (is_turned(*result)) narrow(*input, there, *result, point);
    }
    return point;
  }

 private:
  struct Result {
    double lead = 0;
    std::string leader;
  };

  static double within(const ScalarInput& input, double value) {
    const double high = input.range.high_open ? std::nextafter(input.range.high, 0) : input.range.high;
    const double low = input.range.low_open ? std::nextafter(input.range.low, input.range.high) : input.range.low;
    const double kept = std::clamp(value, low, high);
    return input.is_whole ? std::clamp(std::round(kept), low, high) : kept;
  }

  [[nodiscard]] bool is_turned(const Result& result) const { return may_turn_ && result.lead < 0; }

  [[nodiscard]] std::optional<Result> race(const ScalarInput& input, double value) const {
    if (value == input.current) return std::nullopt;
    try {
      scenario::Scenario changed = drawn_;
      input.set(changed, value);
      const std::vector<Standing> standings = judge_.standings(run_scenario(std::move(changed), run_.draw));
      const double lead = lead_of(leader_, standings);
      if (std::isnan(lead)) return std::nullopt;
      const bool is_tie = standings.size() > 1 && fleet::are_tied(standings[0].value, standings[1].value);
      return Result{is_tie ? 0 : lead, standings.front().name};
    } catch (const core::InputError&) {
      return std::nullopt;  // such a scenario is not valid
    } catch (const RunError&) {
      return std::nullopt;
    }
  }

  /// Halves the ratio between a value at which the leader leads and one at which it does not.
  void narrow(const ScalarInput& input, double turned, Result there, TurningPoint& point) const {
    double held = input.current;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = within(input, std::copysign(std::sqrt(std::fabs(held) * std::fabs(turned)), turned));
      if (middle == held || middle == turned) break;
      const std::optional<Result> result = race(input, middle);
      if (!result) break;
      if (is_turned(*result)) {
        turned = middle;
        there = *result;
      } else {
        held = middle;
      }
    }
    const double factor = std::max(turned / input.current, input.current / turned);
    if (!point.turns_at.empty() && factor >= point.distance) return;
    point.distance = factor;
    point.turns_below = turned < input.current;
    point.turns_at = rounded(input, turned);
    point.leader = there.leader;
  }

  /// With three digits in its unit, or as a date.
  static std::string rounded(const ScalarInput& input, double value) {
    if (input.is_date) return input.text(value).substr(0, 10);
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value / input.unit_size(),
                                   std::chars_format::scientific, 2);
    double short_value = 0;
    std::from_chars(digits.data(), end.ptr, short_value);
    return input.text(input.tidied(short_value * input.unit_size()));
  }

  const Run& run_;
  scenario::Scenario drawn_;
  const Judge& judge_;
  std::string leader_;
  double lead_;
  bool may_turn_;
};

bool is_left_out(std::string_view path) {
  return std::any_of(kLeftOut.begin(), kLeftOut.end(), [path](auto key) { return path.substr(0, key.size()) == key; });
}

/// The numbers that somebody wrote, and defaults that have a source.
std::vector<TurningPoint> candidates(const Run& run) {
  std::vector<TurningPoint> found;
  core::Spec root = run.scenario.root();
  for (const scenario::Path& each : scenario::paths(run.scenario)) {
    if (each.value.empty() || is_left_out(each.path)) continue;
    const scenario::LocatedValue place = scenario::locate(root, each.path);
    if (place.value == nullptr || !place.value->given()) continue;
    const bool preset = place.value->preset;
    if (preset && place.parameter->source.empty()) continue;
    TurningPoint point;
    point.path = each.path;
    point.value = each.value;
    point.preset = preset;
    point.source = preset ? std::string(place.parameter->source) : std::string();
    point.verified = !preset || place.parameter->verified;
    found.push_back(std::move(point));
  }
  return found;
}

}  // namespace

TurningPoints turning_points(const Run& run, fleet::Metric objective, std::optional<double> target, int jobs) {
  const Judge judge(run, objective, target);
  TurningPoints result;
  result.objective = judge.objective();
  const std::vector<Standing> standings = judge.standings(run);
  if (standings.empty() || !std::isfinite(standings[0].value)) return result;
  const bool is_alone = standings.size() == 1;
  const bool is_tie = !is_alone && fleet::are_tied(standings[0].value, standings[1].value);
  if (!is_tie) result.leader = standings[0].name;
  if (!is_tie && !is_alone) result.rival = standings[1].name;
  const std::string& first = standings[0].name;
  const Trial trial(run, judge, first, lead_of(first, standings), !is_tie && !is_alone);
  std::vector<TurningPoint> all = candidates(run);
  const std::atomic<bool> never = false;
  (void)study::run_items(all.size(), jobs, never, [&](std::size_t, std::size_t item) {
    TurningPoint& point = all[item];
    std::optional<TurningPoint> found = trial.run(point.path);
    if (!found) return;
    found->value = point.value;
    found->source = point.source;
    found->preset = point.preset;
    found->verified = point.verified;
    point = *std::move(found);
  });
  std::erase_if(all, [](const TurningPoint& each) { return !(each.influence > 0); });
  std::stable_sort(all.begin(), all.end(),
                   [](const TurningPoint& a, const TurningPoint& b) { return a.influence > b.influence; });
  result.points = std::move(all);
  return result;
}

}  // namespace fleetrace
