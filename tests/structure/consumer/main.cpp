// What another program does with the installed library: it races a scenario and looks at the losses.
#include <cstdio>
#include <fleetrace/fleetrace.hpp>

int main() {
  const fleetrace::RunResult run = fleetrace::run(fleetrace::load("hare-and-turtle"));
  std::printf("%s\n", std::string(fleetrace::core::version()).c_str());
  for (const fleetrace::fleet::StrategyResult& each : run.strategies())
    std::printf("%s %.12g\n", each.strategy.c_str(), each.final.relative_loss);
  return 0;
}
