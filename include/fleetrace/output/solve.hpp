#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fleetrace/fleet/knob.hpp"
#include "fleetrace/output/run.hpp"
#include "fleetrace/output/writers.hpp"
#include "fleetrace/study/solve.hpp"

/// The input that meets a goal, for people and for programs.
namespace fleetrace::output {

struct SolveReport {
  std::string name;  ///< of the scenario
  std::string sha256;
  std::uint32_t seed = 1;
  double confidence = 0.95;
  std::size_t replications = 1;
  fleet::Knob knob;
  study::Goal goal;
  std::string strategy;  ///< that the goal is about
  study::Solution solution;
  study::Interval interval;  ///< for the mean of the goal's column at the solution; of no width where nothing is random
  Run at_medians;            ///< the strategy at the best input
};

/// "strategies.turtle.budget = 1.2e9 USD: from there on up turtle meets relative_loss <= 0.6.": the answer.
[[nodiscard]] std::string answer(const SolveReport& report);

[[nodiscard]] std::string solve_table(const SolveReport& report, const TableStyle& style);
[[nodiscard]] std::string solve_markdown(const SolveReport& report);
/// One document; reals have 12 significant digits.
[[nodiscard]] std::string solve_json(const SolveReport& report);
/// A row for each input that was tried before the root was narrowed down, and one for the solution.
[[nodiscard]] std::string solve_csv(const SolveReport& report);
/// A page like those of the studies. `base` is the scenario as it stands, at the medians.
[[nodiscard]] std::string to_html(const SolveReport& report, const Run& base, const std::vector<std::string>& arguments,
                                  std::string_view resolved_yaml = {});

/// One strategy alone in a drawn scenario, with the number turned.
void turn(fleet::Scenario& drawn, const fleet::Knob& knob, const std::string& strategy, double input);
/// The race of that strategy at that input and at the medians of the others.
[[nodiscard]] Run run_at(const study::Plan& plan, const fleet::Knob& knob, const std::string& strategy, double input,
                         std::uint32_t seed);

}  // namespace fleetrace::output
