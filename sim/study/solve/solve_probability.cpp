#include "sim/study/solve/solve_probability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "sim/core/numeric/require.hpp"

namespace fleetrace::study {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kDoublings = 20;

class ProbabilitySearch {
 public:
  ProbabilitySearch(const Goal& goal, const Sampled& sampled, ProbabilityRequest request)
      : goal_(goal), sampled_(sampled), request_(std::move(request)) {
    request_.search.may_be_infinite = true;
  }

  [[nodiscard]] Solution run() {
    const auto reached = [this](double input) {
      const std::span<const double> numbers = sampled_(input);
      if (!ranks_) ranks_ = ranks(numbers.size());
      return numbers[ranks_->answer - 1];
    };
    Solution solution = solve(goal_, reached, request_.search);
    solution.probability = request_.probability;
    for (SolveSample& each : solution.samples) judge(each);
    if (solution.samples.empty()) return solution;
    judge(solution.best);
    if (solution.end == Solution::End::found) {
      solution.input_interval = interval_around(solution);
      add_tried(solution);
    } else if (solution.end == Solution::End::never) {
      take_most_probable(solution);
    }
    thin_out(solution);
    return solution;
  }

 private:
  [[nodiscard]] Ranks ranks(std::size_t n) const {
    if (!request_.has_chance) return {1, 1, 1};
    return ranks_of(request_.probability, n, request_.confidence);
  }

  [[nodiscard]] Interval chance_of(std::size_t met, std::size_t of) {
    if (!request_.has_chance) return {static_cast<double>(met), static_cast<double>(met)};
    const auto known = chances_.find(met);
    if (known != chances_.end()) return known->second;
    return chances_[met] = clopper_pearson(met, of, request_.confidence);
  }

  /// Sets how probable it is that the goal is met at the sample's input.
  void judge(SolveSample& sample) {
    const std::span<const double> numbers = sampled_(sample.input);
    // Those that meet the goal come first.
    const auto first_miss = std::partition_point(numbers.begin(), numbers.end(),
                                                 [this](double each) { return goal_.met_by(each); });
    const auto met = static_cast<std::size_t>(first_miss - numbers.begin());
    sample.probability = static_cast<double>(met) / static_cast<double>(numbers.size());
    sample.chance = chance_of(met, numbers.size());
  }

  /// Leaves out what was tried between near neighbours that meet the goal as often: a search by the quantile looks closely where
  /// that turns, which says nothing of the probability.
  static void thin_out(Solution& solution) {
    static constexpr double kNear = 0.02;
    std::vector<SolveSample>& samples = solution.samples;
    if (samples.size() < 3) return;
    const double least = kNear * (samples.back().input - samples.front().input);
    std::vector<SolveSample> kept{samples.front()};
    for (std::size_t i = 1; i + 1 < samples.size(); ++i) {
      const bool is_same = samples[i].probability == kept.back().probability &&
                           samples[i].probability == samples[i + 1].probability;
      if (!is_same || samples[i].input - kept.back().input >= least || samples[i].input == solution.best.input)
        kept.push_back(samples[i]);
    }
    kept.push_back(samples.back());
    samples = std::move(kept);
  }

  /// No input meets the goal often enough: shows the one that comes nearest, the first of several.
  static void take_most_probable(Solution& solution) {
    const std::vector<SolveSample>& samples = solution.samples;
    const auto most = std::max_element(samples.begin(), samples.end(),
                                       [](const auto& a, const auto& b) { return a.probability < b.probability; });
    if (most->probability > solution.best.probability) solution.best = *most;
    const auto at_best = [&solution](const SolveSample& each) { return each.input == solution.best.input; };
    const auto place = std::find_if(samples.begin(), samples.end(), at_best);
    // Two further inputs to a side that change nothing, or worse to both sides, show that it does not rise beyond.
    const auto is_no_better = [&](std::ptrdiff_t steps) {
      const std::ptrdiff_t at = place - samples.begin() + steps;
      return at >= 0 && at < std::ssize(samples) &&
             samples[static_cast<std::size_t>(at)].probability <= solution.best.probability;
    };
    solution.is_capped = place != samples.end() &&
                         ((is_no_better(1) && is_no_better(2)) || (is_no_better(-1) && is_no_better(-2)));
  }

  /// The inputs that the ends of the interval were found by show how the probability runs around the solution.
  void add_tried(Solution& solution) {
    for (const double input : tried_) {
      const auto place = std::lower_bound(solution.samples.begin(), solution.samples.end(), input,
                                          [](const SolveSample& each, double value) { return each.input < value; });
      if (input == solution.best.input || (place != solution.samples.end() && place->input == input)) continue;
      SolveSample sample{input, sampled_(input)[ranks_->answer - 1], false};
      sample.met = goal_.met_by(sample.reached);
      judge(sample);
      solution.samples.insert(place, sample);
    }
  }

  [[nodiscard]] Interval interval_around(const Solution& solution) {
    if (!request_.has_chance) return {solution.best.input, solution.best.input};
    const auto rank = [this](bool inner) { return inner ? ranks_->high : std::optional(ranks_->low); };
    const std::optional<double> low = end_of(solution, -1, rank(!solution.rises));
    const std::optional<double> high = end_of(solution, 1, rank(solution.rises));
    return {low.value_or(-kInfinity), high.value_or(kInfinity)};
  }

  [[nodiscard]] bool is_met(double input, std::size_t rank) const {
    return rank == 0 || goal_.met_by(sampled_(input)[rank - 1]);
  }

  /// The end of the interval on one side of the solution: where as many replications as `rank` begin to meet the goal, or cease
  /// to. Empty where no input shows it.
  [[nodiscard]] std::optional<double> end_of(const Solution& solution, int direction,
                                             const std::optional<std::size_t>& rank) {
    if (!rank) return std::nullopt;
    const bool before = is_met(solution.best.input, *rank);
    double last = solution.best.input;
    // Towards inputs that meet the goal more, more of them are looked for; the other way, fewer.
    const bool wanted = (direction > 0) == solution.rises;
    if (before == wanted) return last;
    for (const double next : inputs_beyond(solution, direction)) {
      try {
        const bool is_beyond = is_met(next, *rank) == wanted;
        tried_.push_back(next);
        if (is_beyond) return tried_.emplace_back(crossing(last, next, *rank).input);
      } catch (const ReplicationError&) {
        return std::nullopt;
      }
      last = next;
    }
    return std::nullopt;
  }

  [[nodiscard]] SolveSample crossing(double a, double b, std::size_t rank) const {
    return solve_between(
        goal_, [this, rank](double input) { return sampled_(input)[rank - 1]; }, request_.search, std::min(a, b),
        std::max(a, b));
  }

  /// The inputs that were tried beyond the solution, nearest first; then doubled and halved ones, unless bounds were given.
  [[nodiscard]] std::vector<double> inputs_beyond(const Solution& solution, int direction) const {
    std::vector<double> inputs;
    for (const SolveSample& each : solution.samples) {
      if (direction > 0 ? each.input > solution.best.input : each.input < solution.best.input)
        inputs.push_back(each.input);
    }
    if (direction < 0) std::reverse(inputs.begin(), inputs.end());
    if (request_.search.between || request_.search.grid.grain > 0) return inputs;
    double last = inputs.empty() ? solution.best.input : inputs.back();
    for (int i = 0; i < kDoublings && last != 0; ++i) {
      last = (direction > 0) == (last > 0) ? 2 * last : last / 2;
      if (request_.search.grid.is_whole) last = std::round(last);
      if (!request_.search.range.contains(last)) break;
      inputs.push_back(last);
    }
    return inputs;
  }

  const Goal& goal_;
  const Sampled& sampled_;
  ProbabilityRequest request_;
  std::optional<Ranks> ranks_;
  std::vector<double> tried_;                ///< for the ends of the interval
  std::map<std::size_t, Interval> chances_;  ///< by the replications that meet the goal
};

}  // namespace

Solution solve_probability(const Goal& goal, const Sampled& sampled, const ProbabilityRequest& request) {
  core::require(request.probability > 0 && request.probability < 1, "a probability must be above 0 and below 1");
  return ProbabilitySearch(goal, sampled, request).run();
}

}  // namespace fleetrace::study
