// A race by years of the calendar: what a strategy orders and pays, and what it has in service.
#include <cstdio>
#include <fleetrace/fleetrace.hpp>

int main() {
  const fleetrace::RunResult run = fleetrace::run(fleetrace::load("hare-and-turtle"));
  for (const fleetrace::StrategyPlan& plan : run.plan({.by = fleetrace::Period::year})) {
    if (plan.strategy != "turtle") continue;
    for (const fleetrace::PlanPeriod& year : plan.periods)
      std::printf("%s: %lld ordered, %lld in service, %.3f billion USD\n", year.name.c_str(),
                  static_cast<long long>(year.accelerators.ordered),
                  static_cast<long long>(year.accelerators.in_service), year.money.spend().usd() / 1e9);
    std::printf("%zu years: %.3f billion USD\n", plan.periods.size(), plan.total.money.spend().usd() / 1e9);
  }
}
