#include "sim/study/optimise/plan_words.hpp"

#include <cmath>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/study/optimise/tie_break.hpp"

namespace fleetrace::study {

void drop_proof(Optimum& optimum) {
  optimum.bound.reset();
  optimum.money_by_date.clear();
  optimum.limits_by_date.clear();
  optimum.relaxed.clear();
}

void drop_what_sums_say(Optimum& optimum) {
  optimum.worth.clear();
  optimum.flat.clear();
  optimum.yearly_limit.reset();
  optimum.alternatives.clear();
}

std::string tie_break_note(const PlanRequest& request) {
  const char* const what = request.then == TieBreak::least_mean ? "has the least mean loss" : "spends least";
  return "Of the plans within " + core::format_real(100 * request.within.value_or(kTied)) +
         " % of the best it is the one that " + what + ".";
}

std::string held_back_note(core::Money spent, core::Money planned) {
  if (spent >= planned - core::Money::from_micros(planned.micros() / 1'000'000'000)) return {};
  return "Some of the orders were held back: " + core::to_string(spent) + " of " + core::to_string(planned) +
         " USD were spent in the race.";
}

std::string no_sum(double error) {
  return "what purchases compute or cost together is not the sum of what each does alone (" +
         core::format_real(std::round(error * 1e12) / 1e10) + " % off)";
}

std::string sum_is_off(double error) { return "the sum over the horizon is off by " + core::format_real(error); }

std::string unfinished_note(std::size_t nodes) {
  return "The search for whole orders has left branches (nodes: " + std::to_string(nodes) +
         "): a better plan may lie between this one and the bound. More --nodes let it go on.";
}

OutOfReach out_of_reach(double target, double least, const std::vector<LimitWorth>& worth, bool is_proved) {
  std::string binding;
  for (const LimitWorth& each : worth) {
    if (each.worth > 0) binding += (binding.empty() ? "" : ", ") + core::printable(each.of);
  }
  std::string text = is_proved ? "no schedule on these dates ends at a loss of "
                               : "no schedule that adds up what units do alone ends at a loss of ";
  text += core::format_real(target) + ": the least that is possible is " +
          core::format_real(std::ceil(least * 1e6) / 1e6);
  if (!binding.empty()) text += ". What holds it: " + binding;
  return OutOfReach(text);
}

}  // namespace fleetrace::study
