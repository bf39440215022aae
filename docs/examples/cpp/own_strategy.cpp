// A purchase strategy of one's own: it waits until a dollar buys so many FLOP/s, then spends everything. In the scenario it
// stands like any other.
#include <cstdio>
#include <fleetrace/fleetrace.hpp>

fleetrace::Decision review(const fleetrace::ModelParameters& own, const fleetrace::Observation& seen) {
  if (seen.offer.flops_per_usd >= own["threshold"]) return {.released = seen.budget};
  return {.released = seen.released, .next_review = seen.now + fleetrace::core::kMonth};
}

int main() {
  fleetrace::register_purchase({.name = "patient",
                                .summary = "Spends everything once a dollar buys enough.",
                                .keys = {{.name = "threshold",
                                          .summary = "peak FLOP/s per USD at which it buys",
                                          .range = fleetrace::core::above(0),
                                          .preset = "1e11"}},
                                .scope = "Knows prices, and nothing of deadlines.",
                                .review = review});
  auto scenario = fleetrace::load("hare-and-turtle");
  scenario.set("strategies.fox", "{buy: patient, budget: 2e9 USD, threshold: 2e11}");
  const fleetrace::RunResult run = fleetrace::run(scenario);
  std::printf("fox %.4f, hare %.4f\n", run["fox"].final.relative_loss, run["hare"].final.relative_loss);
}
