// Runs a scenario twice, the second time with more money for one strategy, and prints who ends where.
#include <cstdio>
#include <fleetrace/fleetrace.hpp>

void print(const fleetrace::RunResult& run) {
  for (const fleetrace::fleet::StrategyResult& each : run.strategies())
    std::printf("%-8s loss %.4f, %.2f billion USD\n", each.strategy.c_str(), each.final.relative_loss,
                each.final.spend().usd() / 1e9);
}

int main() try {
  auto scenario = fleetrace::load("hare-and-turtle");
  print(fleetrace::run(scenario));
  scenario.set("strategies.turtle.budget", "3e9 USD");
  const fleetrace::RunResult richer = fleetrace::run(scenario, {.seed = 1});
  std::printf("with %s: %.4f\n", scenario.get("strategies.turtle.budget").c_str(),
              richer["turtle"].final.relative_loss);
  return 0;
} catch (const fleetrace::InvalidScenario& error) {
  for (const fleetrace::Finding& each : error.diagnostics())
    std::fprintf(stderr, "%s:%d: %s\n", each.where.file.text().c_str(), each.where.line, each.problem.c_str());
  return 3;
}
