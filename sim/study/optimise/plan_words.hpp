#pragma once

#include <string>
#include <vector>

#include "sim/study/optimise/plan_program.hpp"

/// What is said of plans and bounds.
namespace fleetrace::study {

inline constexpr const char* kOneWorld =
    "What is uncertain is as a run without draws has it, and the plan knows that in advance: it is the best for that "
    "world alone.";
inline constexpr const char* kOwnObjective =
    "the objective is one of your own, of which nothing is known but what races come to";
inline constexpr const char* kWorthOfParts =
    "What one more is worth leaves out that orders are whole: their lots, their cost and their smallest size.";
inline constexpr const char* kBoundOfParts =
    "The bound leaves out that orders are whole: their lots, their cost and their smallest size. The plan keeps to them.";

/// Takes back what is said of a bound, and what is said by a sum of unit purchases, where that is not proved, or is not what they do.
void drop_proof(Optimum& optimum);
void drop_what_sums_say(Optimum& optimum);

/// Which of several plans was taken.
[[nodiscard]] std::string tie_break_note(const PlanRequest& request);

/// That a race spent less than was planned, by more than rounding; empty where it did not.
[[nodiscard]] std::string held_back_note(core::Money spent, core::Money planned);

/// That a sum of purchases misses a race of them by such a share.
[[nodiscard]] std::string no_sum(double error);

/// That a mean loss by the sum of its intervals misses a race by so much.
[[nodiscard]] std::string sum_is_off(double error);

/// That a search for whole orders has left something after so many nodes.
[[nodiscard]] std::string unfinished_note(std::size_t nodes);

/// Why no plan comes to a final loss: `least` is the least that is possible, and `worth` says what holds it.
[[nodiscard]] OutOfReach out_of_reach(double target, double least, const std::vector<LimitWorth>& worth,
                                      bool is_proved);

}  // namespace fleetrace::study
