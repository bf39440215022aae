#pragma once

#include <string>

#include "sim/api/race.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/output/studies/optimum.hpp"
#include "sim/output/studies/what_if.hpp"

/// What a page begins with: the question, the answer with its size, and the difference in cost, in words for readers who do not know
/// the field.
namespace fleetrace::output::page {

/// "Which of hare or turtle has the lowest final loss by 2034-01-01?"
[[nodiscard]] std::string question(const Run& run, fleet::Metric objective);
/// What a scenario says of itself, as a sentence; empty where it says nothing.
[[nodiscard]] std::string description(const scenario::Scenario& scenario);

/// "lab ends with the lowest loss, 0.480: 7.0 % below the 0.516 of heron." A race of one, or without a winner, has its headline.
[[nodiscard]] std::string opening_answer(const Run& run);
/// "heron has the lowest final loss on average, 0.739: 1.3 % below the 0.749 of turtle. It is best in 98 % of 60 possible futures."
/// What takes more words, such as a comparison that is not decided, has the answer of the other formats.
[[nodiscard]] std::string opening_answer(const ComparisonReport& report);
/// What changes most in each case: "half-the-power raises the final loss of turtle by 4.3 % (0.658 to 0.686)."
[[nodiscard]] std::string opening_answer(const WhatIfReport& report);

/// The plan of a search against the strategy whose place it takes: "This plan has a final loss of 0.637: 3.2 % below the 0.658 of
/// turtle." `raced` has both; a search for a date or for money has the answer of the other formats.
[[nodiscard]] std::string opening_answer(const OptimumReport& report, const Run& raced);

/// What the winner spends, and how much more or less than the second: "lab spends 2.13 billion USD, 49.7 million USD (2.4 %) more
/// than heron." Empty where there is nobody to compare with.
[[nodiscard]] std::string cost_difference(const Run& run);
[[nodiscard]] std::string cost_difference(const ComparisonReport& report);
/// What the plan spends, and how much more or less than the strategy whose place it takes.
[[nodiscard]] std::string cost_difference(const Run& raced, const std::string& strategy);
/// What each case changes in what the strategies spend: "half-the-power: hare spends 856 million USD less."
[[nodiscard]] std::string cost_difference(const WhatIfReport& report);

}  // namespace fleetrace::output::page
