#include "models/purchase/belief.hpp"
#include "models/purchase/purchase_entries.hpp"

namespace fleetrace::models {

using core::Shape;

std::vector<core::Parameter> with_beliefs(std::vector<core::Parameter> own) {
  own.push_back(
      {.name = "information",
       .summary = "what it plans with: its beliefs, which are the same in every draw; or hindsight, the rates, dates "
                  "and durations that are drawn, which is a bound and nobody's choice",
       .shape = Shape::choice,
       .preset = "beliefs",
       .choices = {"beliefs", "hindsight"}});
  own.push_back(
      {.name = kBelieves,
       .summary = "what it believes of other sections where that is not their medians: changes as in `with`, which "
                  "change the world for nobody",
       .shape = Shape::changes});
  own.push_back(
      {.name = "learns",
       .summary =
           "whether it updates the growth rates of price-performance, efficiency and algorithms, and the decline of "
           "prices, by Bayes' rule from what it has seen; their distributions are what it starts from. Nothing else is "
           "learned: lead times, release dates, MFU, loads and power stay as believed. It counts for leapfrog, lookahead, "
           "lot_sizing, rolling and for refresh with timing: optimal; the other strategies plan with no rate",
       .shape = Shape::flag,
       .preset = "false"});
  own.push_back(
      {.name = "observation_error",
       .summary = "standard deviation of the logarithm of what it sees of a growth within a year (learns: true); it "
                  "grows with the square root of time; 0.1 where it is left out",
       .range = core::between(1e-6, 10)});
  return with_common_keys(std::move(own));
}

void believe_growth(PurchasePolicy& policy, const PurchasePolicy& at_medians) {
  policy.believed_growth = at_medians.growth;
}

void believe_coefficients(PurchasePolicy& policy, const PurchasePolicy& at_medians) {
  policy.coefficients = at_medians.coefficients;
}

}  // namespace fleetrace::models
