// What another program does with the installed libraries: it races a scenario and looks at the losses.
#include <cstdio>
#include <optional>
#include <vector>

#include "fleetrace/core/version.hpp"
#include "fleetrace/scenario/load.hpp"
#include "fleetrace/study/replications.hpp"

int main() {
  using namespace fleetrace;
  const fleet::Scenario scenario = scenario::load("hare-and-turtle");
  const study::Plan plan = study::Plan::of(scenario, 1, std::nullopt);
  std::vector<fleet::Measures> row(plan.strategies.size());
  study::Replicator(plan).run(0, row);
  std::printf("%s\n", std::string(core::version()).c_str());
  for (std::size_t i = 0; i < row.size(); ++i)
    std::printf("%s %.12g\n", plan.strategies[i].c_str(), fleet::get(row[i], fleet::Measure::final_loss));
  return 0;
}
