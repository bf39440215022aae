#include <algorithm>
#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/output/studies/objective_scale.hpp"
#include "sim/output/studies/solve.hpp"
#include "sim/output/studies/solve_parts.hpp"
#include "sim/output/table/text.hpp"
#include "sim/study/proportion.hpp"

namespace fleetrace::output {
namespace {

using study::Solution;
using study::SolveSample;

std::string replications_text(std::size_t count) {
  return counted(static_cast<std::int64_t>(count), "replication", "replications");
}

/// "90 % (95 % interval 87 % to 93 %)".
std::string chance_text(const SolveReport& report, const SolveSample& sample) {
  std::string text = percent(sample.probability);
  if (sample.chance.low < sample.chance.high)
    text += " (" + percent(report.confidence) + " interval " + solve_chance_interval(sample) + ')';
  return text;
}

/// "1.9 billion USD to 2.3 billion USD", with words for an end that no input shows.
std::string value_interval(const SolveReport& report) {
  const study::Interval& interval = report.solution.input_interval;
  const bool has_low = std::isfinite(interval.low);
  const bool has_high = std::isfinite(interval.high);
  if (has_low && has_high)
    return solve_input_words(report, interval.low) + " to " + solve_input_words(report, interval.high);
  if (has_low) return "from " + solve_input_words(report, interval.low) + " up, no upper end found";
  if (has_high) return "up to " + solve_input_words(report, interval.high) + ", no lower end found";
  return "no end found";
}

/// What keeps the probability from rising: "site power caps it".
std::string cap_text(const SolveReport& report) {
  const Solution& solution = report.solution;
  if (solution.obstacles.empty())
    return solution.is_capped ? " Further values do not raise it, and nothing binds where it is missed." : "";
  const study::SolveObstacle& first = solution.obstacles.front();
  const std::string title(fleet::info(first.constraint).title);
  const std::string bound = " in the replications that miss it, " + title + " binds for " + fixed(first.years, 2) +
                            " yr on average";
  if (solution.is_capped) return " Further values do not raise it: the " + title + " caps it;" + bound + '.';
  return " It may rise beyond the values that were tried;" + bound + '.';
}

/// The stretches of inputs that were tried which meet the goal often enough, where they are several.
std::string stretches(const SolveReport& report) {
  const std::vector<SolveSample>& samples = report.solution.samples;
  std::string text;
  int count = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!samples[i].met || (i > 0 && samples[i - 1].met)) continue;
    std::size_t last = i;
    while (last + 1 < samples.size() && samples[last + 1].met) ++last;
    text += (count++ == 0 ? "" : ", and ") + solve_input_text(report, samples[i].input) + " to " +
            solve_input_text(report, samples[last].input);
  }
  return count > 1 ? text : "";
}

bool is_probability_monotone(const Solution& solution) {
  bool rises = false;
  bool falls = false;
  for (std::size_t i = 1; i < solution.samples.size(); ++i) {
    rises = rises || solution.samples[i].probability > solution.samples[i - 1].probability;
    falls = falls || solution.samples[i].probability < solution.samples[i - 1].probability;
  }
  return !(rises && falls);
}

}  // namespace

std::string solve_chance_interval(const SolveSample& sample) {
  return percent(sample.chance.low) + " to " + percent(sample.chance.high);
}

std::string probability_answer(const SolveReport& report) {
  const Solution& solution = report.solution;
  const std::string goal = solve_goal_words(report) + " in " + percent(*report.probability) + " of the futures";
  if (solution.end == Solution::End::found) {
    const std::string interval = "; " + percent(report.confidence) + " interval " + value_interval(report);
    return solve_needs(report, solve_varies(report) ? interval : "") + goal + ". There it does in " +
           chance_text(report, solution.best) + " of " + replications_text(report.replications) + '.';
  }
  const bool is_always = solution.end == Solution::End::always;
  const std::string text = (is_always ? "Every" : "No") + (" value of " + solve_tried(report)) +
                           " that was tried lets " + core::printable(report.strategy) + ' ' + goal;
  if (is_always) return text + " or more.";
  return text + ". The most is " + chance_text(report, solution.best) + ", at " +
         solve_input_words(report, solution.best.input) + '.' + cap_text(report);
}

std::vector<std::string> probability_notes(const SolveReport& report) {
  const Solution& solution = report.solution;
  std::vector<std::string> notes;
  const std::string sure = percent(report.confidence);
  const std::string asked = percent(*report.probability);
  if (!is_probability_monotone(solution)) {
    const std::string where = stretches(report);
    notes.push_back("The probability does not rise or fall throughout" +
                    (where.empty() ? std::string(": there may be other crossings.")
                                   : ": of the values that were tried, " + where + " meet the goal often enough.") +
                    (solution.end == Solution::End::found ? " The first crossing from the low end is shown." : ""));
  }
  if (!solve_varies(report)) {
    notes.emplace_back("No randomness: every value meets the goal for sure or not at all.");
    return notes;
  }
  notes.push_back("Met in: share of " + replications_text(report.replications) + " of seed " +
                  std::to_string(report.seed) + ", the same draws for every value, with the exact " + sure +
                  " interval of Clopper and Pearson for each value by itself. Reached with " + asked +
                  ": the quantile of the outcomes, not their mean.");
  if (solution.end == Solution::End::found) {
    std::string note = "The interval of the value holds the values whose interval for the probability holds " + asked +
                       "; it covers where the input helps or harms every replication alike.";
    if (!study::ranks_of(*report.probability, report.replications, report.confidence).high) {
      note += ' ' + replications_text(report.replications) + " cannot show more than " + asked + " at " + sure +
              ": it takes " + std::to_string(study::least_trials(*report.probability, report.confidence)) + '.';
    }
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace fleetrace::output
