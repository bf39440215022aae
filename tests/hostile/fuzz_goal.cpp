// libFuzzer harness of goals, of the guards that are goals, and of the values of --vary: any text is one of them, or says why not.
#include <variant>

#include "sim/cli/vary.hpp"
#include "sim/scenario/resolve/resolve.hpp"
#include "sim/study/solve/goal.hpp"
#include "tests/hostile/fuzz.hpp"

using namespace fleetrace;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<fleet::StrategySetup> setups = scenario::resolve(fuzz::small_scenario());
  const std::string_view text = fuzz::text_of(data, size);
  const auto goal = study::parse_goal(text, setups, core::Currency{"EUR", "1.08"});
  if (const auto* problem = std::get_if<core::QuantityProblem>(&goal))
    fuzz::require(!problem->problem.empty());
  else
    fuzz::require(!std::get<study::Goal>(goal).name().empty());
  try {
    fuzz::require(!cli::vary_values("supply.lead_time", text).empty());
  } catch (const cli::UsageError& error) {
    fuzz::require(error.what()[0] != 0);
  }
  return 0;
}
